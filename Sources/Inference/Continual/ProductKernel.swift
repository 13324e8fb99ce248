import CRowProduct

/// Which code computes products of rows. All give the same up to rounding.
package enum ProductKernel: Int32, Sendable, CaseIterable {
    /// Loops in Swift: what the others are checked against.
    case plain = -1
    /// Vectors that every processor of this architecture has.
    case baseline
    /// AVX2 and FMA.
    case avx2
    /// AVX-512F.
    case avx512

    /// The fastest this processor runs.
    package static let best = ProductKernel(rawValue: laban_best_level()) ?? .baseline

    /// Rows lie a multiple of so many floats apart, so that no kernel meets half a vector.
    static let lane = 16

    /// What `channels` numbers take in a row.
    package static func padded(_ channels: Int) -> Int { (channels + lane - 1) / lane * lane }
}

/// A list of frames, each given by where it starts.
package typealias FrameList = UnsafeMutablePointer<UnsafePointer<Float>?>
/// A list of frames to write.
package typealias TargetList = UnsafeMutablePointer<UnsafeMutablePointer<Float>?>
