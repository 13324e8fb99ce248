import Inference
import Randomness
import TestSupport
import Testing
import Training

/// Every layer's backward against finite differences: `(L(p + εd) - L(p - εd)) / 2ε = ⟨gradient, d⟩` for random
/// directions d, with L a random weighting of the layer's output.
struct TemporalLayerTests {
    private static let extent = BatchExtent(clips: 2, frames: 7, joints: 5)
    private static let edges = [(1, 0), (2, 1), (3, 0), (4, 3)]

    private static func numbers(_ count: Int, seed: UInt64) -> [Float] {
        var stream = SplitMix64(seed: seed)
        return (0..<count).map { _ in stream.normal() }
    }

    /// Compares both sides in a few directions, for the input and for the parameters.
    private static func expectGradients(
        parameters: [Float], x: [Float], outputs: Int, step: Float, tolerance: Double, seed: UInt64, _ comment: String,
        forward: (_ parameters: [Float], _ x: [Float]) -> [Float],
        backward: (_ parameters: [Float], _ x: [Float], _ dy: [Float]) -> (parameters: [Float], x: [Float])
    ) {
        let weighting = numbers(outputs, seed: seed)
        func loss(_ parameters: [Float], _ x: [Float]) -> Double {
            zip(forward(parameters, x), weighting).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        }
        _ = forward(parameters, x)
        let gradient = backward(parameters, x, weighting)
        for round in 0..<3 {
            let dp = numbers(parameters.count, seed: seed + 10 + UInt64(round))
            let dx = numbers(x.count, seed: seed + 20 + UInt64(round))
            func moved(_ a: [Float], _ d: [Float], _ s: Float) -> [Float] { zip(a, d).map { $0 + s * $1 } }
            let measuredP = loss(moved(parameters, dp, step), x) - loss(moved(parameters, dp, -step), x)
            let measuredX = loss(parameters, moved(x, dx, step)) - loss(parameters, moved(x, dx, -step))
            let expectedP = zip(gradient.parameters, dp).reduce(0.0) { $0 + Double($1.0 * $1.1) }
            let expectedX = zip(gradient.x, dx).reduce(0.0) { $0 + Double($1.0 * $1.1) }
            let sizeP = gradient.parameters.reduce(1.0) { $0 + Double($1 * $1) }.squareRoot()
            let sizeX = gradient.x.reduce(1.0) { $0 + Double($1 * $1) }.squareRoot()
            #expect(abs(measuredP / Double(2 * step) - expectedP) <= tolerance * sizeP, "\(comment): parameters")
            #expect(abs(measuredX / Double(2 * step) - expectedX) <= tolerance * sizeX, "\(comment): input")
        }
    }

    @Test(
        "a graph convolution's gradients are those of finite differences",
        arguments: SpatialGraph.Strategy.allCases, [false, true])
    func graphConvolution(strategy: SpatialGraph.Strategy, isAdaptive: Bool) {
        let extent = Self.extent
        let graph = SpatialGraph(joints: 5, edges: Self.edges, center: 0, strategy: strategy)
        var layout = ParameterLayout()
        let layer = GraphConvolution("g", from: 3, to: 4, graph: graph, isAdaptive: isAdaptive, layout: &layout)
        var mixed = [Float](repeating: 0, count: layer.mixedCount(extent))
        // Weights and edges multiply each other, so the loss is quadratic along a direction: central differences are exact.
        Self.expectGradients(
            parameters: Self.numbers(layout.count, seed: 1), x: Self.numbers(3 * extent.rowCount, seed: 2),
            outputs: 4 * extent.rowCount, step: 0.1, tolerance: 1e-4, seed: 3, "\(strategy) \(isAdaptive)"
        ) { parameters, x in
            var y = [Float](repeating: 0, count: 4 * extent.rowCount)
            layer.forward(
                x, extent, weight: Array(parameters[layer.weight.range]), adjacency: layer.adjacency(parameters),
                mixed: &mixed, into: &y)
            return y
        } backward: { parameters, x, dy in
            var gradient = [Float](repeating: 0, count: layout.count)
            var dx = [Float](repeating: 0, count: x.count)
            layer.backward(
                x, extent, parameters: parameters, mixed: &mixed, dy: dy, gradient: &gradient, addingTo: &dx)
            return (gradient, dx)
        }
    }

