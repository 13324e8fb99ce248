import Inference
import Testing

struct SpatialGraphTests {
    @Test("what a joint gathers sums to one over all partitions", arguments: SpatialGraph.Strategy.allCases)
    func columnsSumToOne(strategy: SpatialGraph.Strategy) {
        let graph = SpatialGraph(
            joints: 6, edges: [(1, 0), (2, 1), (3, 0), (4, 3), (5, 4)], center: 0, strategy: strategy)
        for v in 0..<6 {
            var sum: Float = 0
            for partition in 0..<graph.partitions {
                for u in 0..<6 { sum += graph.adjacency[(partition * 6 + u) * 6 + v] }
            }
            #expect(abs(sum - 1) < 1e-6)
        }
    }

    @Test("the spatial strategy tells itself, nearer and farther neighbours apart")
    func spatialPartitions() {
        let graph = SpatialGraph(joints: 3, edges: [(1, 0), (2, 1)], center: 0)
        let third: Float = 1 / 3
        #expect(
            graph.adjacency == [
                0.5, 0, 0, 0, third, 0, 0, 0, 0.5,
                0, third, 0, 0, 0, 0.5, 0, 0, 0,
                0, 0, 0, 0.5, 0, 0, 0, third, 0,
            ])
    }
}
