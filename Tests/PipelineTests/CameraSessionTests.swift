import Events
import Foundation
import Pipeline
import Puppet
import Recordings
import Skeleton
import Synchronization
import TestSupport
import Testing
import Tracking

struct CameraSessionTests {
    private final class Kinds: EventSink {
        let events = Mutex<[Event]>([])
        func take(_ event: Event, line: [UInt8]) { events.withLock { $0.append(event) } }
        func finish() {}
    }

    /// Writes a person of two seconds, and what follows as raw text.
    private func file(_ folder: TemporaryFolder, tail: String = "") throws -> String {
        let path = folder.file("person.jsonl").path
        let writer = try SkeletonFileWriter(path: path)
        let clip = PuppetClip(.squat, frames: 40, frameRate: 20, seed: 1)
        for (index, pose) in clip.poses.enumerated() {
            try writer.append(
                SkeletonFrame(
                    camera: "x", index: index, presentationTime: .milliseconds(index * 50),
                    people: [TrackedPose(track: TrackID(4), pose: pose)]))
        }
        try writer.finish()
        if !tail.isEmpty {
            let handle = try #require(FileHandle(forWritingAtPath: path))
            try handle.seekToEnd()
            try handle.write(contentsOf: Data(tail.utf8))
            try handle.close()
        }
        return path
    }

    @Test("a session begins and ends its camera and everyone in it")
    func whole() throws {
        let folder = try TemporaryFolder()
        let sink = Kinds()
        var session = try CameraSession(
            camera: "gym", reader: SourceReader(.skeletons(try file(folder))), parts: PipelineParts(),
            bus: EventBus(sinks: [sink]))
        var seen = 0
        let summary = try session.run { step, picture in
            #expect(picture == nil)
            #expect(step.skeletons.camera == "gym")
            seen += 1
        }
        #expect(seen == 40 && summary.frames == 40 && summary.dropped == 0)
        let events = sink.events.withLock { $0 }
        #expect(events.map(\.kind) == [.camera, .track, .track, .camera])
        #expect(events.map(\.phase) == [.begin, .begin, .end, .end])
        #expect(events.last?.reason == .sourceEnded)
    }

    @Test(
        "through a hole in a file's times nobody is followed: they end as when a camera gives no pictures, and come anew",
        arguments: [true, false])
    func hole(hasTracks: Bool) throws {
        var pipeline = try CameraPipeline(camera: "gym", parts: PipelineParts())
        var findings: [Finding] = []
        for (index, pose) in PuppetClip(.squat, frames: 80, frameRate: 20, seed: 1).poses.enumerated() {
            let frame = SkeletonFrame(
                camera: "x", index: index,
                presentationTime: .milliseconds(index * 50) + (index < 40 ? .zero : .seconds(3600)),
                people: [TrackedPose(track: TrackID(4), pose: pose)], hasTracks: hasTracks)
            findings += pipeline.step(frame).findings
        }
        findings += pipeline.finish(reason: .sourceEnded)
        let people = findings.compactMap { finding -> SegmentChange? in
            if case .track(let change) = finding, change.phase != .update { change } else { nil }
        }
        #expect(people.map(\.phase) == [.begin, .end, .begin, .end])
        #expect(people.map(\.reason) == [nil, .cameraLost, nil, .sourceEnded])
        #expect(people[1].presentationTime == .milliseconds(39 * 50) + SourceLoss.patience)
        #expect(people[1].frame == 39 && people[2].start >= .seconds(3602))
        #expect(pipeline.finish(reason: .sourceEnded).isEmpty)
    }

    @Test("a source that is worked through again gives nobody an id that was given before", arguments: [true, false])
    func repeated(hasTracks: Bool) throws {
        let folder = try TemporaryFolder()
        let sink = Kinds()
        let bus = EventBus(sinks: [sink])
        let path = try hasTracks ? file(folder) : keypoints(folder)
        var numbering = TrackNumbering()
        var skeletons: Set<Int> = []
        for _ in 0..<3 {
            var session = try CameraSession(
                camera: "gym", reader: SourceReader(.skeletons(path)), parts: PipelineParts(), bus: bus,
                numbering: numbering)
            _ = try session.run { step, _ in skeletons.formUnion(step.skeletons.people.map(\.track.value)) }
            numbering = session.numbering
        }
        let tracks = sink.events.withLock { $0 }.filter { $0.kind == .track && $0.phase == .begin }.compactMap(\.track)
        #expect(tracks.map(\.value) == (hasTracks ? [4, 1, 2] : [1, 2, 3]))
        #expect(skeletons == Set(tracks.map(\.value)))
    }

