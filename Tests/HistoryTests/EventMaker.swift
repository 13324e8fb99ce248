import Events
import Foundation
import Skeleton
import TestSupport

/// Makes stamped events at chosen times.
struct EventMaker {
    private var stamper: EventStamper
    private var life = 0
    /// 2026-11-21 10:00:00 UTC, a Saturday.
    static let morning = UnixTime(microseconds: 1_795_255_200_000_000)

    init(seed: UInt64 = 1, cameras: [String] = ["gym", "hall"], start: UnixTime = morning) {
        let clock = EventClock(now: { start }, monotonicNanoseconds: { 0 })
        stamper = EventStamper(clock: clock, random: SeededGenerator(seed: seed))
        for camera in cameras { stamper.setTimeBase(.file(start: start), of: camera) }
    }

    /// Begin, one update and the end of a segment, from and to in seconds after the start; the begin says the threshold, and the
    /// others the peak.
    mutating func segment(
        _ label: String, kind: EventKind = .action, camera: String = "gym", track: Int = 1, from: Double, to: Double,
        confidence: Float = 0.75, threshold: Float? = nil, peak: Float? = nil
    ) -> [Event] {
        life += 1
        return [(Phase.begin, from, confidence / 2), (.update, (from + to) / 2, confidence), (.end, to, 0.125)].map {
            stamper.stamp(
                EventDraft(
                    SegmentChange(
                        $0,
                        of: Segment(
                            track: TrackID(track), label: label, confidence: $2,
                            start: .milliseconds(Int(from * 1000)), threshold: $0 == .begin ? threshold : nil,
                            peak: $0 == .begin ? nil : peak),
                        segment: life, frame: 0, presentationTime: .milliseconds(Int($1 * 1000)),
                        reason: $0 == .end ? .completed : nil),
                    kind: kind, camera: camera, model: kind == .action ? "everyday-1" : nil))
        }
    }

    /// An event that is over at once, or one of the several that share a life.
    mutating func single(
        _ payload: EventPayload, camera: String = "gym", at seconds: Double, phase: Phase = .end, life: Int? = nil
    ) -> Event {
        stamper.stamp(
            EventDraft(
                camera: camera, phase: phase, life: life, presentationTime: .milliseconds(Int(seconds * 1000)),
                payload: payload))
    }

    /// A camera's own event, which goes on.
    mutating func camera(_ state: CameraPayload.State, camera: String = "gym", at seconds: Double) -> Event {
        stamper.stamp(
            EventDraft(
                camera: camera, phase: .begin, life: 1, presentationTime: .milliseconds(Int(seconds * 1000)),
                payload: .camera(CameraPayload(state: state, frames: 7))))
    }

    static func time(_ seconds: Double) -> UnixTime { morning.adding(.milliseconds(Int(seconds * 1000))) }
}
