package import Skeleton

/// The joints of one person at an even rate, gaps bridged in straight lines.
package struct SteadyMotion: Sendable {
    package let topology: SkeletonTopology
    /// Frames per second.
    package let frameRate: Double
    /// World points, (T, V) in metres; nil only for joints that are never seen.
    package let points: [[SIMD3<Float>?]]

    /// More than nine hours at 30 frames a second are refused: a gap of years would be bridged otherwise.
    package static let mostFrames = 1_000_000

    /// A motion that is even already.
    package init(topology: SkeletonTopology, frameRate: Double, points: [[SIMD3<Float>?]]) {
        self.topology = topology
        self.frameRate = frameRate
        self.points = points
    }

    /// - Parameters:
    ///   - poses: of one topology, at growing times; with at least one world point.
    ///   - frameRate: the middle rate of the poses when nil.
    /// - Returns: nil when no world point is among them, or they would make `mostFrames` or more.
    package init?(_ poses: [(time: Duration, pose: Pose)], frameRate: Double? = nil) {
        let seen = poses.filter { $0.pose.worldPoints.contains { $0 != nil } }
        guard let first = seen.first, let last = seen.last else { return nil }
        let times = seen.map { ($0.time - first.time).inSeconds }
        let steps = zip(times.dropFirst(), times).map { $0 - $1 }.sorted()
        let rate = frameRate ?? (steps.isEmpty ? 30 : max(0.01, (100 / steps[steps.count / 2]).rounded() / 100))
        guard times[times.count - 1] * rate < Double(Self.mostFrames) else { return nil }
        let count = Int(((last.time - first.time).inSeconds * rate + 1e-6).rounded(.down)) + 1
        let topology = first.pose.topology
        var points = [[SIMD3<Float>?]](repeating: Array(repeating: nil, count: topology.count), count: count)
        for joint in 0..<topology.count {
            let sights = seen.indices.compactMap { index in
                seen[index].pose.worldPoints[joint].map { (time: times[index], point: $0) }
            }
            guard !sights.isEmpty else { continue }
            var next = 0
            for frame in 0..<count {
                let time = Double(frame) / rate
                while next < sights.count, sights[next].time < time { next += 1 }
                guard next > 0 else {
                    points[frame][joint] = sights[0].point
                    continue
                }
                guard next < sights.count else {
                    points[frame][joint] = sights[next - 1].point
                    continue
                }
                let (a, b) = (sights[next - 1], sights[next])
                points[frame][joint] = a.point + (b.point - a.point) * Float((time - a.time) / (b.time - a.time))
            }
        }
        self.init(topology: topology, frameRate: rate, points: points)
    }
}
