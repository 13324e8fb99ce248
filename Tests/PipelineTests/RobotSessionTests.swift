import Events
import Foundation
import Pipeline
import Puppet
import Recordings
import Retargeting
import Robots
import Skeleton
import Synchronization
import TestSupport
import Testing

struct RobotSessionTests {
    private final class Commands: EventSink {
        let events = Mutex<[Event]>([])
        func take(_ event: Event, line: [UInt8]) {
            if event.kind == .robot { events.withLock { $0.append(event) } }
        }
        func finish() {}
        var all: [RobotPayload] { events.withLock { $0.compactMap(\.payload.robot) } }
    }

    private static let robot: RobotDescription = {
        let joints: [(axis: Vector3, origin: Vector3, range: ClosedRange<Double>)] = [
            ([0, 0, 1], [0, 0, 0.3], -2.9...2.9), ([0, 1, 0], [0, 0, 0], -1.9...1.9),
            ([0, 0, 1], [0, 0, 0], -2.9...2.9), ([0, 1, 0], [0, 0, -0.3], -2.6...0.05),
            ([0, 0, 1], [0, 0, -0.25], -2.9...2.9), ([0, 1, 0], [0, 0, 0], -1.6...1.6),
            ([0, 0, 1], [0, 0, -0.08], -2.9...2.9),
        ]
        return RobotDescription(
            name: "seven", links: (0...7).map { "link\($0)" },
            joints: joints.enumerated().map { index, joint in
                RobotJoint(
                    name: "joint\(index)", kind: .revolute, parent: index, child: index + 1,
                    origin: RigidTransform(rotation: .identity, translation: joint.origin), axis: joint.axis,
                    limits: .init(
                        lower: joint.range.lowerBound, upper: joint.range.upperBound, velocity: 3, effort: 10))
            })
    }()

    private static func parts(
        stopSwitch: RobotSwitch = .init(), _ change: (inout RobotMapping) -> Void = { _ in }
    ) -> PipelineParts {
        var mapping = RobotMapping(
            robot: "seven",
            arms: [
                .init(
                    name: "arm", side: .right, mode: .armDirections, shoulder: "link2", elbow: "link4", wrist: "link6",
                    tip: "link7")
            ])
        change(&mapping)
        var parts = PipelineParts()
        parts.robot = RobotParts(mapping: mapping, robot: robot, stopSwitch: stopSwitch)
        return parts
    }

    private static let following: Set<RobotPayload.Status> = [.ok, .clamped, .unreachable]

    private static func tally(_ commands: [RobotPayload]) -> [RobotPayload.Status: Int] {
        Dictionary(grouping: commands, by: \.status).mapValues(\.count)
    }

    /// Somebody who exercises for so many frames, 20 a second.
    private func file(_ folder: TemporaryFolder, frames: Int = 80, hole: Duration = .zero) throws -> String {
        let path = folder.file("person.jsonl").path
        let writer = try SkeletonFileWriter(path: path)
        for (index, pose) in PuppetClip(.jumpingJack, frames: frames, frameRate: 20, seed: 1).poses.enumerated() {
            try writer.append(
                SkeletonFrame(
                    camera: "x", index: index,
                    presentationTime: .milliseconds(index * 50) + (index < frames / 2 ? .zero : hole),
                    people: [TrackedPose(track: TrackID(4), pose: pose)]))
        }
        try writer.finish()
        return path
    }

    private func run(_ path: String, _ parts: PipelineParts) throws -> Commands {
        let sink = Commands()
        var session = try CameraSession(
            camera: "gym", reader: SourceReader(.skeletons(path)), parts: parts, bus: EventBus(sinks: [sink]))
        _ = try session.run { _, _ in }
        return sink
    }

