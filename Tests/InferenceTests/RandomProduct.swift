import Inference
import Randomness

/// A product of random size, run by any kernel and by its definition.
struct RandomProduct {
    private let frames: Int
    private let joints: Int
    private let outputs: Int
    private let taps: [RowProduct.Tap]
    private let product: RowProduct
    private let bias: [Float]
    private let isRectified: [Bool]
    /// (taps, frames, joints, padded depth).
    private let sources: [[Float]]
    private let addends: [Float]
    private let depths: [Int]

    init(frames: Int, joints: Int, outputs: Int, depths: [Int], seed: UInt64) {
        var stream = SplitMix64(seed: seed)
        func numbers(_ count: Int) -> [Float] { (0..<count).map { _ in stream.normal() * 0.3 } }
        self.frames = frames
        self.joints = joints
        self.outputs = outputs
        self.depths = depths
        taps = depths.map { depth in
            RowProduct.Tap(weights: numbers(outputs * depth), depth: depth, stride: ProductKernel.padded(depth))
        }
        bias = numbers(seed % 2 == 0 ? outputs : joints * outputs)
        isRectified = (0..<outputs).map { _ in stream.chance(0.5) }
        product = RowProduct(outputs: outputs, taps: taps, bias: bias, isRectified: isRectified)
        sources = depths.map { numbers(frames * joints * ProductKernel.padded($0)) }
        addends = numbers(frames * joints * ProductKernel.padded(outputs))
    }

    func result(_ kernel: ProductKernel) -> [Float] {
        let columns = ProductKernel.padded(outputs)
        var result = [Float](repeating: 0, count: frames * joints * columns)
        let sources = sources.map { source in
            let memory = UnsafeMutablePointer<Float>.allocate(capacity: source.count)
            memory.initialize(from: source, count: source.count)
            return memory
        }
        let lists = FrameList.allocate(capacity: frames * (depths.count + 1))
        let targets = TargetList.allocate(capacity: frames)
        defer {
            for source in sources { source.deallocate() }
            lists.deallocate()
            targets.deallocate()
        }
        addends.withUnsafeBufferPointer { addends in
            result.withUnsafeMutableBufferPointer { result in
                for frame in 0..<frames {
                    for (tap, depth) in depths.enumerated() {
                        (lists + tap * frames + frame).initialize(
                            to: UnsafePointer(sources[tap] + frame * joints * ProductKernel.padded(depth)))
                    }
                    (lists + depths.count * frames + frame).initialize(
                        to: addends.baseAddress.map { $0 + frame * joints * columns })
                    (targets + frame).initialize(to: result.baseAddress.map { $0 + frame * joints * columns })
                }
                product.run(
                    frames: frames, joints: joints, sources: lists, addends: lists + depths.count * frames,
                    targets: targets, kernel: kernel)
            }
        }
        return (0..<frames * joints).flatMap { result[$0 * columns..<$0 * columns + outputs] }
    }

    /// By the definition, in double precision.
    var expected: [Float] {
        (0..<frames * joints).flatMap { row in
            (0..<outputs).map { output in
                var sum = Double(bias[(bias.count == outputs ? 0 : row % joints) * outputs + output])
                sum += Double(addends[row * ProductKernel.padded(outputs) + output])
                for (tap, depth) in depths.enumerated() {
                    for k in 0..<depth {
                        sum +=
                            Double(taps[tap].weights[output * depth + k])
                            * Double(sources[tap][row * ProductKernel.padded(depth) + k])
                    }
                }
                return isRectified[output] ? Float(max(sum, 0)) : Float(sum)
            }
        }
    }
}
