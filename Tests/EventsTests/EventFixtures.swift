import Events
import Skeleton
import TestSupport

/// Clocks that stand still until they are told to move, and events of every kind.
enum EventFixtures {
    static let beginning = UnixTime(microseconds: 1_790_000_000_123_456)

    static let clock = EventClock(now: { beginning }, monotonicNanoseconds: { 5_000 })

    static func stamper(seed: UInt64 = 1) -> EventStamper {
        EventStamper(clock: clock, random: SeededGenerator(seed: seed))
    }

    private static let faulty: RepetitionPayload = {
        var repetition = RepetitionPayload(track: TrackID(1), exercise: "squat", index: 4, start: .seconds(3))
        repetition.end = .milliseconds(4500)
        repetition.set = 2
        repetition.isPartial = true
        repetition.basis = "rule"
        repetition.faults = [
            .init(
                name: "lean", words: "the trunk \"leans\"", joint: nil, measure: "torso", value: 71.25,
                unit: "degrees", time: .milliseconds(3600)),
            .init(
                name: "knees_in", words: "knees in", joint: "knee", measure: "knee_track", value: 0.5, unit: "ratio",
                time: .seconds(4)),
        ]
        repetition.unjudged = ["heels", "toes"]
        return repetition
    }()

    private static let followed: RobotPayload = {
        var robot = RobotPayload(
            robot: "so101", arm: "left", track: TrackID(3), jointNames: ["pan"], positions: [0.5], velocities: [0.25],
            accelerations: [0], target: .zero, status: .clamped, isDryRun: false)
        robot.upperArmError = 0.25
        robot.forearmError = 0.5
        robot.wristError = 0.125
        robot.grip = 0.75
        return robot
    }()

    private static let disputed: SetPayload = {
        var set = SetPayload(
            track: TrackID(1), exercise: "squat", number: 2, count: 8, start: .seconds(1), end: .seconds(20),
            confidence: 0.5)
        set.partialCount = 1
        set.countByMotion = 11
        set.isDisputed = true
        set.held = .milliseconds(30_500)
        set.rest = .milliseconds(42_500)
        set.meanDuration = .milliseconds(1875)
        set.meanRange = 94.125
        set.joints = JointShares(measured: 0.5, filled: 0, guessed: 0.5)
        return set
    }()

    static let payloads: [EventPayload] = [
        .action(
            Segment(
                track: TrackID(1), label: "squat", confidence: 0.9312, start: .milliseconds(1250), threshold: 0.75)),
        .action(
            Segment(
                track: TrackID(1), label: "squat", confidence: 0.5, start: .seconds(1), end: .milliseconds(4250),
                peak: 0.875)),
        .gesture(Segment(track: TrackID(2), label: "wave \"hi\"", confidence: 1, start: .zero)),
        .track(Segment(track: TrackID(3), label: "person", confidence: 0.5, start: .microseconds(33_333))),
        .rep(
            RepetitionPayload(
                track: TrackID(1), exercise: "squat", index: 4, confidence: 0.75, start: .seconds(3),
                turningPoint: .milliseconds(3600), rangeOfMotion: 92.5, down: .milliseconds(600),
                up: .milliseconds(700))),
        .rep(RepetitionPayload(track: TrackID(9), exercise: "push_up", index: 1, start: .zero)),
        .rep(faulty),
        .set(
            SetPayload(
                track: TrackID(9), exercise: "unnamed", number: 1, count: 2, start: .zero, end: .seconds(3))),
        .set(disputed),
        .rep(
            RepetitionPayload(
                track: TrackID(9), exercise: "push_up", index: 2, start: .zero,
                joints: JointShares(measured: 0.75, filled: 0.125, guessed: 0.125))),
        .track(
            Segment(
                track: TrackID(4), label: "person", confidence: 1, start: .zero,
                joints: JointShares(measured: 0.5, filled: 0, guessed: 0.5),
                mayBeSwappedWith: [TrackID(2), TrackID(7)])),
        .track(
            Segment(track: TrackID(5), label: "person", confidence: 1, start: .zero, mayBeSwappedWith: [])),
        .interaction(
            Segment(
                track: TrackID(1), other: TrackID(2), label: "push", confidence: 0.25, start: .seconds(1))),
        .interaction(
            Segment(
                track: TrackID(7), other: TrackID(2), label: "hug", isMutual: true, confidence: 0.75,
                start: .milliseconds(11_500), end: .milliseconds(13_250))),
        .robot(
            RobotPayload(
                robot: "panda", arm: "right", jointNames: ["a", "b"], positions: [0.12345678, -1], velocities: [0, 2],
                accelerations: [1e-8, -20], target: .milliseconds(13_670), status: .hold, message: "no frame has come")),
        .robot(followed),
        .camera(CameraPayload(state: .dropping, message: "kitchen\n", frames: 100, droppedFrames: 3)),
        .camera(CameraPayload(state: .online)),
        .camera(
            CameraPayload(
                state: .online, message: "back after 6.2s", frames: 7, droppedFrames: 0,
                outage: .microseconds(6_204_100))),
        .camera(CameraPayload(state: .dropping, framesPerSecond: 12.125, droppedShare: 0.52)),
        .camera(CameraPayload(state: .stalled)), .camera(CameraPayload(state: .connecting)),
        .history(
            HistoryPayload(
                state: .refused, message: "SQLite: database or disk is full", waiting: 12, dropped: 0,
                since: beginning, until: beginning.adding(.seconds(3)))),
        .history(HistoryPayload(state: .damaged, message: "")),
        .heartbeat(
            HeartbeatPayload(positions: [
                .init(stream: "gym/track", sequence: 2), .init(stream: "gym/action", sequence: .max),
            ])),
    ]

    static func events() -> [Event] {
        var stamper = stamper()
        stamper.setTimeBase(.file(start: beginning), of: "gym")
        return payloads.enumerated().map { index, payload in
            var event = stamper.stamp(
                EventDraft(
                    camera: payload.kind == .heartbeat ? "" : "gym", phase: index == 0 ? .begin : .end,
                    frame: index == 1 ? nil : 410, presentationTime: index == 1 ? nil : .milliseconds(13_666),
                    reason: index == 2 ? .sourceEnded : nil, model: index == 0 ? "everyday-1" : nil,
                    payload: payload))
            event.isDurable = index != 3
            return event
        }
    }
}
