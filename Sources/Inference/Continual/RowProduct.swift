import CRowProduct

/// A linear map of joints' rows whose taps are read from separate frames: `y = max(floor, bias + addend + Σ Wₜ · xₜ)`.
///
/// Convolutions along time, convolutions at a point, projections and the last linear map are all this. Weights are
/// packed once, in the order the kernels read them.
package final class RowProduct: @unchecked Sendable {
    // Everything is written in `init` and only read afterwards.

    /// What is read from one frame.
    package struct Tap: Sendable {
        /// (outputs, depth).
        package let weights: [Float]
        /// Numbers read from each row.
        package let depth: Int
        /// Floats from one row to the next.
        package let stride: Int

        package init(weights: [Float], depth: Int, stride: Int) {
            self.weights = weights
            self.depth = depth
            self.stride = stride
        }
    }

    /// Numbers in a row of the result that mean something.
    package let outputs: Int
    /// Numbers in a row of the result as it lies in memory; the rest are 0.
    package let columns: Int
    package let taps: Int
    private let arena: FloatArena
    private let depths: UnsafeMutablePointer<Int>
    private let strides: UnsafeMutablePointer<Int>
    /// Where each tap's weights start, and where the last one's end.
    private let offsets: [Int]
    private let weights: UnsafeMutablePointer<Float>
    private let bias: UnsafeMutablePointer<Float>
    private let biasStride: Int
    private let floors: UnsafeMutablePointer<Float>
    private let zeros: UnsafeMutablePointer<Float>
    private let unlimited: UnsafeMutablePointer<Float>

    private static let panel = 32
    private static let depthBlock = 256

    /// - Parameters:
    ///   - bias: (outputs), or (joints, outputs) where joints differ.
    ///   - isRectified: for each output, whether what is below 0 becomes 0.
    package init(outputs: Int, taps: [Tap], bias: [Float], isRectified: [Bool]) {
        precondition(bias.count % outputs == 0 && isRectified.count == outputs, "one bias for each output")
        let columns = ProductKernel.padded(outputs)
        let rows = bias.count / outputs
        var offsets = [0]
        for tap in taps {
            precondition(tap.weights.count == outputs * tap.depth, "one weight for each output and input")
            offsets.append(offsets[offsets.count - 1] + columns * tap.depth)
        }
        let total = offsets[taps.count]
        let sizes = [total, rows * columns, columns, columns, columns]
        arena = FloatArena(capacity: sizes.reduce(0) { $0 + FloatArena.rounded($1) })
        self.outputs = outputs
        self.columns = columns
        self.taps = taps.count
        self.offsets = offsets
        weights = arena.take(total)
        self.bias = arena.take(rows * columns)
        biasStride = rows == 1 ? 0 : columns
        floors = arena.take(columns)
        zeros = arena.take(columns)
        unlimited = arena.take(columns)
        depths = .allocate(capacity: taps.count)
        strides = .allocate(capacity: taps.count)
        for (index, tap) in taps.enumerated() {
            (depths + index).initialize(to: tap.depth)
            (strides + index).initialize(to: tap.stride)
            Self.pack(tap, outputs: outputs, columns: columns, into: weights + offsets[index])
        }
        for (index, value) in bias.enumerated() { self.bias[index / outputs * columns + index % outputs] = value }
        for column in 0..<columns {
            unlimited[column] = -.greatestFiniteMagnitude
            floors[column] = column < outputs && isRectified[column] ? 0 : -.greatestFiniteMagnitude
        }
    }

    deinit {
        depths.deallocate()
        strides.deallocate()
    }

    /// Floats from one row of the first tap to the next.
    var inputWidth: Int { strides[0] }

    /// Multiply-adds for one row.
    package var multiplyAdds: Int { (0..<taps).reduce(0) { $0 + depths[$1] * outputs } }

    /// For each block of depth, for each panel of columns: that block row by row.
    private static func pack(_ tap: Tap, outputs: Int, columns: Int, into target: UnsafeMutablePointer<Float>) {
        var place = target
        for from in stride(from: 0, to: tap.depth, by: depthBlock) {
            for column in stride(from: 0, to: columns, by: panel) {
                for k in from..<min(from + depthBlock, tap.depth) {
                    for output in column..<min(column + panel, columns) {
                        place.pointee = output < outputs ? tap.weights[output * tap.depth + k] : 0
                        place += 1
                    }
                }
            }
        }
    }

    /// What part of a product runs.
    package enum Part: Sendable {
        case whole
        /// The first taps, with bias, not rectified yet.
        case beginning(taps: Int)
        /// The taps from that one on; `addends` hold what the beginning gave.
        case ending(from: Int)
    }

    /// - Parameters:
    ///   - frames, joints: how many frames, of how many rows.
    ///   - sources: (taps of the part, frames).
    ///   - addends: (frames), rows `columns` apart; added to the sum. nil for none.
    ///   - targets: (frames), rows `targetStride` apart, `columns` when nil.
    package func run(
        _ part: Part = .whole, frames: Int, joints: Int, sources: FrameList, addends: FrameList? = nil,
        targets: TargetList, targetStride: Int? = nil, kernel: ProductKernel = .best
    ) {
        guard frames > 0 else { return }
        var call = laban_row_product()
        var first = 0
        call.bias = UnsafePointer(bias)
        call.bias_stride = biasStride
        call.floors = UnsafePointer(floors)
        call.taps = taps
        switch part {
        case .whole: break
        case .beginning(let taps):
            call.taps = taps
            call.floors = UnsafePointer(unlimited)
        case .ending(let from):
            first = from
            call.taps = taps - from
            call.bias = UnsafePointer(zeros)
            call.bias_stride = 0
        }
        call.frames = frames
        call.joints = joints
        call.columns = columns
        call.depths = UnsafePointer(depths + first)
        call.source_strides = UnsafePointer(strides + first)
        call.sources = UnsafePointer(sources)
        call.weights = UnsafePointer(weights + offsets[first])
        call.addends = addends.map { UnsafePointer($0) }
        call.addend_stride = columns
        call.targets = UnsafePointer(targets)
        call.target_stride = targetStride ?? columns
        if kernel == .plain { Self.runPlainly(call) } else { laban_row_product_run(&call, kernel.rawValue) }
    }

    private static func runPlainly(_ call: laban_row_product) {
        for frame in 0..<call.frames {
            for joint in 0..<call.joints {
                guard let target = call.targets[frame].map({ $0 + joint * call.target_stride }) else { continue }
                for column in 0..<call.columns {
                    var sum = call.bias[joint * call.bias_stride + column]
                    if let addend = call.addends?[frame] { sum += addend[joint * call.addend_stride + column] }
                    var block = 0
                    for tap in 0..<call.taps {
                        let depth = call.depths[tap]
                        let row = call.sources[tap * call.frames + frame].map { $0 + joint * call.source_strides[tap] }
                        for k in 0..<depth {
                            let from = k / depthBlock * depthBlock
                            let height = min(depthBlock, depth - from)
                            let start = column / panel * panel
                            let width = min(panel, call.columns - start)
                            let place = block + from * call.columns + start * height + (k - from) * width
                            sum += (row?[k] ?? 0) * call.weights[place + column - start]
                        }
                        block += depth * call.columns
                    }
                    target[column] = max(sum, call.floors[column])
                }
            }
        }
    }
}
