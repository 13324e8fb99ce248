import Events
import Skeleton

/// Cuts what cameras see into clips of one person and some seconds each. A value without clock, thread or file.
struct ClipRecorder: Sendable {
    /// A clip that is over, not yet packed.
    struct Cut: Sendable {
        let run: EventID
        let camera: String
        let track: TrackID
        let start: UnixTime
        let startPresentation: Duration
        let content: ClipBuilder
    }

    /// One camera, and its people that are in sight.
    fileprivate struct Camera: Sendable {
        let run: EventID
        /// How much later the clock on the wall is than media time, the same for all clips until the source begins anew.
        let offset: Duration
        var newest: Duration
        var open: [TrackID: Open] = [:]
    }

    fileprivate struct Open: Sendable {
        let start: Duration
        var newest: Duration
        var content: ClipBuilder
        var stillness: Stillness?
        /// The newest pose, where it is not kept because nothing has moved.
        var skipped: (pose: Pose, time: Duration)?
    }

    private var cameras: [String: Camera] = [:]

    /// A clip is at most so long.
    static let longest = Duration.seconds(10)
    /// Who is out of sight for longer begins a new one.
    static let longestGap = Duration.seconds(1)
    /// Clocks may drift apart by so much.
    private static let mostDrift = Duration.seconds(1)

    /// Takes in who is in a camera's picture; gives the clips that are over with it.
    mutating func take(_ frame: SkeletonFrame, run: EventID, at time: UnixTime) -> [Cut] {
        let now = frame.presentationTime
        let offset = Duration.microseconds(time.microseconds) - now
        var cuts: [Cut] = []
        // Taken out, so that what grows is not copied.
        var camera = cameras.removeValue(forKey: frame.camera) ?? Camera(run: run, offset: offset, newest: now)
        let drift = camera.offset - offset
        if camera.run != run || now < camera.newest || now - camera.newest > Self.longestGap
            || drift > Self.mostDrift || drift < .zero - Self.mostDrift
        {
            cuts += camera.finish(frame.camera)
            camera = Camera(run: run, offset: offset, newest: now)
        }
        camera.newest = now
        for person in frame.people {
            if let cut = camera.take(person, frame.aspectRatio, at: now, of: frame.camera) { cuts.append(cut) }
        }
        for track in camera.open.keys.sorted() where now - camera.open[track]!.newest > Self.longestGap {
            cuts.append(camera.cut(camera.open.removeValue(forKey: track)!, of: track, at: frame.camera))
        }
        cameras[frame.camera] = camera
        return cuts
    }

    /// Ends all clips.
    mutating func finish() -> [Cut] {
        defer { cameras = [:] }
        return cameras.sorted { $0.key < $1.key }.flatMap { $0.value.finish($0.key) }
    }
}

extension ClipRecorder.Open {
    /// Keeps a pose, and where somebody begins to move the one before, from which they do.
    fileprivate mutating func take(_ pose: Pose, at time: Duration) {
        let isStill = stillness?.holds(pose) == true
        if isStill, stillness?.isOld(at: time) == false {
            skipped = (pose, time)
            newest = time
            return
        }
        if let last = skipped.take(), !isStill { content.append(last.pose, at: last.time - start) }
        guard content.append(pose, at: time - start) else { return }
        newest = time
        stillness = Stillness(pose, aspectRatio: content.aspectRatio, at: time)
    }

    /// The content up to the newest pose.
    fileprivate var whole: ClipBuilder {
        guard let skipped else { return content }
        var whole = content
        whole.append(skipped.pose, at: skipped.time - start)
        return whole
    }

    /// Whether a pose goes on with the clip.
    fileprivate func takes(_ pose: Pose, _ aspectRatio: Float?, at time: Duration) -> Bool {
        time - start < ClipRecorder.longest && time - newest <= ClipRecorder.longestGap
            && pose.topology == content.topology && aspectRatio == content.aspectRatio
    }
}

extension ClipRecorder.Camera {
    /// Adds a person's pose to the clip of their own; gives the one before where it is over.
    fileprivate mutating func take(
        _ person: TrackedPose, _ aspectRatio: Float?, at time: Duration, of camera: String
    ) -> ClipRecorder.Cut? {
        var cut: ClipRecorder.Cut?
        var known = open.removeValue(forKey: person.track)
        if let before = known, !before.takes(person.pose, aspectRatio, at: time) {
            cut = self.cut(before, of: person.track, at: camera)
            known = nil
        }
        var clip =
            known
            ?? ClipRecorder.Open(
                start: time, newest: time,
                content: ClipBuilder(topology: person.pose.topology, aspectRatio: aspectRatio))
        known = nil
        clip.take(person.pose, at: time)
        if !clip.content.offsets.isEmpty { open[person.track] = clip }
        return cut
    }

    fileprivate func finish(_ camera: String) -> [ClipRecorder.Cut] {
        open.sorted { $0.key < $1.key }.map { cut($0.value, of: $0.key, at: camera) }
    }

    fileprivate func cut(_ open: ClipRecorder.Open, of track: TrackID, at camera: String) -> ClipRecorder.Cut {
        ClipRecorder.Cut(
            run: run, camera: camera, track: track,
            start: UnixTime(microseconds: (open.start + offset).inMicroseconds), startPresentation: open.start,
            content: open.whole)
    }
}