    @Test(
        "a temporal convolution's gradients are those of finite differences",
        arguments: [
            (1, 1, 1, nil), (3, 1, 1, nil), (5, 2, 1, nil), (3, 1, 2, nil), (5, 3, 2, nil), (1, 2, 1, nil),
            (9, 1, 1, nil), (3, 1, 1, 0), (4, 2, 2, 4), (2, 1, 3, 3), (6, 3, 1, 1),
        ])
    func temporalConvolution(kernel: Int, stride: Int, dilation: Int, lookAhead: Int?) {
        let extent = Self.extent
        var layout = ParameterLayout()
        let layer = TemporalConvolution(
            "t", from: 3, to: 4, kernel: kernel, stride: stride, dilation: dilation, lookAhead: lookAhead,
            layout: &layout)
        let outputs = 4 * extent.over(frames: layer.outputFrames(extent.frames)).rowCount
        var columns = [Float](repeating: 0, count: 2 * layer.columnsCount(extent))
        Self.expectGradients(
            parameters: Self.numbers(layout.count, seed: 1), x: Self.numbers(3 * extent.rowCount, seed: 2),
            outputs: outputs, step: 0.5, tolerance: 1e-4, seed: 3,
            "kernel \(kernel) stride \(stride) \(dilation) \(lookAhead ?? -1)"
        ) { parameters, x in
            var y = [Float](repeating: 0, count: outputs)
            layer.forward(x, extent, weight: parameters, columns: &columns, into: &y)
            return y
        } backward: { parameters, x, dy in
            var gradient = [Float](repeating: 0, count: layout.count)
            var dx = [Float](repeating: 0, count: x.count)
            layer.backward(
                x, extent, parameters: parameters, columns: &columns, dy: dy, gradient: &gradient, addingTo: &dx)
            return (gradient, dx)
        }
    }

    @Test(
        "a temporal convolution is the plain sum over its taps",
        arguments: [
            (1, 1, 1, nil), (3, 1, 1, nil), (5, 2, 1, nil), (3, 1, 2, nil), (5, 3, 2, nil), (7, 4, 3, nil),
            (5, 2, 1, 0), (4, 1, 2, 2), (2, 3, 2, 2), (9, 1, 1, 8),
        ])
    func temporalReference(kernel: Int, stride: Int, dilation: Int, lookAhead: Int?) {
        let extent = Self.extent
        var layout = ParameterLayout()
        let layer = TemporalConvolution(
            "t", from: 2, to: 3, kernel: kernel, stride: stride, dilation: dilation, lookAhead: lookAhead,
            layout: &layout)
        let weight = Self.numbers(layout.count, seed: 4)
        let x = Self.numbers(2 * extent.rowCount, seed: 5)
        let after = extent.over(frames: layer.outputFrames(extent.frames))
        var columns = [Float](repeating: 0, count: layer.columnsCount(extent))
        var y = [Float](repeating: 0, count: 3 * after.rowCount)
        layer.forward(x, extent, weight: weight, columns: &columns, into: &y)
        var expected = [Float](repeating: 0, count: y.count)
        for output in 0..<3 {
            for clip in 0..<2 {
                for t in 0..<after.frames {
                    for v in 0..<extent.joints {
                        var sum: Float = 0
                        for input in 0..<2 {
                            for tap in 0..<kernel {
                                let later = lookAhead ?? (kernel - 1) * dilation / 2
                                let frame = t * stride + later - (kernel - 1 - tap) * dilation
                                guard (0..<extent.frames).contains(frame) else { continue }
                                let at = input * extent.rowCount + (clip * extent.frames + frame) * extent.joints + v
                                sum += weight[(output * 2 + input) * kernel + tap] * x[at]
                            }
                        }
                        expected[output * after.rowCount + (clip * after.frames + t) * extent.joints + v] = sum
                    }
                }
            }
        }
        expectClose(y, expected, tolerance: 1e-4, "kernel \(kernel) stride \(stride) dilation \(dilation)")
    }

