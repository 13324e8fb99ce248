/// Mean over joints and a window of frames, then one linear map to the classes.
package struct ClassificationHead: Sendable, Equatable {
    package let channels: Int
    package let classes: Int
    /// (channels, V), what each joint of a channel counts in the mean; nil when all count the same.
    package let jointWeights: ParameterLayout.Slot?
    /// (classes, channels).
    package let weight: ParameterLayout.Slot
    /// (classes).
    package let bias: ParameterLayout.Slot

    /// - Parameter joints: V, where the mean weighs joints.
    package init(
        _ name: String, channels: Int, joints: Int? = nil, classes: Int, layout: inout ParameterLayout
    ) {
        self.channels = channels
        self.classes = classes
        weight = layout.add(name + ".weight", [classes, channels], .weight)
        bias = layout.add(name + ".bias", [classes], .offset)
        jointWeights = joints.map { layout.add(name + ".joint_weights", [channels, $0], .offset) }
    }

    /// Means over joints and each window of frames: (channels, N, T, V) to (N, windows, channels).
    package func pool(
        _ x: UnsafePointer<Float>, _ extent: BatchExtent, windows: [Range<Int>], parameters: UnsafePointer<Float>,
        into pooled: UnsafeMutablePointer<Float>
    ) {
        let joints = extent.joints
        // What the frames before each frame add up to.
        var sums = [Double](repeating: 0, count: extent.frames + 1)
        for channel in 0..<channels {
            for clip in 0..<extent.clips {
                let start = x + channel * extent.rowCount + clip * extent.clipCount
                for frame in 0..<extent.frames {
                    let row = start + frame * joints
                    sums[frame + 1] =
                        sums[frame]
                        + (jointWeights.map {
                            RowKernels.sumOfProducts(
                                row, around: 0, with: parameters + $0.offset + channel * joints, count: joints)
                        } ?? RowKernels.sum(row, count: joints))
                }
                for (index, window) in windows.enumerated() {
                    let sum = sums[window.upperBound] - sums[window.lowerBound]
                    pooled[(clip * windows.count + index) * channels + channel] =
                        Float(sum / Double(window.count * joints))
                }
            }
        }
    }

    /// The gradient of `pool`: spreads each mean's gradient over its window, replacing what `dx` holds, and adds to
    /// `gradient`, laid out as the parameters.
    package func poolBackward(
        _ dPooled: UnsafePointer<Float>, _ x: UnsafePointer<Float>, _ extent: BatchExtent, windows: [Range<Int>],
        parameters: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>, into dx: UnsafeMutablePointer<Float>
    ) {
        let joints = extent.joints
        // How much each frame's share differs from that of the frame before it.
        var changes = [Double](repeating: 0, count: extent.frames + 1)
        for channel in 0..<channels {
            for clip in 0..<extent.clips {
                for frame in changes.indices { changes[frame] = 0 }
                for (index, window) in windows.enumerated() {
                    let gradient = dPooled[(clip * windows.count + index) * channels + channel]
                    let share = Double(gradient) / Double(window.count * joints)
                    changes[window.lowerBound] += share
                    changes[window.upperBound] -= share
                }
                let start = channel * extent.rowCount + clip * extent.clipCount
                var share = 0.0
                for frame in 0..<extent.frames {
                    share += changes[frame]
                    let row = start + frame * joints
                    guard let jointWeights else {
                        (dx + row).update(repeating: Float(share), count: joints)
                        continue
                    }
                    let weights = jointWeights.offset + channel * joints
                    for v in 0..<joints {
                        dx[row + v] = Float(share) * parameters[weights + v]
                        gradient[weights + v] += Float(share) * x[row + v]
                    }
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
}
