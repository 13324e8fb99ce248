import Foundation
import Inference
import TestSupport
import Testing

struct KernelMachineTests {
    private static func randoms(_ count: Int, seed: UInt64) -> [Float] {
        var stream = NumberStream(seed: seed)
        return (0..<count).map { _ in stream.normal() }
    }

    @Test("equations are solved, whatever their number", arguments: [1, 2, 7, 63, 64, 65, 150])
    func solves(size: Int) {
        // a = m · mᵀ + 1 is symmetric and positive definite.
        let m = Self.randoms(size * size, seed: 1)
        var a = [Float](repeating: 0, count: size * size)
        for row in 0..<size {
            for column in 0..<size {
                for k in 0..<size { a[row * size + column] += m[row * size + k] * m[column * size + k] / Float(size) }
            }
            a[row * size + row] += 1
        }
        let truth = Self.randoms(size * 3, seed: 2)
        var b = [Float](repeating: 0, count: size * 3)
        for row in 0..<size {
            for column in 0..<3 {
                for k in 0..<size { b[row * 3 + column] += a[row * size + k] * truth[k * 3 + column] }
            }
        }
        PositiveSystem.solve(&a, size: size, for: &b, columns: 3)
        expectClose(b, truth, tolerance: 1e-3)
    }

    private static let cloud = KernelLayout(features: 4)

    /// Points about three corners, and which corner.
    private static func clouds(_ count: Int, seed: UInt64) -> (inputs: [Float], labels: [Int]) {
        var stream = NumberStream(seed: seed)
        var inputs: [Float] = []
        let labels = (0..<count).map { $0 % 3 }
        for label in labels {
            for axis in 0..<4 { inputs.append((axis == label ? 3 : 0) + 0.6 * stream.normal()) }
        }
        return (inputs, labels)
    }

    @Test("what is near is told apart, and scores are near one for the right class and near none for others")
    func clouds() {
        let (inputs, labels) = Self.clouds(90, seed: 3)
        let machine = KernelMachine(fitting: inputs, Self.cloud, labels: labels, classes: 3)
        #expect(machine.count == 90 && machine.features == 4)
        let test = Self.clouds(60, seed: 4)
        let scores = machine.scores(of: test.inputs)
        for (index, label) in test.labels.enumerated() {
            let row = Array(scores[index * 3..<index * 3 + 3])
            #expect(row.indices.max { row[$0] < row[$1] } == label)
            #expect(abs(row.reduce(0, +) - 1) < 0.05)
        }
    }

    @Test("the same inputs give the same machine, and units do not matter")
    func units() {
        let (inputs, labels) = Self.clouds(60, seed: 3)
        let machine = KernelMachine(fitting: inputs, Self.cloud, labels: labels, classes: 3)
        #expect(machine == KernelMachine(fitting: inputs, Self.cloud, labels: labels, classes: 3))
        let test = Self.clouds(10, seed: 9).inputs
        let other = KernelMachine(fitting: inputs.map { 8 * $0 + 40 }, Self.cloud, labels: labels, classes: 3)
        expectClose(other.scores(of: test.map { 8 * $0 + 40 }), machine.scores(of: test), tolerance: 1e-3)
    }

    /// Three moments of two groups of one kind and one of another.
    private static let layout = KernelLayout(
        moments: 3, kinds: [[2, 3], [4]],
        terms: [.init(0, weight: 0.3), .init(1, weight: 0.2), .init(0, and: 1, weight: 0.4), .init(2, weight: 0.1)])

