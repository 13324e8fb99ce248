import CConvolution
import Foundation

/// A step of a run with its memory: nothing is left to look up.
enum KernelCall {
    case product(laban_product)
    case separable(laban_separable)
    case image(laban_image)
    case pool(laban_pool)
    case resize(laban_resize)
    case finish(laban_finish)
    case mean(laban_layout)
    case toBlocks(laban_layout)
    case toPlain(laban_layout)
    case logistic(UnsafePointer<Float>, UnsafeMutablePointer<Float>, count: Int)
    case copy(StridedCopy, from: UnsafePointer<Float>, to: UnsafeMutablePointer<Float>)
    /// Each channel `times` over, in plain layout.
    case repeatChannels(
        from: UnsafePointer<Float>, to: UnsafeMutablePointer<Float>, cells: Int, channels: Int, times: Int)

    func run(_ kernels: laban_kernels) {
        switch self {
        case .product(var arguments): kernels.product(&arguments)
        case .separable(var arguments): kernels.separable(&arguments)
        case .image(var arguments): kernels.image(&arguments)
        case .pool(var arguments): kernels.pool(&arguments)
        case .resize(var arguments): kernels.resize(&arguments)
        case .finish(var arguments): kernels.finish(&arguments)
        case .mean(var arguments): kernels.mean(&arguments)
        case .toBlocks(var arguments): kernels.to_blocks(&arguments)
        case .toPlain(var arguments): kernels.to_plain(&arguments)
        case .logistic(let x, let y, let count):
            for i in 0..<count { y[i] = 1 / (1 + exp(-x[i])) }
        case .copy(let copy, let from, let to): copy.execute(from: from, to: to)
        case .repeatChannels(let from, let to, let cells, let channels, let times):
            for i in 0..<cells * channels { (to + i * times).update(repeating: from[i], count: times) }
        }
    }
}
