import Inference

extension ClassificationHead {
    /// Means over joints and each window of frames: (channels, N, T, V) to (N, windows, channels).
    package func pool(
        _ x: UnsafePointer<Float>, _ extent: BatchExtent, windows: [Range<Int>],
        into pooled: UnsafeMutablePointer<Float>
    ) {
        // What the frames before each frame add up to.
        var sums = [Double](repeating: 0, count: extent.frames + 1)
        for channel in 0..<channels {
            for clip in 0..<extent.clips {
                let start = x + channel * extent.rowCount + clip * extent.clipCount
                for frame in 0..<extent.frames {
                    sums[frame + 1] = sums[frame] + RowKernels.sum(start + frame * extent.joints, count: extent.joints)
                }
                for (index, window) in windows.enumerated() {
                    let sum = sums[window.upperBound] - sums[window.lowerBound]
                    pooled[(clip * windows.count + index) * channels + channel] =
                        Float(sum / Double(window.count * extent.joints))
                }
            }
        }
    }

    /// The gradient of `pool`: spreads each mean's gradient evenly over its window, replacing what `dx` holds.
    package func poolBackward(
        _ dPooled: UnsafePointer<Float>, _ extent: BatchExtent, windows: [Range<Int>],
        into dx: UnsafeMutablePointer<Float>
    ) {
        // How much each frame's share differs from that of the frame before it.
        var changes = [Double](repeating: 0, count: extent.frames + 1)
        for channel in 0..<channels {
            for clip in 0..<extent.clips {
                for frame in changes.indices { changes[frame] = 0 }
                for (index, window) in windows.enumerated() {
                    let gradient = dPooled[(clip * windows.count + index) * channels + channel]
                    let share = Double(gradient) / Double(window.count * extent.joints)
                    changes[window.lowerBound] += share
                    changes[window.upperBound] -= share
                }
                let start = dx + channel * extent.rowCount + clip * extent.clipCount
                var share = 0.0
                for frame in 0..<extent.frames {
                    share += changes[frame]
                    (start + frame * extent.joints).update(repeating: Float(share), count: extent.joints)
                }
            }
        }
    }

    /// (rows, channels) to logits (rows, classes).
    package func forward(
        _ pooled: UnsafePointer<Float>, rows: Int, parameters: UnsafePointer<Float>,
        into logits: UnsafeMutablePointer<Float>
    ) {
        for row in 0..<rows {
            (logits + row * classes).update(from: parameters + bias.offset, count: classes)
        }
        MatrixProduct.multiply(
            m: rows, n: classes, k: channels, pooled, lda: channels, by: parameters + weight.offset, ldb: channels,
            transposingB: true, into: logits, ldc: classes, adding: true)
    }

    /// Adds to `gradient` (laid out as the parameters) and writes the gradient of the pooled features.
    package func backward(
        _ pooled: UnsafePointer<Float>, rows: Int, parameters: UnsafePointer<Float>, dLogits: UnsafePointer<Float>,
        gradient: UnsafeMutablePointer<Float>, into dPooled: UnsafeMutablePointer<Float>
    ) {
        MatrixProduct.multiply(
            m: classes, n: channels, k: rows, dLogits, lda: classes, transposingA: true, by: pooled, ldb: channels,
            into: gradient + weight.offset, ldc: channels, adding: true)
        for row in 0..<rows {
            RowKernels.add(dLogits + row * classes, to: gradient + bias.offset, count: classes)
        }
        MatrixProduct.multiply(
            m: rows, n: channels, k: classes, dLogits, lda: classes, by: parameters + weight.offset, ldb: channels,
            into: dPooled, ldc: channels)
    }

    /// Each joint by itself: (channels, rows) to (classes, rows).
    package func forwardJoints(
        _ x: UnsafePointer<Float>, rows: Int, parameters: UnsafePointer<Float>,
        into outputs: UnsafeMutablePointer<Float>
    ) {
        for output in 0..<classes {
            (outputs + output * rows).update(repeating: parameters[bias.offset + output], count: rows)
        }
        MatrixProduct.multiply(
            m: classes, n: rows, k: channels, parameters + weight.offset, lda: channels, by: x, ldb: rows,
            into: outputs, ldc: rows, adding: true)
    }

    /// Adds to `gradient` (laid out as the parameters) and writes the gradient of the features, (channels, rows).
    package func backwardJoints(
        _ x: UnsafePointer<Float>, rows: Int, parameters: UnsafePointer<Float>, dOutputs: UnsafePointer<Float>,
        gradient: UnsafeMutablePointer<Float>, into dx: UnsafeMutablePointer<Float>
    ) {
        MatrixProduct.multiply(
            m: classes, n: channels, k: rows, dOutputs, lda: rows, by: x, ldb: rows, transposingB: true,
            into: gradient + weight.offset, ldc: channels, adding: true)
        for output in 0..<classes {
            gradient[bias.offset + output] += Float(RowKernels.sum(dOutputs + output * rows, count: rows))
        }
        MatrixProduct.multiply(
            m: channels, n: rows, k: classes, parameters + weight.offset, lda: channels, transposingA: true,
            by: dOutputs, ldb: rows, into: dx, ldc: rows)
    }
}
