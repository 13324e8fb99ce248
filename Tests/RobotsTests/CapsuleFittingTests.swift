import Randomness
import Robots
import Testing

struct CapsuleFittingTests {
    /// Corners of the triangles of a box.
    private func box(_ low: Vector3, _ high: Vector3) -> [Vector3] {
        let corners = (0..<8).map { corner in
            Vector3(
                corner & 1 == 0 ? low.x : high.x, corner & 2 == 0 ? low.y : high.y, corner & 4 == 0 ? low.z : high.z)
        }
        let faces = [[0, 1, 3, 2], [4, 5, 7, 6], [0, 1, 5, 4], [2, 3, 7, 6], [0, 2, 6, 4], [1, 3, 7, 5]]
        return faces.flatMap { face in [0, 1, 2, 0, 2, 3].map { corners[face[$0]] } }
    }

    @Test("capsules hold every place of a mesh between them, and leave the corner of an angle free")
    func angle() {
        let corners = box([0, -0.02, -0.02], [0.4, 0.02, 0.02]) + box([0.36, -0.02, 0], [0.4, 0.02, 0.4])
        let capsules = CapsuleFitting.capsules(link: 3, covering: corners)
        #expect(capsules.count > 1)
        #expect(capsules.allSatisfy { $0.link == 3 })
        var random = SplitMix64(seed: 1)
        for _ in 0..<4_000 {
            let start = 3 * Int(random.next() % UInt64(corners.count / 3))
            let (a, b) = (Double(random.unit()), Double(random.unit()))
            let (u, v) = a + b < 1 ? (a, b) : (1 - a, 1 - b)
            let place =
                corners[start] + (corners[start + 1] - corners[start]) * u + (corners[start + 2] - corners[start]) * v
            #expect(distance(of: place, from: capsules) <= 1e-9)
        }
        let whole = LinkCapsule(link: 3, holding: corners)
        #expect(distance(of: [0.25, 0, 0.15], from: [whole]) <= 0)
        #expect(distance(of: [0.25, 0, 0.15], from: capsules) > 0.06)
    }

    @Test("meshes without extent, or of one place, are held too")
    func degenerate() {
        #expect(CapsuleFitting.capsules(link: 0, covering: []).isEmpty)
        let place = Vector3(0.1, 0.2, 0.3)
        let one = CapsuleFitting.capsules(link: 0, covering: [place, place, place])
        #expect(one.count == 1 && distance(of: place, from: one) <= 1e-9)
        let line = [Vector3(0, 0, 0), Vector3(1, 0, 0), Vector3(0.5, 0, 0)]
        let thin = CapsuleFitting.capsules(link: 0, covering: line)
        #expect(line.allSatisfy { distance(of: $0, from: thin) <= 1e-9 })
        let far = CapsuleFitting.capsules(link: 0, covering: [[0, 0, 0], [1e30, 0, 0], [0, 1e30, 0]])
        #expect(!far.isEmpty)
    }

    private func distance(of place: Vector3, from capsules: [LinkCapsule]) -> Double {
        capsules.map { SelfCollision.distance((place, place), ($0.start, $0.end)) - $0.radius }.min() ?? .infinity
    }
}
