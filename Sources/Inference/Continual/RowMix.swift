import CRowProduct

/// What joints give to each other: for every joint and partition a weighted sum of the joints that count, and of no
/// others. Bodies have few bones, so most of a skeleton's adjacency is zeros that nobody multiplies.
package final class RowMix: @unchecked Sendable {
    // Everything is written in `init` and only read afterwards.

    package let joints: Int
    package let partitions: Int
    /// Joints that count, over all joints and partitions.
    package let links: Int
    private let starts: UnsafeMutablePointer<Int32>
    private let origins: UnsafeMutablePointer<Int32>
    private let gains: UnsafeMutablePointer<Float>

    /// - Parameter adjacency: (partitions, joints, joints), what joint u (row) gives to joint v (column).
    package init(adjacency: [Float], joints: Int) {
        self.joints = joints
        let partitions = adjacency.count / (joints * joints)
        self.partitions = partitions
        links = adjacency.reduce(0) { $1 == 0 ? $0 : $0 + 1 }
        starts = .allocate(capacity: partitions * joints + 1)
        origins = .allocate(capacity: links)
        gains = .allocate(capacity: links)
        var link = 0
        for v in 0..<joints {
            for partition in 0..<partitions {
                (starts + v * partitions + partition).initialize(to: Int32(link))
                for u in 0..<joints {
                    let gain = adjacency[(partition * joints + u) * joints + v]
                    guard gain != 0 else { continue }
                    (origins + link).initialize(to: Int32(u))
                    (gains + link).initialize(to: gain)
                    link += 1
                }
            }
        }
        (starts + joints * partitions).initialize(to: Int32(link))
    }

    deinit {
        starts.deallocate()
        origins.deallocate()
        gains.deallocate()
    }

    /// - Parameters:
    ///   - channels: numbers in a row as it lies in memory.
    ///   - sources: (frames), each (joints, channels).
    ///   - y: (frames, joints, partitions, channels).
    func run(
        frames: Int, channels: Int, sources: FrameList, into y: UnsafeMutablePointer<Float>,
        kernel: ProductKernel = .best
    ) {
        if kernel == .plain { return runPlainly(frames: frames, channels: channels, sources: sources, into: y) }
        var call = laban_row_mix(
            frames: frames, rows: joints * partitions, channels: channels, starts: UnsafePointer(starts),
            origins: UnsafePointer(origins), gains: UnsafePointer(gains), sources: UnsafePointer(sources),
            source_stride: channels, targets: y)
        laban_row_mix_run(&call, kernel.rawValue)
    }

    private func runPlainly(frames: Int, channels: Int, sources: FrameList, into y: UnsafeMutablePointer<Float>) {
        let rows = joints * partitions
        for frame in 0..<frames {
            guard let x = sources[frame] else { continue }
            for row in 0..<rows {
                for channel in 0..<channels {
                    y[(frame * rows + row) * channels + channel] = (starts[row]..<starts[row + 1]).reduce(0) {
                        $0 + gains[Int($1)] * x[Int(origins[Int($1)]) * channels + channel]
                    }
                }
            }
        }
    }
}
