/// The joints of a skeleton as a graph, split into partitions that a graph convolution weighs separately
/// (Yan et al. 2018, section 3.3).
package struct SpatialGraph: Sendable, Equatable {
    /// How neighbours are told apart.
    package enum Strategy: String, Sendable, JSONChoice {
        /// All neighbours alike: one partition.
        case uniform
        /// The joint itself, and its neighbours: two partitions.
        case distance
        /// The joint itself, neighbours nearer to the centre, neighbours farther from it: three partitions.
        case spatial
    }

    /// V.
    package let joints: Int
    /// P.
    package let partitions: Int
    /// (P, V, V): what joint u (row) gives to joint v (column). Each column sums to 1 over all partitions.
    package let adjacency: [Float]

    /// - Parameters:
    ///   - joints: number of joints, V.
    ///   - edges: pairs of joints that a bone connects.
    ///   - center: the joint that "nearer" and "farther" refer to.
    package init(joints: Int, edges: [(Int, Int)], center: Int, strategy: Strategy = .spatial) {
        precondition((0..<joints).contains(center), "the centre of a graph is one of its joints")
        var isLinked = [Bool](repeating: false, count: joints * joints)
        for joint in 0..<joints { isLinked[joint * joints + joint] = true }
        for (a, b) in edges {
            isLinked[a * joints + b] = true
            isLinked[b * joints + a] = true
        }
        let distance = Self.distances(from: center, joints: joints, isLinked: isLinked)
        let count = strategy == .uniform ? 1 : strategy == .distance ? 2 : 3
        var adjacency = [Float](repeating: 0, count: count * joints * joints)
        for v in 0..<joints {
            let degree = (0..<joints).reduce(0) { isLinked[$1 * joints + v] ? $0 + 1 : $0 }
            for u in 0..<joints where isLinked[u * joints + v] {
                let partition =
                    switch strategy {
                    case .uniform: 0
                    case .distance: u == v ? 0 : 1
                    case .spatial: u == v ? 0 : distance[u] < distance[v] ? 1 : 2
                    }
                adjacency[(partition * joints + u) * joints + v] = 1 / Float(degree)
            }
        }
        self.joints = joints
        self.partitions = count
        self.adjacency = adjacency
    }

    private static func distances(from center: Int, joints: Int, isLinked: [Bool]) -> [Int] {
        var distance = [Int](repeating: joints, count: joints)
        distance[center] = 0
        var front = [center]
        while !front.isEmpty {
            var next: [Int] = []
            for u in front {
                for v in 0..<joints where isLinked[u * joints + v] && distance[v] == joints && v != center {
                    distance[v] = distance[u] + 1
                    next.append(v)
                }
            }
            front = next
        }
        return distance
    }
}
