import Events
import Foundation
import JSONLines
import Pipeline
import Puppet
import Recordings
import Skeleton
import Synchronization
import TestSupport
import Testing
import Video

/// Skeletons of other programs, from files and over ZeroMQ.
struct SkeletonStreamTests {
    private let clip = PuppetClip(.squat, frames: 40, frameRate: 20, seed: 1)

    private func line(_ index: Int, at milliseconds: Int? = nil, camera: String = "hall") -> [UInt8] {
        var line = JSONWriter()
        SkeletonLine.encode(
            SkeletonFrame(
                camera: camera, index: index, presentationTime: .milliseconds(milliseconds ?? index * 50),
                people: [TrackedPose(track: TrackID(3), pose: clip.poses[index % 40])]), into: &line)
        return line.bytes
    }

    /// The next skeletons, past what is said about the stream.
    private func frame(_ reader: SourceReader) throws -> SkeletonFrame {
        while true {
            switch try #require(try reader.next()) {
            case .skeletons(let frame): return frame
            case .report: continue
            case .picture: throw CocoaError(.coderReadCorrupt)
            }
        }
    }

    private func report(_ reader: SourceReader) throws -> ConnectionReport {
        while true {
            if case .report(let report) = try #require(try reader.next()) { return report }
        }
    }

    @Test("a publisher that is not there, comes, falls silent and comes back is said")
    func silence() throws {
        var settings = LiveSettings()
        settings.stallLimit = .milliseconds(300)
        let publisher = try LinePublisher()
        let reader = try SourceReader(.socket(publisher.endpoint), live: settings)
        defer { reader.stop() }
        let absent = try report(reader)
        #expect(absent.state == .offline)
        #expect(absent.message.hasPrefix("nothing was published on \(publisher.endpoint) for 0.3s"))
        #expect(reader.mediaTime == nil)
        #expect(publisher.waitForSubscriber())
        publisher.send(line(0, at: 7_000))
        #expect(
            try report(reader)
                == ConnectionReport(
                    state: .online, outage: nil, time: .milliseconds(7_000), message: "skeletons come"))
        #expect(try frame(reader).index == 0)
        let silent = try report(reader)
        #expect(silent.state == .stalled && silent.time >= .milliseconds(7_300))
        #expect(try #require(reader.mediaTime) >= silent.time)
        publisher.send(line(1, at: 8_000))
        let back = try report(reader)
        #expect(back.state == .online && back.message.hasPrefix("back after"))
        #expect(try #require(back.outage) >= .milliseconds(300))
        #expect(try frame(reader).index == 1)
    }

    @Test("skeletons come over tcp and ipc, alone or behind a topic; what is none is counted and passed over")
    func socket() throws {
        let folder = try TemporaryFolder()
        for address in ["tcp://127.0.0.1:*", "ipc://" + folder.file("poses.sock").path] {
            let publisher = try LinePublisher(address)
            let reader = try SourceReader(PipelineInput(publisher.endpoint))
            #expect(reader.isLive && reader.facts.frameCount == nil)
            #expect(publisher.waitForSubscriber())
            publisher.send(line(0))
            #expect(try frame(reader).index == 0)
            publisher.send(Array("not a skeleton".utf8))
            publisher.send([], [1], line(1))
            publisher.send(line(1, camera: "gym"))
            publisher.send(Array("poses/hall".utf8), line(2))
            let second = try frame(reader)
            #expect(second.index == 2 && second.presentationTime == .milliseconds(100))
            #expect(second.people.map(\.track) == [TrackID(3)])
            let warning = try #require(reader.warning)
            #expect(
                warning.hasPrefix("2 messages were no skeletons (first: expected an object, found 'not a skeleton'"))
            #expect(warning.contains("1 frames came from other cameras"))
            reader.stop()
            #expect(try reader.next() == nil)
        }
    }

    @Test("a frame that comes late is left out; a publisher that starts anew goes on in growing time")
    func times() throws {
        let publisher = try LinePublisher()
        let reader = try SourceReader(.socket(publisher.endpoint))
        #expect(publisher.waitForSubscriber())
        publisher.send(line(0, at: 5_000))
        #expect(try frame(reader).presentationTime == .milliseconds(5_000))
        publisher.send(line(1, at: 4_900))
        publisher.send(line(2, at: 5_050))
        #expect(try frame(reader).presentationTime == .milliseconds(5_050))
        publisher.send(line(3, at: 0))
        let restarted = try frame(reader).presentationTime
        #expect(restarted > .milliseconds(5_050))
        publisher.send(line(4, at: 50))
        #expect(try frame(reader).presentationTime == restarted + .milliseconds(50))
        #expect(reader.warning == "1 frames came out of order; the publisher's times began anew 1 times")
        reader.stop()
    }

    @Test("a publisher whose clock leaps, either way and again and again, goes on in the time that has really passed")
    func leaps() throws {
        let publisher = try LinePublisher()
        let reader = try SourceReader(.socket(publisher.endpoint))
        #expect(publisher.waitForSubscriber())
        let begin = ContinuousClock.now
        let century = 3_155_760_000_000
        for index in 0..<40 {
            publisher.send(line(index, at: index.isMultiple(of: 2) ? -century : century))
            #expect(try frame(reader).index == index)
        }
        publisher.send(line(40, at: 7))
        let time = try frame(reader).presentationTime
        #expect(time + .milliseconds(century) < ContinuousClock.now - begin + .seconds(1))
        publisher.send(line(41, at: century + 1))
        publisher.send(line(42, at: 57))
        #expect(try frame(reader).presentationTime == time + .milliseconds(50))
        #expect(reader.warning?.contains("microseconds within a hundred years") == true)
        reader.stop()
    }

    @Test("of frames that come faster than they are taken the newest win, and the others are counted")
    func newest() throws {
        let publisher = try LinePublisher()
        let reader = try SourceReader(.socket(publisher.endpoint))
        #expect(publisher.waitForSubscriber())
        for index in 0..<60 { publisher.send(line(index)) }
        // Everything has come once the last but two were pushed out.
        while reader.dropped < 57 { Thread.sleep(forTimeInterval: 0.001) }
        #expect(try (0..<3).map { _ in try frame(reader).index } == [57, 58, 59])
        #expect(reader.dropped == 57)
        reader.stop()
    }

    @Test("a frame was taken when it came, however long it waited; or when its line says")
    func captureTimes() throws {
        let publisher = try LinePublisher()
        let reader = try SourceReader(.socket(publisher.endpoint))
        defer { reader.stop() }
        #expect(publisher.waitForSubscriber())
        let before = EventClock.system.monotonicNanoseconds()
        publisher.send(line(0, at: 5_000))
        while reader.newestTime == nil { Thread.sleep(forTimeInterval: 0.001) }
        let after = EventClock.system.monotonicNanoseconds()
        Thread.sleep(forTimeInterval: 0.05)
        guard case .arrived(.seconds(5), let arrival)? = reader.timeBase(of: try frame(reader)) else {
            Issue.record("expected the time of arrival")
            return
        }
        #expect((before...after).contains(arrival))
        let told = String(decoding: line(1), as: UTF8.self).replacing(
            "\"pts_us\"", with: "\"t_cap_us\":1790000000000000,\"pts_us\"")
        publisher.send(Array(told.replacing(":50000,", with: ":5050000,").utf8))
        #expect(
            reader.timeBase(of: try frame(reader))
                == .told(media: .milliseconds(5_050), at: UnixTime(microseconds: 1_790_000_000_000_000)))
    }

    @Test("of frames that are dropped it is known how long the source itself gave none")
    func holes() throws {
        let publisher = try LinePublisher()
        let reader = try SourceReader(.socket(publisher.endpoint))
        defer { reader.stop() }
        #expect(publisher.waitForSubscriber())
        publisher.send(line(0, at: 0))
        _ = try frame(reader)
        #expect(reader.taken.sourceHole == nil)
        for time in [100, 1_900, 2_000, 2_100, 2_200] { publisher.send(line(time, at: time)) }
        while reader.dropped < 2 { Thread.sleep(forTimeInterval: 0.001) }
        #expect(try frame(reader).index == 2_000)
        #expect(reader.taken.sourceHole == .milliseconds(1_800))
        #expect(try frame(reader).index == 2_100)
        #expect(reader.taken.sourceHole == nil)
    }

    @Test("1,000 mutated messages neither end the watching nor stop good ones")
    func hostile() throws {
        let publisher = try LinePublisher()
        let reader = try SourceReader(.socket(publisher.endpoint))
        #expect(publisher.waitForSubscriber())
        publisher.send(line(0))
        #expect(try frame(reader).index == 0)
        var generator = SeededGenerator(seed: 5)
        for index in 1...1_000 { publisher.send(line(index).mutated(using: &generator)) }
        // Farther back than any delay: a publisher that starts anew, whatever the mutated ones said.
        publisher.send(line(77_777, at: -1 << 40))
        var last = try frame(reader)
        while last.index != 77_777 { last = try frame(reader) }
        #expect(reader.warning?.contains("messages were no skeletons") == true)
        reader.stop()
    }

    @Test(
        "an address that nobody can be reached at is refused",
        arguments: [
            "tcp://*:5580", "tcp://0.0.0.0:5580", "tcp://127.0.0.1", "tcp://127.0.0.1:99999", "tcp://:1", "ipc://",
        ])
    func addresses(address: String) {
        #expect(throws: (any Error).self) { try SourceReader(PipelineInput(address)) }
    }

    @Test("people without ids are followed: ids stay with them, places do not change")
    func untracked() throws {
        var pipeline = try CameraPipeline(camera: "hall", parts: PipelineParts())
        for index in 0..<40 {
            let people = [-0.25, 0.25].map { (shift: Float) in
                Pose(
                    topology: clip.poses[index].topology,
                    keypoints: clip.poses[index].keypoints.map { keypoint in
                        keypoint.map { Keypoint(x: $0.x + shift, y: $0.y, visibility: $0.visibility) }
                    }, score: 0.3)
            }
            let order = index % 2 == 0 ? people : people.reversed()
            let step = pipeline.step(
                SkeletonFrame(
                    camera: "", index: index, presentationTime: .milliseconds(index * 50), aspectRatio: 1.5,
                    people: order.enumerated().map { TrackedPose(track: TrackID($0 + 1), pose: $1) }, hasTracks: false))
            #expect(step.skeletons.hasTracks)
            #expect(step.skeletons.people.map(\.track.value).sorted() == [1, 2])
            let first = try #require(step.skeletons.people.first { $0.track == TrackID(1) })
            #expect(first.pose == people[0])
            #expect(step.findings.isEmpty == (index > 0))
        }
        #expect(pipeline.finish(reason: .sourceEnded).count == 2)
    }

    @Test("what was derived is said by the reader and by the camera's first event")
    func derived() throws {
        final class Messages: EventSink {
            let messages = Mutex<[String?]>([])
            func take(_ event: Event, line: [UInt8]) {
                if case .camera(let camera) = event.payload { messages.withLock { $0.append(camera.message) } }
            }
            func finish() {}
        }
        let folder = try TemporaryFolder()
        let numbers = String(repeating: "100,200,1,", count: 17) + "300,400,0.5"
        try FileManager.default.createDirectory(at: folder.file("frames"), withIntermediateDirectories: true)
        for frame in 0..<2 {
            try "{\"people\":[{\"pose_keypoints_2d\":[\(numbers)]}]}".write(
                to: folder.file("frames/\(frame)_keypoints.json"), atomically: false, encoding: .utf8)
        }
        let dotted = folder.file("frames-0.1")
        try FileManager.default.copyItem(at: folder.file("frames"), to: dotted)
        #expect(PipelineInput(dotted.path).cameraName == "frames-0.1")
        let input = PipelineInput(folder.file("frames").path)
        #expect(input == .skeletons(folder.file("frames").path))
        let reader = try SourceReader(input, options: SkeletonReadingOptions(picture: PictureSize("640x480")))
        #expect(reader.facts.derived.count == 3)
        let sink = Messages()
        var session = try CameraSession(
            camera: "gym", reader: reader, parts: PipelineParts(), bus: EventBus(sinks: [sink]))
        #expect(try session.run { _, _ in }.frames == 2)
        let messages = sink.messages.withLock { $0 }
        #expect(messages.first == "derived: " + reader.facts.derived.joined(separator: "; "))
        #expect(messages.last == .some(nil))
    }

    @Test("what a user names is told apart by name where it must be, else by content")
    func inputs() throws {
        let folder = try TemporaryFolder()
        let lines = folder.file("recorded")
        try Data(line(0)).write(to: lines)
        #expect(PipelineInput(lines.path) == .skeletons(lines.path))
        #expect(PipelineInput(folder.url.path) == .skeletons(folder.url.path))
        #expect(PipelineInput("-") == .standardInput)
        #expect(PipelineInput("a.mp4") == .video("a.mp4"))
        #expect(PipelineInput("a.mp4", format: .ntu) == .skeletons("a.mp4"))
        #expect(PipelineInput("rtsp://camera/1") == .camera(SourceAddress("rtsp://camera/1")))
        #expect(PipelineInput("ipc://poses.sock") == .socket("ipc://poses.sock"))
        #expect(PipelineInput("missing.json") == .skeletons("missing.json"))
    }
}
