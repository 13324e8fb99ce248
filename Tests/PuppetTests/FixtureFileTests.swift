import Foundation
import Imaging
import Puppet
import Recordings
import Skeleton
import TestSupport
import Testing
import Video

/// The videos in `Fixtures/` and the truth beside them. `LABAN_RECORD_FIXTURES=1` makes them anew.
@Suite("Fixtures", .serialized)
struct FixtureFileTests {
    /// Truth files hold every so many frames.
    private static let truthStep = 5

    private static var folder: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures")
    }

    private static func path(_ name: String) -> String { folder.appending(path: name).path() }

    private static func truthLines(_ scene: PuppetScene) -> String {
        ([GroundTruth.columns] + scene.groundTruth.map(\.line)).joined(separator: "\n") + "\n"
    }

    private static func interactionLines(_ scene: PuppetScene) -> String {
        ([PuppetInteraction.columns] + scene.interactions.map(\.line)).joined(separator: "\n") + "\n"
    }

    private static func truthFrames(_ scene: PuppetScene) -> [SkeletonFrame] {
        stride(from: 0, to: scene.frameCount, by: truthStep).map { scene.frame(at: $0).roundedForGroundTruth }
    }

    private static func record(_ scene: PuppetScene) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let writer = try VideoWriter(
            path: path("\(scene.name).mp4"), width: scene.width, height: scene.height, frameRate: scene.frameRate)
        for frame in 0..<scene.frameCount {
            try writer.append(scene.picture(at: frame), at: scene.time(ofFrame: frame))
        }
        try writer.finish()
        let skeletons = try SkeletonFileWriter(path: path("\(scene.name).truth.jsonl"))
        for frame in truthFrames(scene) { try skeletons.append(frame) }
        try skeletons.finish()
        try truthLines(scene).write(toFile: path("\(scene.name).truth.csv"), atomically: true, encoding: .utf8)
        if !scene.interactions.isEmpty {
            try interactionLines(scene).write(
                toFile: path("\(scene.name).interactions.csv"), atomically: true, encoding: .utf8)
        }
    }

    @Test("each video, its skeletons and its events agree with the scene", arguments: PuppetScene.fixtures.map(\.name))
    func filesAgree(name: String) throws {
        let scene = try #require(PuppetScene.fixtures.first { $0.name == name })
        if ProcessInfo.processInfo.environment["LABAN_RECORD_FIXTURES"] == "1" { try Self.record(scene) }

        let size = try FileManager.default.attributesOfItem(atPath: Self.path("\(name).mp4"))[.size] as? Int
        #expect(try #require(size) < 2_000_000)
        #expect(try String(contentsOfFile: Self.path("\(name).truth.csv"), encoding: .utf8) == Self.truthLines(scene))

        if !scene.interactions.isEmpty {
            let lines = try String(contentsOfFile: Self.path("\(name).interactions.csv"), encoding: .utf8)
            #expect(lines == Self.interactionLines(scene))
        }
        let frames = try SkeletonFileReader.frames(of: Self.path("\(name).truth.jsonl"))
        let expected = Self.truthFrames(scene)
        #expect(frames.count == expected.count)
        for (found, wanted) in zip(frames, expected) {
            #expect(found.index == wanted.index && found.presentationTime == wanted.presentationTime)
            #expect(found.people.map(\.track) == wanted.people.map(\.track))
            for (a, b) in zip(found.people, wanted.people) {
                for (p, q) in zip(a.pose.keypoints, b.pose.keypoints) {
                    guard let p, let q else { continue }
                    #expect(abs(p.x - q.x) < 2e-4 && abs(p.y - q.y) < 2e-4)
                }
            }
        }

        let video = try VideoFile(path: Self.path("\(name).mp4"))
        #expect(video.width == scene.width && video.height == scene.height)
        var count = 0
        while let frame = try video.next() {
            #expect(abs(frame.presentationTime.inSeconds - scene.time(ofFrame: count).inSeconds) < 0.002)
            if count % 40 == 0 {
                let drawn = scene.picture(at: count)
                let error = zip(frame.picture.rgb().bytes, drawn.bytes).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
                #expect(Double(error) / Double(drawn.bytes.count) < 4, "frame \(count)")
            }
            count += 1
        }
        #expect(count == scene.frameCount)
    }
}

extension SkeletonFrame {
    /// The frame with every number rounded to four decimals, a tenth of a millimetre, a twentieth of a pixel: so files of
    /// ground truth hold frames.
    fileprivate var roundedForGroundTruth: SkeletonFrame {
        func round(_ value: Float) -> Float { (value * 10_000).rounded() / 10_000 }
        var frame = self
        for person in frame.people.indices {
            frame.people[person].pose.keypoints = people[person].pose.keypoints.map { keypoint in
                keypoint.map {
                    Keypoint(
                        x: round($0.x), y: round($0.y), z: round($0.z), visibility: $0.visibility, presence: $0.presence
                    )
                }
            }
            frame.people[person].pose.worldPoints = people[person].pose.worldPoints.map { point in
                point.map { SIMD3(round($0.x), round($0.y), round($0.z)) }
            }
        }
        return frame
    }
}