    /// The scores of a machine as its definition says, in double precision.
    private static func plainScores(_ machine: KernelMachine, of input: [Float]) -> [Float] {
        let layout = machine.layout
        let width = layout.features / layout.moments
        let groups = [(0, 0..<2), (0, 2..<5), (1, 5..<9)]
        let input = input.indices.map { (input[$0] - machine.mean[$0 % 9]) * machine.scale[$0 % 9] }
        var scores = [Double](repeating: 1 / Double(machine.classes), count: machine.classes)
        for row in 0..<machine.count {
            var near = 0.0
            for moment in 0..<layout.moments {
                for other in 0..<layout.moments where abs(moment - other) <= 1 {
                    let parts = groups.map { kind, numbers in
                        let apart = numbers.reduce(0.0) { sum, number in
                            let exemplar = machine.exemplars[row * layout.features + other * width + number]
                            let difference = Double(input[moment * width + number] - exemplar)
                            return sum + difference * difference
                        }
                        return exp(-apart / Double(machine.reach[kind]))
                    }
                    let sum = 0.3 * parts[0] + 0.2 * parts[1] + 0.4 * parts[0] * parts[1] + 0.1 * parts[2]
                    near += sum * (moment == other ? 1 : 0.5) / 3
                }
            }
            for label in scores.indices {
                scores[label] += near * Double(machine.coefficients[row * machine.classes + label])
            }
        }
        return scores.map { Float($0) }
    }

    @Test("scores are what the definition says, whatever the number of inputs and exemplars", arguments: [3, 32, 70])
    func definition(count: Int) {
        let features = Self.layout.features
        let inputs = Self.randoms(count * features, seed: 5)
        let machine = KernelMachine(
            fitting: inputs, Self.layout, labels: (0..<count).map { $0 % 3 }, classes: 3, ridge: 0.5)
        let tests = Self.randoms(count * features, seed: 6)
        let scores = machine.scores(of: tests)
        for row in 0..<count {
            let truth = Self.plainScores(machine, of: Array(tests[row * features..<(row + 1) * features]))
            expectClose(Array(scores[row * 3..<row * 3 + 3]), truth, tolerance: 1e-3)
        }
    }

    @Test("with hardly any ridge each exemplar is given its own class, and one input scores as it does among others")
    func exemplars() {
        let inputs = Self.randoms(40 * Self.layout.features, seed: 7)
        let labels = (0..<40).map { $0 * 7 % 4 }
        let machine = KernelMachine(fitting: inputs, Self.layout, labels: labels, classes: 4, ridge: 1e-3)
        let scores = machine.scores(of: inputs)
        for (row, label) in labels.enumerated() {
            expectClose(Array(scores[row * 4..<row * 4 + 4]), (0..<4).map { $0 == label ? 1 : 0 }, tolerance: 0.05)
        }
        let third = Array(inputs[2 * Self.layout.features..<3 * Self.layout.features])
        expectClose(machine.scores(of: third), Array(scores[8..<12]), tolerance: 1e-4)
    }

    /// One number at each of eight moments: a bump at some moment, with noise.
    private static func bumps(_ count: Int, at place: (Int) -> Int, seed: UInt64) -> [Float] {
        var stream = NumberStream(seed: seed)
        return (0..<count).flatMap { index in
            (0..<8).map { Float($0 == place(index) ? 2 : 0) + 0.1 * stream.normal() }
        }
    }

    @Test("order is told apart, and what comes a moment late is still known")
    func order() {
        let layout = KernelLayout(moments: 8, kinds: [[1]], terms: [.init(0, weight: 1)])
        let machine = KernelMachine(
            fitting: Self.bumps(20, at: { $0 % 2 == 0 ? 1 : 6 }, seed: 1), layout, labels: (0..<20).map { $0 % 2 },
            classes: 2)
        for (moment, label) in [(1, 0), (6, 1), (2, 0), (5, 1)] {
            let scores = machine.scores(of: Self.bumps(1, at: { _ in moment }, seed: 2))
            #expect(scores[label] > scores[1 - label] + 0.2, "a bump at moment \(moment)")
        }
    }

    @Test("machines of far-off inputs and of one that never varies give finite scores")
    func extremes() {
        let machine = KernelMachine(
            fitting: [Float](repeating: 3, count: 4 * Self.layout.features), Self.layout, labels: [0, 1, 0, 1],
            classes: 2)
        for value: Float in [3, 1e10, -1e10, 1e18] {
            let scores = machine.scores(of: [Float](repeating: value, count: Self.layout.features))
            #expect(scores.allSatisfy { $0.isFinite }, "\(value)")
        }
    }
}
