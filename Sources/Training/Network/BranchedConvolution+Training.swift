import Inference

extension BranchedConvolution {
    /// What `forward` leaves for `backward`.
    struct Record {
        let narrowed: UnsafeMutablePointer<Float>
        let hidden: UnsafeMutablePointer<Float>
        let branched: UnsafeMutablePointer<Float>
        let joined: UnsafeMutablePointer<Float>
        let statistics: UnsafeMutablePointer<Float>

        /// - Parameter parts: of `counts` numbers each.
        init(_ parts: ArraySlice<UnsafeMutablePointer<Float>>) {
            let first = parts.startIndex
            narrowed = parts[first]
            hidden = parts[first + 1]
            branched = parts[first + 2]
            joined = parts[first + 3]
            statistics = parts[first + 4]
        }
    }

    /// Numbers of each part of a record.
    func counts(_ extent: BatchExtent) -> [Int] {
        let before = outputChannels * extent.rowCount
        let after = outputChannels * extent.over(frames: receptiveField.outputFrames(extent.frames)).rowCount
        return [before, before, after, after, 4 * outputChannels]
    }

    /// Values that `columns` must hold.
    func columnsCount(_ extent: BatchExtent) -> Int {
        paths.reduce(0) { max($0, $1.convolution?.columnsCount(extent) ?? 0) }
    }

    /// Multiply-adds of one clip.
    func multiplyAdds(_ before: BatchExtent, _ after: BatchExtent) -> Int {
        let branches = paths.reduce(0) { $0 + ($1.convolution?.weight.count ?? 0) }
        return narrowing.weight.count * before.clipCount + (branches + joining.weight.count) * after.clipCount
    }

    /// - Parameters:
    ///   - x: (inputChannels, N, T, V).
    ///   - columns: scratch of `columnsCount`.
    ///   - y: (outputChannels, N, T', V).
    func forward(
        _ x: UnsafePointer<Float>, _ extent: BatchExtent, parameters: UnsafePointer<Float>,
        columns: UnsafeMutablePointer<Float>, record: Record, into y: UnsafeMutablePointer<Float>
    ) {
        let after = extent.over(frames: receptiveField.outputFrames(extent.frames))
        narrowing.forward(
            x, extent, weight: parameters + narrowing.weight.offset, columns: columns, into: record.narrowed)
        narrowNorm.forward(
            record.narrowed, count: extent.rowCount, parameters: parameters, statistics: record.statistics,
            rectifying: true, into: record.hidden)
        for path in paths {
            let source = UnsafePointer(record.hidden) + path.channels.lowerBound * extent.rowCount
            let target = record.branched + path.channels.lowerBound * after.rowCount
            if let layer = path.convolution {
                layer.forward(source, extent, weight: parameters + layer.weight.offset, columns: columns, into: target)
            } else {
                eachOutput(path, extent) { row, output in
                    for v in 0..<extent.joints {
                        target[output + v] = source[row.largest(source, joint: v) + v]
                    }
                }
            }
        }
        joinNorm.forward(
            record.branched, count: after.rowCount, parameters: parameters,
            statistics: record.statistics + 2 * outputChannels, rectifying: true, into: record.joined)
        joining.forward(
            record.joined, after, weight: parameters + joining.weight.offset, columns: columns, into: y)
    }

    /// Adds to `gradient` (laid out as the parameters) and to `dx`.
    ///
    /// - Parameters:
    ///   - columns: scratch of twice `columnsCount`.
    ///   - dJoined, dNarrowed: scratch as large as the parts of the record.
    func backward(
        _ x: UnsafePointer<Float>, _ extent: BatchExtent, parameters: UnsafePointer<Float>,
        columns: UnsafeMutablePointer<Float>, record: Record, dy: UnsafePointer<Float>,
        dJoined: UnsafeMutablePointer<Float>, dNarrowed: UnsafeMutablePointer<Float>,
        gradient: UnsafeMutablePointer<Float>, addingTo dx: UnsafeMutablePointer<Float>
    ) {
        let after = extent.over(frames: receptiveField.outputFrames(extent.frames))
        let (beforeCount, afterCount) = (outputChannels * extent.rowCount, outputChannels * after.rowCount)
        dJoined.update(repeating: 0, count: afterCount)
        joining.backward(
            record.joined, after, parameters: parameters, columns: columns, dy: dy, gradient: gradient,
            addingTo: dJoined)
        RowKernels.rectifyBackward(dJoined, where: record.joined, count: afterCount)
        joinNorm.backward(
            record.branched, count: after.rowCount, parameters: parameters,
            statistics: record.statistics + 2 * outputChannels, gradient: gradient, dy: dJoined)
        dNarrowed.update(repeating: 0, count: beforeCount)
        for path in paths {
            let source = UnsafePointer(record.hidden) + path.channels.lowerBound * extent.rowCount
            let dSource = dNarrowed + path.channels.lowerBound * extent.rowCount
            let dTarget = UnsafePointer(dJoined) + path.channels.lowerBound * after.rowCount
            if let layer = path.convolution {
                layer.backward(
                    source, extent, parameters: parameters, columns: columns, dy: dTarget, gradient: gradient,
                    addingTo: dSource)
            } else {
                eachOutput(path, extent) { row, output in
                    for v in 0..<extent.joints {
                        dSource[row.largest(source, joint: v) + v] += dTarget[output + v]
                    }
                }
            }
        }
        RowKernels.rectifyBackward(dNarrowed, where: record.hidden, count: beforeCount)
        narrowNorm.backward(
            record.narrowed, count: extent.rowCount, parameters: parameters, statistics: record.statistics,
            gradient: gradient, dy: dNarrowed)
        narrowing.backward(
            x, extent, parameters: parameters, columns: columns, dy: dNarrowed, gradient: gradient, addingTo: dx)
    }

    /// The frames of one channel that an output frame looks at, as places of their first joints.
    private struct Row {
        let first: Int
        let count: Int
        let step: Int

        /// The first of those with the largest number. What is looked at was rectified, so zeros outside a clip never
        /// win against what is inside.
        @inline(__always)
        func largest(_ x: UnsafePointer<Float>, joint: Int) -> Int {
            var best = first
            for place in 1..<max(count, 1) where x[first + place * step + joint] > x[best + joint] {
                best = first + place * step
            }
            return best
        }
    }

    /// Calls `body` with what each output frame of a branch without weights looks at, and with the output's place.
    @inline(__always)
    private func eachOutput(_ path: Path, _ extent: BatchExtent, _ body: (Row, Int) -> Void) {
        let outputs = receptiveField.outputFrames(extent.frames)
        let step = path.branch.dilation
        for line in 0..<path.channels.count * extent.clips {
            for output in 0..<outputs {
                let now = receptiveField.inputFrame(of: output)
                let earlier = min(path.receptiveField.lookBack, now) / step
                let later = min(path.receptiveField.delay, extent.frames - 1 - now) / step
                let row = Row(
                    first: (line * extent.frames + now - earlier * step) * extent.joints, count: earlier + later + 1,
                    step: step * extent.joints)
                body(row, (line * outputs + output) * extent.joints)
            }
        }
    }
}
