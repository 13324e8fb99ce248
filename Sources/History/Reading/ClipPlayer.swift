package import Events
package import Skeleton

/// Plays clips again as frames such as they were cut from: everyone whom a camera saw in a run, moment by moment; who stood
/// still is where they were. No more than a few clips are in memory at a time.
package struct ClipPlayer {
    /// Everyone at one moment.
    package struct Moment: Sendable {
        package let run: String
        package let time: UnixTime
        /// Media time counts from the first moment that is played of the camera's run.
        package let frame: SkeletonFrame
    }

    private let reader: HistoryReader
    private let clips: [ClipRecord]

    /// - Parameter clips: of any cameras and runs.
    package init(_ clips: [ClipRecord], of reader: HistoryReader) {
        self.clips = clips
        self.reader = reader
    }

    /// Plays the clips, one run of one camera after the other, those that began first before others.
    ///
    /// - Parameters:
    ///   - progress: told how many clips have been read.
    ///   - take: given every moment, and whether it is the first of its camera and run.
    /// - Returns: the clips that are damaged, and were not played.
    package func play(
        progress: (Int) -> Void = { _ in }, take: (_ moment: Moment, _ isFirst: Bool) throws -> Void
    ) throws -> DamagedClips {
        var groups: [[ClipRecord]] = []
        var places: [Source: Int] = [:]
        for clip in clips.sorted(by: { ($0.start, $0.id) < ($1.start, $1.id) }) {
            let source = Source(run: clip.run, camera: clip.camera)
            let place = places[source] ?? groups.count
            places[source] = place
            if place == groups.count { groups.append([]) }
            groups[place].append(clip)
        }
        var count = 0
        var damaged = DamagedClips()
        for group in groups {
            try play(group, leavingOut: &damaged, take) {
                count += 1
                progress(count)
            }
        }
        return damaged
    }

    private struct Source: Hashable {
        let run: String
        let camera: String
    }

    /// Plays one run of one camera.
    private func play(
        _ clips: [ClipRecord], leavingOut damaged: inout DamagedClips, _ take: (Moment, Bool) throws -> Void,
        _ hasRead: () -> Void
    ) throws {
        var waiting = WaitingPoses()
        var first: UnixTime?
        var index = 0
        func give(until limit: UnixTime?) throws {
            for (time, people, aspectRatio) in waiting.take(until: limit) {
                let origin = first ?? time
                first = origin
                let frame = SkeletonFrame(
                    camera: clips[0].camera, index: index,
                    presentationTime: .microseconds(time.microseconds &- origin.microseconds), aspectRatio: aspectRatio,
                    people: people)
                try take(Moment(run: clips[0].run, time: time, frame: frame), index == 0)
                index += 1
            }
        }
        for clip in clips {
            // What is earlier than the next clip is in those before it.
            try give(until: clip.start)
            if let motion = try reader.motion(of: clip, leavingOut: &damaged) { waiting.add(motion, of: clip) }
            hasRead()
        }
        try give(until: nil)
    }
}

/// Poses of some clips, waiting for those of others at the same time.
private struct WaitingPoses {
    private struct Waiting {
        let person: TrackedPose
        let aspectRatio: Float?
        /// Until when the person stood still like that.
        let end: UnixTime
    }

    /// Of who stands still so many moments are given as a camera would at least.
    private static let pause = Duration.milliseconds(100)

    private var poses: [UnixTime: [Waiting]] = [:]
    /// The newest that was taken out of each person.
    private var newest: [TrackID: Waiting] = [:]

    mutating func add(_ motion: ClipMotion, of clip: ClipRecord) {
        for (index, sample) in motion.samples.enumerated() {
            let next = index + 1 < motion.samples.count ? motion.samples[index + 1] : nil
            let isStill =
                next.map { Stillness(sample.pose, aspectRatio: motion.aspectRatio, at: .zero).holds($0.pose) } ?? false
            let end = isStill ? next?.offset ?? sample.offset : sample.offset
            let waiting = Waiting(
                person: TrackedPose(track: clip.track, pose: sample.pose), aspectRatio: motion.aspectRatio,
                end: clip.start.adding(end))
            var offset = sample.offset
            repeat {
                poses[clip.start.adding(offset), default: []].append(waiting)
                offset += Self.pause
            } while offset < end
        }
    }

    /// Takes out what is earlier than a time, in order; people by their tracks.
    mutating func take(until limit: UnixTime?) -> [(time: UnixTime, people: [TrackedPose], aspectRatio: Float?)] {
        let times = poses.keys.filter { time in limit.map { time < $0 } ?? true }.sorted()
        return times.map { time in
            let known = poses.removeValue(forKey: time)!
            newest = newest.filter { $0.value.end >= time }
            for waiting in known { newest[waiting.person.track] = waiting }
            return (time, newest.values.map(\.person).sorted { $0.track < $1.track }, known[0].aspectRatio)
        }
    }
}
