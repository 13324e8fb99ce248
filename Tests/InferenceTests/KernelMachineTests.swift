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
        let machine = KernelMachine(fitting: inputs, labels: labels, classes: 3)
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
        let machine = KernelMachine(fitting: inputs, labels: labels, classes: 3)
        #expect(machine == KernelMachine(fitting: inputs, labels: labels, classes: 3))
        let test = Self.clouds(10, seed: 9).inputs
        let other = KernelMachine(fitting: inputs.map { 8 * $0 + 40 }, labels: labels, classes: 3)
        expectClose(other.scores(of: test.map { 8 * $0 + 40 }), machine.scores(of: test), tolerance: 1e-3)
    }
}