    @Test("a file gives a command for every hundredth of a second, from begin to end, at rest in the end")
    func grid() throws {
        let folder = try TemporaryFolder()
        let sink = try run(try file(folder), Self.parts())
        let events = sink.events.withLock { $0 }
        #expect(events.count >= 395)
        #expect(events.first?.phase == .begin && events.last?.phase == .end)
        #expect(events.last?.reason == .sourceEnded)
        #expect(events.dropFirst().dropLast().allSatisfy { $0.phase == .update && $0.id == events[0].id })
        let times = events.compactMap { $0.presentationTime?.inMicroseconds }
        #expect(times == (0..<times.count).map { Int64($0) * 10_000 })
        let commands = sink.all
        #expect(commands.allSatisfy { $0.isDryRun && $0.jointNames.count == 7 })
        #expect(commands.contains { Self.following.contains($0.status) && $0.track == TrackID(4) })
        #expect(zip(commands, times).allSatisfy { $0.target.inMicroseconds == $1 + 10_000 })
        #expect(try #require(commands.last).velocities.allSatisfy { abs($0) < 1e-9 })
    }

    @Test("the same file gives the same commands")
    func repeatable() throws {
        let folder = try TemporaryFolder()
        let path = try file(folder)
        #expect(try run(path, Self.parts()).all == run(path, Self.parts()).all)
    }

    @Test("through an hour without frames commands end soon, and it stands still")
    func hole() throws {
        let folder = try TemporaryFolder()
        let commands = try run(try file(folder, hole: .seconds(3600)), Self.parts()).all
        #expect((1_350...1_500).contains(commands.count))
        let silent = commands.dropFirst(225).prefix(900)
        #expect(silent.allSatisfy { $0.status == .hold })
    }

    @Test("without the dead man's gesture it does not move, and says why")
    func deadMan() throws {
        let folder = try TemporaryFolder()
        let commands = try run(try file(folder), Self.parts { $0.safety.deadMan = "fist" }).all
        #expect(commands.allSatisfy { $0.status == .hold })
        #expect(commands[200].message == "fist is not shown")
        #expect(Set(commands.map(\.positions)).count == 1)
    }

    @Test("a pulled switch stops it, whatever is seen, until it is released")
    func stopped() throws {
        let folder = try TemporaryFolder()
        let stopSwitch = RobotSwitch()
        stopSwitch.stop("somebody said so")
        stopSwitch.stop("somebody else did")
        let path = try file(folder)
        let stopped = try run(path, Self.parts(stopSwitch: stopSwitch)).all
        #expect(stopped.allSatisfy { $0.status == .stopped && $0.message == "somebody said so" })
        #expect(stopSwitch.statuses == ["arm": "stopped"])
        #expect(stopSwitch.release())
        #expect(!stopSwitch.release())
        let again = try run(path, Self.parts(stopSwitch: stopSwitch)).all
        #expect(again.contains { Self.following.contains($0.status) }, "\(Self.tally(again))")
    }

    private final class Failing: EventSink {
        struct Full: Error {}
        func take(_ event: Event, line: [UInt8]) throws {
            if event.kind == .robot, event.phase == .end { throw Full() }
        }
        func finish() {}
    }

    @Test("a sink that fails with the last command ends the session, and is told", .timeLimit(.minutes(1)))
    func failingSink() throws {
        let folder = try TemporaryFolder()
        var session = try CameraSession(
            camera: "gym", reader: SourceReader(.skeletons(try file(folder, frames: 20)), pace: .realTime),
            parts: Self.parts(), bus: EventBus(sinks: [Failing()]))
        #expect(throws: Failing.Full.self) { try session.run { _, _ in } }
    }

    @Test("at the pace of life the clock drives it, and every place of the grid has one command in order")
    func live() throws {
        let folder = try TemporaryFolder()
        let sink = Commands()
        var session = try CameraSession(
            camera: "gym", reader: SourceReader(.skeletons(try file(folder, frames: 40)), pace: .realTime),
            parts: Self.parts(), bus: EventBus(sinks: [sink]))
        _ = try session.run { _, _ in }
        let targets = sink.all.map(\.target.inMicroseconds)
        #expect((190...260).contains(targets.count), "\(targets.count)")
        #expect(zip(targets.dropFirst(), targets).allSatisfy { $0 - $1 == 10_000 })
        #expect(sink.all.contains { Self.following.contains($0.status) }, "\(Self.tally(sink.all))")
        #expect(sink.events.withLock { $0.last?.phase } == .end)
    }
}
