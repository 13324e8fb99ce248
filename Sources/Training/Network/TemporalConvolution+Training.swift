import Inference

extension TemporalConvolution {
    /// Frames that come out of `frames` frames.
    package func outputFrames(_ frames: Int) -> Int { receptiveField.outputFrames(frames) }

    /// Whether it looks at each frame alone, so that the input needs no other layout.
    private var isPoint: Bool { kernel == 1 && receptiveField.stride == 1 }

    /// Values that `columns` must hold: the taps of one clip side by side.
    package func columnsCount(_ extent: BatchExtent) -> Int {
        guard !isPoint else { return 0 }
        return inputChannels * kernel * outputFrames(extent.frames) * extent.joints
    }

    /// - Parameters:
    ///   - x: (inputChannels, N, T, V).
    ///   - weight: (outputChannels, inputChannels · K).
    ///   - columns: scratch of `columnsCount`.
    ///   - y: (outputChannels, N, `outputFrames(T)`, V).
    package func forward(
        _ x: UnsafePointer<Float>, _ extent: BatchExtent, weight: UnsafePointer<Float>,
        columns: UnsafeMutablePointer<Float>, into y: UnsafeMutablePointer<Float>
    ) {
        let output = extent.over(frames: outputFrames(extent.frames))
        let depth = inputChannels * kernel
        guard !isPoint else {
            MatrixProduct.multiply(
                m: outputChannels, n: extent.rowCount, k: depth, weight, lda: depth, by: x, ldb: extent.rowCount,
                into: y, ldc: extent.rowCount)
            return
        }
        for clip in 0..<extent.clips {
            gather(x, extent, clip: clip, into: columns)
            MatrixProduct.multiply(
                m: outputChannels, n: output.clipCount, k: depth, weight, lda: depth, by: columns,
                ldb: output.clipCount, into: y + clip * output.clipCount, ldc: output.rowCount)
        }
    }

    /// Adds to `gradient` (laid out as the parameters) and to `dx`.
    ///
    /// - Parameters:
    ///   - columns: scratch of twice `columnsCount`.
    ///   - dy: gradient of the output.
    ///   - dx: receives the gradient of the input on top of what it holds; nil when nobody needs it.
    package func backward(
        _ x: UnsafePointer<Float>, _ extent: BatchExtent, parameters: UnsafePointer<Float>,
        columns: UnsafeMutablePointer<Float>, dy: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>,
        addingTo dx: UnsafeMutablePointer<Float>?
    ) {
        let output = extent.over(frames: outputFrames(extent.frames))
        let depth = inputChannels * kernel
        guard !isPoint else {
            MatrixProduct.multiply(
                m: outputChannels, n: depth, k: extent.rowCount, dy, lda: extent.rowCount, by: x,
                ldb: extent.rowCount, transposingB: true, into: gradient + weight.offset, ldc: depth, adding: true)
            guard let dx else { return }
            MatrixProduct.multiply(
                m: depth, n: extent.rowCount, k: outputChannels, parameters + weight.offset, lda: depth,
                transposingA: true, by: dy, ldb: extent.rowCount, into: dx, ldc: extent.rowCount, adding: true)
            return
        }
        let dColumns = columns + columnsCount(extent)
        for clip in 0..<extent.clips {
            let dyClip = dy + clip * output.clipCount
            gather(x, extent, clip: clip, into: columns)
            MatrixProduct.multiply(
                m: outputChannels, n: depth, k: output.clipCount, dyClip, lda: output.rowCount, by: columns,
                ldb: output.clipCount, transposingB: true, into: gradient + weight.offset, ldc: depth, adding: true)
            guard let dx else { continue }
            MatrixProduct.multiply(
                m: depth, n: output.clipCount, k: outputChannels, parameters + weight.offset, lda: depth,
                transposingA: true, by: dyClip, ldb: output.rowCount, into: dColumns, ldc: output.clipCount)
            scatter(dColumns, extent, clip: clip, addingTo: dx)
        }
    }

    /// The output frames whose tap `tap` falls inside the clip, and the input frame of the first of them.
    private func span(_ tap: Int, frames: Int) -> (outputs: Range<Int>, firstInput: Int) {
        let stride = receptiveField.stride
        let shift = tap * dilation - receptiveField.lookBack
        let outputs = outputFrames(frames)
        let first = shift >= 0 ? 0 : min(outputs, (-shift + stride - 1) / stride)
        let end = shift >= frames ? 0 : min(outputs, (frames - 1 - shift) / stride + 1)
        return (first..<max(first, end), first * stride + shift)
    }

    /// Lays the taps of one clip out as (inputChannels · K, T', V), zeros where a tap falls outside the clip.
    private func gather(
        _ x: UnsafePointer<Float>, _ extent: BatchExtent, clip: Int, into columns: UnsafeMutablePointer<Float>
    ) {
        let joints = extent.joints
        let outputs = outputFrames(extent.frames)
        var row = columns
        for channel in 0..<inputChannels {
            let source = x + channel * extent.rowCount + clip * extent.clipCount
            for tap in 0..<kernel {
                let span = span(tap, frames: extent.frames)
                row.update(repeating: 0, count: span.outputs.lowerBound * joints)
                let tail = outputs - span.outputs.upperBound
                (row + span.outputs.upperBound * joints).update(repeating: 0, count: tail * joints)
                if receptiveField.stride == 1 {
                    (row + span.outputs.lowerBound * joints).update(
                        from: source + span.firstInput * joints, count: span.outputs.count * joints)
                } else {
                    var from = source + span.firstInput * joints
                    for t in span.outputs {
                        (row + t * joints).update(from: from, count: joints)
                        from += receptiveField.stride * joints
                    }
                }
                row += outputs * joints
            }
        }
    }

    /// The reverse of `gather`: gives each tap's gradient back to the frame it came from.
    private func scatter(
        _ columns: UnsafePointer<Float>, _ extent: BatchExtent, clip: Int, addingTo x: UnsafeMutablePointer<Float>
    ) {
        let joints = extent.joints
        let outputs = outputFrames(extent.frames)
        var row = columns
        for channel in 0..<inputChannels {
            let target = x + channel * extent.rowCount + clip * extent.clipCount
            for tap in 0..<kernel {
                let span = span(tap, frames: extent.frames)
                if receptiveField.stride == 1 {
                    RowKernels.add(
                        row + span.outputs.lowerBound * joints, to: target + span.firstInput * joints,
                        count: span.outputs.count * joints)
                } else {
                    var to = target + span.firstInput * joints
                    for t in span.outputs {
                        RowKernels.add(row + t * joints, to: to, count: joints)
                        to += receptiveField.stride * joints
                    }
                }
                row += outputs * joints
            }
        }
    }
}