    @Test("batch normalisation's gradients are those of finite differences")
    func batchNormalisation() {
        let extent = Self.extent
        var layout = ParameterLayout()
        let layer = BatchNormalisation("n", channels: 3, layout: &layout)
        var statistics = [Float](repeating: 0, count: 6)
        Self.expectGradients(
            parameters: Self.numbers(layout.count, seed: 1), x: Self.numbers(3 * extent.rowCount, seed: 2),
            outputs: 3 * extent.rowCount, step: 0.01, tolerance: 2e-3, seed: 3, "batch normalisation"
        ) { parameters, x in
            var y = [Float](repeating: 0, count: x.count)
            layer.forward(
                x, count: extent.rowCount, parameters: parameters, statistics: &statistics, into: &y)
            return y
        } backward: { parameters, x, dy in
            var gradient = [Float](repeating: 0, count: layout.count)
            var dx = dy
            layer.backward(
                x, count: extent.rowCount, parameters: parameters, statistics: statistics, gradient: &gradient,
                dy: &dx)
            // What lies in the places of the statistics is no gradient.
            for i in layer.mean.range { gradient[i] = 0 }
            for i in layer.variance.range { gradient[i] = 0 }
            return (gradient, dx)
        }
    }

    @Test("batch normalisation brings every channel to its offset and scale")
    func normalises() {
        var layout = ParameterLayout()
        let layer = BatchNormalisation("n", channels: 2, layout: &layout)
        let parameters: [Float] = [2, 3, 5, -1, 0, 0, 1, 1]
        let x = Self.numbers(2 * 400, seed: 6).map { $0 * 7 + 3 }
        var y = x
        var statistics = [Float](repeating: 0, count: 4)
        layer.forward(x, count: 400, parameters: parameters, statistics: &statistics, into: &y)
        for (channel, scale, offset) in [(0, Float(2), Float(5)), (1, 3, -1)] {
            let row = y[channel * 400..<(channel + 1) * 400]
            let mean = row.reduce(0, +) / 400
            let deviation = (row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 400).squareRoot()
            expectClose([mean, deviation], [offset, scale], tolerance: 1e-3)
        }
    }

    @Test(
        "the head's gradients are those of finite differences, over one window or several that overlap",
        arguments: [[0..<7], [4..<7], [0..<1, 0..<2, 0..<3, 1..<4, 2..<5, 3..<6, 4..<7]])
    func head(windows: [Range<Int>]) {
        let extent = Self.extent
        var layout = ParameterLayout()
        let layer = ClassificationHead("h", channels: 3, classes: 4, layout: &layout)
        let rows = 2 * windows.count
        func pooled(_ x: [Float]) -> [Float] {
            var pooled = [Float](repeating: 0, count: 3 * rows)
            layer.pool(x, extent, windows: windows, into: &pooled)
            return pooled
        }
        Self.expectGradients(
            parameters: Self.numbers(layout.count, seed: 1), x: Self.numbers(3 * extent.rowCount, seed: 2),
            outputs: 4 * rows, step: 0.5, tolerance: 1e-4, seed: 3, "head over \(windows)"
        ) { parameters, x in
            var logits = [Float](repeating: 0, count: 4 * rows)
            layer.forward(pooled(x), rows: rows, parameters: parameters, into: &logits)
            return logits
        } backward: { parameters, x, dy in
            var gradient = [Float](repeating: 0, count: layout.count)
            var dPooled = [Float](repeating: 0, count: 3 * rows)
            var dx = x
            layer.backward(
                pooled(x), rows: rows, parameters: parameters, dLogits: dy, gradient: &gradient, into: &dPooled)
            layer.poolBackward(dPooled, extent, windows: windows, into: &dx)
            return (gradient, dx)
        }
    }
}
