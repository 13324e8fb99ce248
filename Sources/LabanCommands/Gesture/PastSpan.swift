import Events
import Foundation
import History
import Recognition
import Skeleton

/// A stretch of one person's time in a history.
struct PastSpan {
    let run: String
    let camera: String
    let track: TrackID
    let start: UnixTime
    let end: UnixTime
    /// How errors and the gesture's file call it.
    let name: String
    /// The event it is of; nil where it is any stretch.
    private var event: StoredEvent?

    /// A rule tells a gesture once it has begun.
    private static let margin = Duration.milliseconds(500)

    /// From an event, whose person did it.
    init(_ event: StoredEvent) {
        self.init(
            run: event.run, camera: event.camera, track: TrackID(event.tracks[0]),
            start: event.start.adding(.zero - Self.margin), end: event.end.adding(Self.margin),
            name: "event \(event.eventID)")
        self.event = event
    }

    init(run: String, camera: String, track: TrackID, start: UnixTime, end: UnixTime, name: String) {
        (self.run, self.camera, self.track, self.start, self.end) = (run, camera, track, start, end)
        self.name = name
    }

    /// Whether a moment of that person belongs to it, or is near it.
    func isNear(_ time: UnixTime, of track: TrackID, at camera: String, in run: String) -> Bool {
        run == self.run && camera == self.camera && track == self.track
            && start.adding(.seconds(-1)) <= time && time <= end.adding(.seconds(1))
    }

    /// What the person was seen to do then, as an example of a gesture.
    ///
    /// - Throws: where nothing is kept of it, or nobody moves.
    func example(
        from reader: HistoryReader, leavingOut damaged: inout DamagedClips
    ) throws -> TaughtGesture.Example {
        // A second before and a little after are part of an example.
        let filter = HistoryFilter(
            since: start.adding(.milliseconds(-1500)), until: end.adding(.milliseconds(1500)), camera: camera)
        let clips = try reader.clips(filter, run: run).filter { $0.track == track }
        var seen: [MotionSample] = []
        let leftOut = try ClipPlayer(clips, of: reader).play { moment, _ in
            let time = Double(moment.time.microseconds - start.microseconds) / 1e6
            for person in moment.frame.people {
                let sample = MotionSampler(topology: person.pose.topology).sampleWithHands(
                    person.pose, at: time, aspectRatio: moment.frame.aspectRatio)
                seen.append(sample)
            }
        }
        damaged.formUnion(leftOut)
        let samples = seen.showing
        guard !samples.isEmpty else {
            let reason =
                leftOut.isEmpty
                ? try event.map { try reader.absence(of: $0).sentence(of: $0) }
                : "expected skeletons of \(name), found damaged clips only"
            throw HistoryError(
                .lacking, path: reader.path, message: reason ?? "expected skeletons of \(name), found no clip")
        }
        let length = Double(end.microseconds - start.microseconds) / 1e6
        guard let example = GestureTeacher.example(samples, within: 0...length, source: name) else {
            throw HistoryError(
                .lacking, path: reader.path,
                message: "expected somebody who moves for at most half a minute in \(name), found nobody who does")
        }
        return example
    }
}
