/// Mean over frames and joints, then one linear map to the classes.
package struct ClassificationHead: Sendable, Equatable {
    package let channels: Int
    package let classes: Int
    /// (classes, channels).
    package let weight: ParameterLayout.Slot
    /// (classes).
    package let bias: ParameterLayout.Slot

    package init(_ name: String, channels: Int, classes: Int, layout: inout ParameterLayout) {
        self.channels = channels
        self.classes = classes
        weight = layout.add(name + ".weight", [classes, channels], .weight)
        bias = layout.add(name + ".bias", [classes], .offset)
    }

    /// Means over frames and joints: (channels, N, T, V) to (N, channels).
    package func pool(_ x: UnsafePointer<Float>, _ extent: BatchExtent, into pooled: UnsafeMutablePointer<Float>) {
        for channel in 0..<channels {
            for clip in 0..<extent.clips {
                let start = x + channel * extent.rowCount + clip * extent.clipCount
                let sum = RowKernels.sum(start, count: extent.clipCount)
                pooled[clip * channels + channel] = Float(sum / Double(extent.clipCount))
            }
        }
    }

    /// The gradient of `pool`: spreads each mean's gradient evenly, replacing what `dx` holds.
    package func poolBackward(
        _ dPooled: UnsafePointer<Float>, _ extent: BatchExtent, into dx: UnsafeMutablePointer<Float>
    ) {
        for channel in 0..<channels {
            for clip in 0..<extent.clips {
                let share = dPooled[clip * channels + channel] / Float(extent.clipCount)
                (dx + channel * extent.rowCount + clip * extent.clipCount).update(
                    repeating: share, count: extent.clipCount)
            }
        }
    }

    /// (N, channels) to logits (N, classes).
    package func forward(
        _ pooled: UnsafePointer<Float>, clips: Int, parameters: UnsafePointer<Float>,
        into logits: UnsafeMutablePointer<Float>
    ) {
        for clip in 0..<clips {
            (logits + clip * classes).update(from: parameters + bias.offset, count: classes)
        }
        MatrixProduct.multiply(
            m: clips, n: classes, k: channels, pooled, lda: channels, by: parameters + weight.offset, ldb: channels,
            transposingB: true, into: logits, ldc: classes, adding: true)
    }

    /// Adds to `gradient` (laid out as the parameters) and writes the gradient of the pooled features.
    package func backward(
        _ pooled: UnsafePointer<Float>, clips: Int, parameters: UnsafePointer<Float>, dLogits: UnsafePointer<Float>,
        gradient: UnsafeMutablePointer<Float>, into dPooled: UnsafeMutablePointer<Float>
    ) {
        MatrixProduct.multiply(
            m: classes, n: channels, k: clips, dLogits, lda: classes, transposingA: true, by: pooled, ldb: channels,
            into: gradient + weight.offset, ldc: channels, adding: true)
        for clip in 0..<clips {
            RowKernels.add(dLogits + clip * classes, to: gradient + bias.offset, count: classes)
        }
        MatrixProduct.multiply(
            m: clips, n: channels, k: classes, dLogits, lda: classes, by: parameters + weight.offset, ldb: channels,
            into: dPooled, ldc: channels)
    }
}
