import Skeleton

/// Follows people through the frames of a short clip whose source does not say who is who: everyone goes on as whoever
/// was nearest in the frame before.
struct PersonLinks {
    private var last: [(track: TrackID, place: SIMD2<Float>)] = []
    private var count = 0

    /// Nobody more is kept in mind.
    private static let greatestCount = 200

    /// Gives people the track of whoever was nearest, each at most once, and new ones to those who are left.
    mutating func follow(_ people: inout [TrackedPose]) {
        guard !people.isEmpty else { return }
        let places = people.map { Self.place(of: $0.pose) }
        var pairs: [(distance: Float, old: Int, new: Int)] = []
        for old in last.indices {
            for new in places.indices {
                let way = last[old].place - places[new]
                pairs.append(((way * way).sum(), old, new))
            }
        }
        var (oldTaken, newTaken): (Set<Int>, Set<Int>) = ([], [])
        for pair in pairs.sorted(by: { ($0.distance, $0.old, $0.new) < ($1.distance, $1.old, $1.new) })
        where !oldTaken.contains(pair.old) && !newTaken.contains(pair.new) {
            oldTaken.insert(pair.old)
            newTaken.insert(pair.new)
            people[pair.new].track = last[pair.old].track
        }
        for new in people.indices where !newTaken.contains(new) {
            count += 1
            people[new].track = TrackID(count)
        }
        // Whoever is away for a while keeps their place.
        let away = last.indices.filter { !oldTaken.contains($0) }.map { last[$0] }
        last = (away + people.indices.map { (people[$0].track, places[$0]) }).suffix(Self.greatestCount)
    }

    /// The middle of all joints that were seen.
    private static func place(of pose: Pose) -> SIMD2<Float> {
        let places =
            pose.keypoints.isEmpty
            ? pose.worldPoints.compactMap { $0.map { SIMD2($0.x, $0.y) } }
            : pose.keypoints.compactMap { $0.map { SIMD2($0.x, $0.y) } }
        let sum = places.reduce(SIMD2<Float>.zero, +)
        return places.isEmpty ? .zero : sum / Float(places.count)
    }
}
