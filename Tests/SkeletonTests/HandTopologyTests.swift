import Skeleton
import Testing

@Suite("Hand topology")
struct HandTopologyTests {
    private let topology = SkeletonTopology.hand21

    @Test("every joint hangs from the wrist, through its own finger alone")
    func tree() {
        #expect(topology.count == 21 && Set(topology.jointNames).count == 21)
        #expect(Set(topology.inwardEdges.map(\.child)) == Set(1...20))
        for edge in topology.inwardEdges {
            let finger = topology.jointNames[edge.child].prefix { $0.isLowercase }
            let parent = topology.jointNames[edge.parent]
            #expect(edge.parent < edge.child && (parent == "wrist" || parent.hasPrefix(finger)))
        }
    }

    @Test("a hand of either side has the same joints")
    func mirrored() {
        #expect(topology.mirrored == Array(0..<21))
    }
}
