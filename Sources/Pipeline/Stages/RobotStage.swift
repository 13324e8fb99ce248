import Events
import Retargeting
import Skeleton

/// A robot led by somebody in a camera's picture: frames go in, commands for every hundredth of a second come out.
///
/// Commands lie on a grid of 10 ms of media time, so that the same frames always give the same commands. A plain value.
struct RobotStage {
    /// Time from one command to the next.
    static let tick = Duration.milliseconds(10)
    /// After so long without a frame nothing is told until the next one: everything has long stood still.
    private static let longestSilence = Duration.seconds(10)
    /// How long braking at the end may take.
    private static let longestBraking = Duration.seconds(5)

    private let camera: String
    private let parts: RobotParts
    private var controller: RobotController
    private let jointNames: [[String]]
    /// Segments of the dead man's gesture that go on, by track.
    private var shown: [TrackID: Set<Int>] = [:]
    private var isStopped = false
    private var isBegun = false
    private var isEnding = false
    private var frame: Int?
    private var last: [RobotCommand] = []
    /// Number of the next command's place on the grid; nil before the first frame.
    private(set) var next: Int64?

    init(camera: String, parts: RobotParts) throws(RetargetingError) {
        self.camera = camera
        self.parts = parts
        controller = try RobotController(
            mapping: parts.mapping, robot: parts.robot, capsules: parts.capsules, person: parts.person)
        jointNames = controller.jointNames
    }

    /// Media time of the next command.
    var nextTime: Duration? { next.map { Self.tick * Int($0) } }

    /// Commands of the times before this one that have not been told yet, as the frames before it lead to.
    mutating func commands(before time: Duration) -> [EventDraft] {
        guard var next else { return [] }
        let end = Self.place(at: time)
        // What would take very long to tell is not worth telling.
        let most = Self.place(at: Self.longestSilence)
        var drafts: [EventDraft] = []
        var told: Int64 = 0
        while next < end, told < most {
            drafts += self.tick(at: next)
            (next, told) = (next + 1, told + 1)
        }
        self.next = max(next, end)
        return drafts
    }

    /// Takes what a frame shows, and what was found in it.
    mutating func see(_ step: PipelineStep, at time: Duration? = nil) {
        var skeletons = step.skeletons
        if let time { skeletons.presentationTime = time }
        if next == nil { next = Self.place(at: skeletons.presentationTime) }
        frame = skeletons.index
        var swapped: Set<TrackID> = []
        for finding in step.findings {
            switch finding {
            case .track(let change):
                if change.mayBeSwappedWith != nil, change.phase != .end { swapped.insert(change.track) }
                if change.phase == .end { shown[change.track] = nil }
            case .gesture(let change): take(change)
            default: break
            }
        }
        controller.update(skeletons, swapped: swapped)
    }

    private mutating func take(_ change: SegmentChange) {
        let safety = parts.mapping.safety
        if change.label == safety.deadMan {
            if change.phase == .end {
                shown[change.track]?.remove(change.segment)
            } else {
                shown[change.track, default: []].insert(change.segment)
            }
        }
        if change.label == safety.stopGesture, change.phase == .begin, change.track == controller.operatorTrack {
            parts.stopSwitch.stop("\(change.label) was shown")
        }
    }

    /// The command at the next place of the grid.
    mutating func tickOnce() -> [EventDraft] {
        guard let next else { return [] }
        self.next = next + 1
        return tick(at: next)
    }

    /// Brakes until nothing moves, and tells the end of every arm's commands.
    mutating func finish(reason: EndReason) -> [EventDraft] {
        guard isBegun else { return [] }
        var drafts: [EventDraft] = []
        controller.hold(reason: reason == .stopped ? "Laban was told to stop" : "the source has ended")
        isEnding = true
        let most = Self.place(at: Self.longestBraking)
        var told: Int64 = 0
        repeat {
            drafts += tickOnce()
            told += 1
        } while !controller.isAtRest && told < most
        for index in drafts.indices.suffix(last.count) {
            drafts[index].phase = .end
            drafts[index].reason = reason
        }
        isBegun = false
        return drafts
    }

    private mutating func tick(at place: Int64) -> [EventDraft] {
        let time = Self.tick * Int(place)
        obeySwitch()
        if !isEnding { obeyGesture() }
        let leader = controller.operatorTrack
        last = controller.tick(at: time)
        defer { isBegun = true }
        return last.enumerated().map { index, command in
            parts.stopSwitch.note(command.status.rawValue, of: command.arm)
            return EventDraft(
                camera: camera, phase: isBegun ? .update : .begin, life: index + 1, frame: frame,
                presentationTime: time, payload: .robot(payload(command, names: jointNames[index], at: time, leader)))
        }
    }

    private mutating func obeySwitch() {
        let reason = parts.stopSwitch.reason
        if let reason, !isStopped { controller.stop(reason: reason) }
        if reason == nil, isStopped { controller.reset() }
        isStopped = reason != nil
    }

    private mutating func obeyGesture() {
        guard let gesture = parts.mapping.safety.deadMan else { return }
        if let leader = controller.operatorTrack, shown[leader]?.isEmpty == false {
            controller.release()
        } else {
            controller.hold(reason: "\(gesture) is not shown")
        }
    }

    private func payload(
        _ command: RobotCommand, names: [String], at time: Duration, _ leader: TrackID?
    ) -> RobotPayload {
        var payload = RobotPayload(
            robot: parts.mapping.robot, arm: command.arm, track: leader, jointNames: names,
            positions: command.positions, velocities: command.velocities, accelerations: command.accelerations,
            target: time + Self.tick, status: RobotPayload.Status(command.status), message: command.reason,
            isDryRun: !parts.isLive)
        payload.upperArmError = command.upperArmError
        payload.forearmError = command.forearmError
        payload.wristError = command.wristError
        payload.grip = command.grip
        return payload
    }

    /// The first place of the grid that is not before this time.
    private static func place(at time: Duration) -> Int64 {
        let (quotient, remainder) = time.inMicroseconds.quotientAndRemainder(dividingBy: tick.inMicroseconds)
        return quotient + (remainder > 0 ? 1 : 0)
    }
}

extension RobotPayload.Status {
    fileprivate init(_ status: RobotCommand.Status) {
        self =
            switch status {
            case .ok: .ok
            case .clamped: .clamped
            case .unreachable: .unreachable
            case .hold: .hold
            case .stopped: .stopped
            }
    }
}