    /// Somebody of two seconds without an id, as OpenPose's frames.
    private func keypoints(_ folder: TemporaryFolder) throws -> String {
        try FileManager.default.createDirectory(at: folder.file("poses"), withIntermediateDirectories: true)
        for index in 0..<20 {
            let joints = (0..<18).map { "\(100 + 7 * $0 + index),\(50 + 20 * $0),0.9" }.joined(separator: ",")
            try "{\"version\":1.3,\"people\":[{\"person_id\":[-1],\"pose_keypoints_2d\":[\(joints)]}]}".write(
                to: folder.file("poses/a_\(100 + index)_keypoints.json"), atomically: false, encoding: .utf8)
        }
        return folder.file("poses").path
    }

    @Test(
        "people are held through dropped pictures for up to ten seconds, and then end as starved",
        arguments: [true, false])
    func starving(hasTracks: Bool) throws {
        func people(hole: Duration, sourceHole: Duration?) throws -> [SegmentChange] {
            var pipeline = try CameraPipeline(camera: "gym", parts: PipelineParts())
            var findings: [Finding] = []
            for (index, pose) in PuppetClip(.stand, frames: 80, frameRate: 20, seed: 1).poses.enumerated() {
                let frame = SkeletonFrame(
                    camera: "x", index: index,
                    presentationTime: .milliseconds(index * 50) + (index < 40 ? .zero : hole),
                    people: [TrackedPose(track: TrackID(4), pose: pose)], hasTracks: hasTracks)
                findings += pipeline.step(frame, sourceHole: index == 40 ? sourceHole : nil).findings
            }
            return (findings + pipeline.finish(reason: .sourceEnded)).compactMap { finding in
                if case .track(let change) = finding, change.phase != .update { change } else { nil }
            }
        }
        let held = try people(hole: .seconds(6), sourceHole: .milliseconds(50))
        #expect(held.map(\.reason) == [nil, .sourceEnded])
        let starved = try people(hole: .seconds(11), sourceHole: .milliseconds(50))
        #expect(starved.map(\.reason) == [nil, .starved, nil, .sourceEnded])
        #expect(starved[1].presentationTime == .milliseconds(39 * 50) + SourceLoss.starvedPatience)
        let lost = try people(hole: .seconds(6), sourceHole: .seconds(5))
        #expect(lost.map(\.reason) == [nil, .cameraLost, nil, .sourceEnded])
    }

    @Test("a source that breaks ends every event with 'failed' before the error is told")
    func broken() throws {
        let folder = try TemporaryFolder()
        let sink = Kinds()
        var session = try CameraSession(
            camera: "gym", reader: SourceReader(.skeletons(try file(folder, tail: "{\"v\":1,"))),
            parts: PipelineParts(), bus: EventBus(sinks: [sink]))
        #expect(throws: RecordingsError.self) { try session.run { _, _ in } }
        let events = sink.events.withLock { $0 }
        #expect(events.filter { $0.phase == .end }.map(\.reason) == [.failed, .failed])
    }

    @Test("asked to stop, a session ends everything with 'stopped'")
    func stopped() throws {
        let folder = try TemporaryFolder()
        let sink = Kinds()
        var session = try CameraSession(
            camera: "gym", reader: SourceReader(.skeletons(try file(folder))), parts: PipelineParts(),
            bus: EventBus(sinks: [sink]))
        var frames = 0
        let summary = try session.run(shouldStop: { frames == 5 }) { _, _ in frames += 1 }
        #expect(summary.frames == 5)
        #expect(sink.events.withLock { $0 }.filter { $0.phase == .end }.map(\.reason) == [.stopped, .stopped])
    }
}
