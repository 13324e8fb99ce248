import TestSupport
import Testing
import Tracking

@Suite("Assignment")
struct AssignmentTests {
    /// The highest total gain over every way to match, found by trying them all.
    private func bestTotal(_ gains: [Float], columns: Int, row: Int = 0, taken: Set<Int> = []) -> Float {
        guard row < gains.count / columns else { return 0 }
        var best = bestTotal(gains, columns: columns, row: row + 1, taken: taken)
        for column in 0..<columns where !taken.contains(column) && gains[row * columns + column] > 0 {
            let rest = bestTotal(gains, columns: columns, row: row + 1, taken: taken.union([column]))
            best = max(best, gains[row * columns + column] + rest)
        }
        return best
    }

    @Test("it beats any permutation for small n")
    func optimal() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<500 {
            let rows = Int.random(in: 1...5, using: &generator)
            let columns = Int.random(in: 1...5, using: &generator)
            let gains = (0..<rows * columns).map { _ in Float.random(in: -1...1, using: &generator) }
            let matches = Assignment.best(gains: gains, columns: columns)
            let used = matches.compactMap { $0 }
            #expect(matches.count == rows)
            #expect(Set(used).count == used.count, "no column twice")
            let total = matches.indices.reduce(Float(0)) { sum, row in
                sum + (matches[row].map { gains[row * columns + $0] } ?? 0)
            }
            expectClose([total], [bestTotal(gains, columns: columns)], tolerance: 1e-4, "\(gains)")
        }
    }

    @Test("a pair without gain is never made")
    func noGain() {
        #expect(Assignment.best(gains: [-1, 0, .nan, -.infinity], columns: 2) == [nil, nil])
        #expect(Assignment.best(gains: [], columns: 3) == [])
        #expect(Assignment.best(gains: [], columns: 0) == [])
    }

    @Test("the sum counts, not the best single pair")
    func sumCounts() {
        #expect(Assignment.best(gains: [1.0, 0.9, 0.9, 0.1], columns: 2) == [1, 0])
    }
}
