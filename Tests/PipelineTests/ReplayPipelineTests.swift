import Foundation
import MotionRules
import Pipeline
import Puppet
import Skeleton
import TestSupport
import Testing

@Suite("Kept skeletons looked at once more")
struct ReplayPipelineTests {
    private static let rules = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "Gestures")

    private func parts() throws -> PipelineParts {
        let rules = try MotionRuleSet(folder: Self.rules)
        var parts = PipelineParts(gestures: rules.gestures, exercises: rules.exercises)
        parts.holds = rules.holds
        return parts
    }

    /// Frames of one person, twenty a second.
    private func frames(_ poses: [Pose], from start: Double = 0, track: Int = 1) -> [SkeletonFrame] {
        poses.enumerated().map { index, pose in
            SkeletonFrame(
                camera: "gym", index: index, presentationTime: .seconds(start) + .milliseconds(50 * index),
                people: [TrackedPose(track: TrackID(track), pose: pose)], hasTracks: true)
        }
    }

    private func found(_ findings: [Finding]) -> [String] {
        findings.compactMap { finding in
            switch finding {
            case .gesture(let change): "\(change.phase) \(change.label) \(change.start) \(change.presentationTime)"
            case .repetition(let repetition): "\(repetition.exercise) \(repetition.start) \(repetition.end)"
            case .set(let set): "\(set.exercise) \(set.count) \(set.start) \(set.end)"
            case .track, .action, .interaction: nil
            }
        }
    }

    @Test("what is found is what a camera finds", arguments: [PuppetKind.squat, .wave, .armRaise])
    func same(kind: PuppetKind) throws {
        let frames = frames(PuppetClip(kind, frames: 200, frameRate: 20, seed: 4).poses)
        var camera = try CameraPipeline(camera: "gym", parts: parts())
        var replay = ReplayPipeline(try parts())
        var (seen, again): ([Finding], [Finding]) = ([], [])
        for frame in frames {
            seen += camera.step(frame).findings
            again += replay.step(frame)
        }
        seen += camera.finish(reason: .sourceEnded)
        again += replay.finish()
        #expect(!found(again).isEmpty && found(seen).sorted() == found(again).sorted())
        #expect(replay.watched == .milliseconds(50 * 199))
    }

    @Test("who is out of sight for more than a second begins anew, and what they did ends")
    func gaps() throws {
        let poses = PuppetClip(.squat, frames: 300, frameRate: 20, seed: 4).poses
        var parts = try parts()
        parts.counting?.exercisesAreGiven = true
        var replay = ReplayPipeline(parts)
        var sets = 0
        func isSet(_ finding: Finding) -> Bool { if case .set = finding { true } else { false } }
        for frame in frames(poses) + frames(poses, from: 30) { sets += replay.step(frame).count(where: isSet) }
        #expect(sets == 1 && replay.watched == .milliseconds(50 * 598))
        #expect(replay.finish().contains(where: isSet))
    }
}
