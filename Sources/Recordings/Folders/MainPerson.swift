package import Skeleton

/// Whom a clip is about when several people are in it: whoever is seen longest, and among those seen nearly as long
/// whoever is nearest the middle of the picture from left to right.
package struct MainPerson: Sendable, Equatable {
    package let track: TrackID
    /// Frames in which they are seen.
    package let frames: Int
    /// How many people the clip has in all.
    package let people: Int

    /// Who is seen for at least this share of the longest time is seen nearly as long.
    private static let nearlyAsLong = 0.8

    private struct Sight {
        var frames = 0
        var offset: Float = 0
    }

    /// Nil when nobody is in any frame.
    package init?(in frames: [SkeletonFrame]) {
        var sights: [TrackID: Sight] = [:]
        for frame in frames {
            for person in frame.people {
                sights[person.track, default: Sight()].frames += 1
                sights[person.track, default: Sight()].offset += Self.offset(of: person.pose)
            }
        }
        let longest = sights.values.map(\.frames).max() ?? 0
        let candidates = sights.filter { Double($0.value.frames) >= Self.nearlyAsLong * Double(longest) }
        func rank(_ track: TrackID, _ sight: Sight) -> (Float, Int, TrackID) {
            (sight.offset / Float(sight.frames), -sight.frames, track)
        }
        guard let main = candidates.min(by: { rank($0.key, $0.value) < rank($1.key, $1.value) }) else { return nil }
        track = main.key
        self.frames = main.value.frames
        people = sights.count
    }

    /// How far from the middle a person is, in picture widths; 0 where only points in space are known.
    private static func offset(of pose: Pose) -> Float {
        let xs = pose.keypoints.compactMap { $0?.x }.filter(\.isFinite)
        return xs.isEmpty ? 0 : min(abs(xs.reduce(0, +) / Float(xs.count) - 0.5), 1)
    }
}
