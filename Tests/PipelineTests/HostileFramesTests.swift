import Events
import Foundation
import MotionRules
import Pipeline
import Puppet
import Skeleton
import TestSupport
import Testing

/// Skeletons that nobody's body makes, at times that no clock tells.
@Suite("Hostile frames")
struct HostileFramesTests {
    private static let gestures = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "Gestures")
    private let clip = PuppetClip(.squat, frames: 40, frameRate: 20, seed: 1)

    /// A frame of which anything may be absurd, within what a skeleton line can say.
    private func frame(after time: Duration, hasTracks: Bool, _ random: inout SeededGenerator) -> SkeletonFrame {
        let limit = Duration.mediaLimit
        let times: [Duration] = [
            time, time + .milliseconds(33), time + .microseconds(1), time - .seconds(1), .zero, limit, .zero - limit,
            limit * 1_000_000, .microseconds(Int64.random(in: .min ... .max, using: &random)),
        ]
        let people = (0..<Int.random(in: 0...3, using: &random)).map { index -> TrackedPose in
            var pose = clip.poses.randomElement(using: &random)!
            let scale = [1, 1, 1, 0, -1, 1e-30, 1e18, -1e37].randomElement(using: &random)!
            for joint in pose.keypoints.indices where Int.random(in: 0..<3, using: &random) == 0 {
                pose.keypoints[joint]?.x *= Float(scale)
                pose.keypoints[joint]?.y *= Float(scale)
                pose.worldPoints[joint]? *= Float(scale)
                if scale == 0 { pose.keypoints[joint] = nil }
            }
            pose.score = [1, 0.5, 0, -1e37, 1e37].randomElement(using: &random)!
            return TrackedPose(track: TrackID([index, 1, 1 << 52].randomElement(using: &random)!), pose: pose)
        }
        return SkeletonFrame(
            camera: "x", index: [0, 7, Int(Int32.max) << 16].randomElement(using: &random)!,
            presentationTime: times.randomElement(using: &random)!,
            aspectRatio: [nil, 0.001, 1.5, 1000].randomElement(using: &random)!, people: people,
            hasTracks: hasTracks)
    }

    @Test("no frame traps anything between the pipeline and the line that is written of it", arguments: 0..<6)
    func pipeline(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let rules = try MotionRuleSet(folder: Self.gestures)
        var pipeline = try CameraPipeline(
            camera: "x", parts: PipelineParts(gestures: rules.gestures, exercises: rules.exercises))
        var stamper = EventStamper()
        stamper.setTimeBase(.file(start: UnixTime(microseconds: .max - 5)), of: "x")
        var time = Duration.zero
        var (begun, ended) = (0, 0)
        func take(_ findings: [Finding]) throws {
            for finding in findings {
                let event = stamper.stamp(finding.draft(camera: "x"))
                #expect(!EventLine.encode(event).isEmpty)
                guard event.kind == .track else { continue }
                if event.phase == .begin { begun += 1 }
                if event.phase == .end { ended += 1 }
            }
        }
        for _ in 0..<2_000 {
            let frame = frame(after: time, hasTracks: seed.isMultiple(of: 2), &random)
            time = frame.presentationTime
            try take(pipeline.step(frame).findings)
        }
        try take(pipeline.finish(reason: .sourceEnded))
        #expect(begun > 0 && begun == ended)
    }
}
