import CConvolution

/// The kernels of convolution networks, compiled once for each kind of processor.
package enum ConvolutionKernels: CaseIterable, Sendable {
    /// Registers of 4 numbers: every 64-bit processor.
    case plain
    case avx2
    case avx512

    /// Whether this processor can run them.
    package var isAvailable: Bool { table != nil }

    /// The widest that this processor can run.
    package static let best = allCases.last { $0.isAvailable } ?? .plain

    var table: UnsafePointer<laban_kernels>? {
        switch self {
        case .plain: laban_kernels_for(laban_plain)
        case .avx2: laban_kernels_for(laban_avx2)
        case .avx512: laban_kernels_for(laban_avx512)
        }
    }
}
