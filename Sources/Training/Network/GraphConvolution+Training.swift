import Inference

extension GraphConvolution {
    /// Values that `mixed` must hold: the input gathered once a partition.
    package func mixedCount(_ extent: BatchExtent) -> Int { graph.partitions * inputChannels * extent.rowCount }

    /// - Parameters:
    ///   - x: (inputChannels, N, T, V).
    ///   - weight: (outputChannels, P · inputChannels).
    ///   - adjacency: (P, V, V).
    ///   - mixed: scratch of `mixedCount`; `backward` needs it as this call leaves it.
    ///   - y: (outputChannels, N, T, V).
    package func forward(
        _ x: UnsafePointer<Float>, _ extent: BatchExtent, weight: UnsafePointer<Float>, adjacency: [Float],
        mixed: UnsafeMutablePointer<Float>, into y: UnsafeMutablePointer<Float>
    ) {
        let joints = graph.joints
        let rows = inputChannels * extent.clips * extent.frames
        adjacency.withUnsafeBufferPointer { adjacency in
            for partition in 0..<graph.partitions {
                JointMix.mix(
                    x, rows: rows, joints: joints, by: adjacency.baseAddress! + partition * joints * joints,
                    into: mixed + partition * rows * joints)
            }
        }
        let depth = graph.partitions * inputChannels
        MatrixProduct.multiply(
            m: outputChannels, n: extent.rowCount, k: depth, weight, lda: depth, by: mixed, ldb: extent.rowCount,
            into: y, ldc: extent.rowCount)
    }

    /// Adds to `gradient` (laid out as the parameters) and to `dx`.
    ///
    /// - Parameters:
    ///   - mixed: as `forward` left it; holds scratch afterwards.
    ///   - dy: gradient of the output.
    ///   - dx: receives the gradient of the input on top of what it holds; nil when nobody needs it.
    package func backward(
        _ x: UnsafePointer<Float>, _ extent: BatchExtent, parameters: UnsafePointer<Float>,
        mixed: UnsafeMutablePointer<Float>, dy: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>,
        addingTo dx: UnsafeMutablePointer<Float>?
    ) {
        let joints = graph.joints
        let rows = inputChannels * extent.clips * extent.frames
        let depth = graph.partitions * inputChannels
        MatrixProduct.multiply(
            m: outputChannels, n: depth, k: extent.rowCount, dy, lda: extent.rowCount, by: mixed,
            ldb: extent.rowCount, transposingB: true, into: gradient + weight.offset, ldc: depth, adding: true)
        // The gathered input is not needed any more: its place takes the gathered gradient.
        MatrixProduct.multiply(
            m: depth, n: extent.rowCount, k: outputChannels, parameters + weight.offset, lda: depth, transposingA: true,
            by: dy, ldb: extent.rowCount, into: mixed, ldc: extent.rowCount)
        let adjacency = adjacency(parameters)
        for partition in 0..<graph.partitions {
            let dz = UnsafePointer(mixed) + partition * rows * joints
            let first = partition * joints * joints
            var edge = [Float](repeating: 0, count: joints * joints)
            JointMix.addGradient(x, dz, rows: rows, joints: joints, to: &edge)
            let target = gradient + importance.offset + first
            for i in edge.indices { target[i] += isAdaptive ? edge[i] : edge[i] * graph.adjacency[first + i] }
            guard let dx else { continue }
            let transposed = (0..<joints * joints).map { adjacency[first + $0 % joints * joints + $0 / joints] }
            JointMix.mix(dz, rows: rows, joints: joints, by: transposed, into: dx, adding: true)
        }
    }
}
