import Events
import Foundation
import Pipeline
import Puppet
import Recordings
import Skeleton
import Synchronization
import TestSupport
import Testing

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
