import Foundation
import JSONLines
import Lifting
import MotionRules
import Pipeline
import Puppet
import Recordings
import Skeleton
import TestSupport
import Testing

@Suite("Points in space for skeletons of the picture")
struct LiftingStageTests {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private func parts() throws -> PipelineParts {
        var parts = PipelineParts(
            exercises: try MotionRuleSet(folder: Self.root.appending(path: "Gestures")).exercises)
        parts.lifting = try LiftingNetwork(folder: Self.root.appending(path: "Models/lifting").path)
        return parts
    }

    /// A puppet from the front, of whom only the picture is told, thirty frames a second.
    private func flat(_ kind: PuppetKind = .squat, count: Int = 150) -> [SkeletonFrame] {
        PuppetClip(kind, frames: count, frameRate: 30, seed: 4).poses.enumerated().map { index, pose in
            var pose = pose
            pose.worldPoints = []
            return SkeletonFrame(
                camera: "gym", index: index, presentationTime: .microseconds(index * 33_333), aspectRatio: 1,
                people: [TrackedPose(track: TrackID(1), pose: pose)])
        }
    }

    private func line(_ frame: SkeletonFrame) throws -> (text: String, read: SkeletonFrame) {
        var line = JSONWriter()
        SkeletonLine.encode(frame, into: &line)
        let bytes = Array(line.bytes)
        return (
            String(decoding: bytes, as: UTF8.self),
            try SkeletonLine.decode(bytes, in: 0..<bytes.count, file: "x", number: 1)
        )
    }

    @Test("who has only the picture gets points in space, and the line says where they come from")
    func said() throws {
        var pipeline = try CameraPipeline(camera: "gym", parts: parts())
        for frame in flat() {
            let pose = pipeline.step(frame).skeletons.people[0].pose
            #expect(pose.worldPoints.count == pose.topology.count && pose.worldSource == .lifted)
        }
        let step = pipeline.step(flat(count: 151)[150]).skeletons
        let (text, read) = try line(step)
        #expect(text.contains(#""world_source":"lifted""#))
        #expect(read.people[0].pose.worldSource == .lifted)
    }

    @Test("who has points in space keeps them, and the line says nothing more")
    func kept() throws {
        var pipeline = try CameraPipeline(camera: "gym", parts: parts())
        let pose = PuppetClip(.squat, frames: 2, frameRate: 30, seed: 4).poses[0]
        let step = pipeline.step(
            SkeletonFrame(
                camera: "gym", index: 0, presentationTime: .zero, aspectRatio: 1,
                people: [TrackedPose(track: TrackID(1), pose: pose)]))
        #expect(step.skeletons.people[0].pose.worldPoints == pose.worldPoints)
        #expect(try !line(step.skeletons).text.contains("world_source"))
    }

    @Test("the same frames give the same points twice, and nearly the same when lines of them are played again")
    func replayed() throws {
        func run(_ frames: [SkeletonFrame]) throws -> [SkeletonFrame] {
            var pipeline = try CameraPipeline(camera: "gym", parts: parts())
            return frames.map { pipeline.step($0).skeletons }
        }
        let first = try run(flat())
        #expect(try run(flat()) == first)
        let again = try run(first.map { try line($0).read })
        for (a, b) in zip(first, again) {
            for (one, other) in zip(a.people[0].pose.worldPoints, b.people[0].pose.worldPoints) {
                guard let one, let other else {
                    #expect(one == nil && other == nil)
                    continue
                }
                let way = one - other
                #expect((way * way).sum().squareRoot() < 0.02)
            }
        }
    }

    @Test("nobody is lifted where the proportions of the picture are not known")
    func unknownProportions() throws {
        var pipeline = try CameraPipeline(camera: "gym", parts: parts())
        for var frame in flat(count: 10) {
            frame.aspectRatio = nil
            #expect(pipeline.step(frame).skeletons.people[0].pose.worldPoints.isEmpty)
        }
    }

    /// The workout by the 17 joints of COCO in the picture alone.
    private func workout() throws -> [SkeletonFrame] {
        let path = Self.root.appending(path: "Fixtures/workout.truth.jsonl").path
        let joints = SkeletonTopology.coco17.jointNames.map { SkeletonTopology.blazePose33.index(of: $0) }
        let reader = try SkeletonReader.open(path: path)
        var frames: [SkeletonFrame] = []
        while var frame = try reader.next() {
            frame.people = frame.people.map { person in
                let keypoints = joints.map { $0.flatMap { person.pose.keypoints[$0] } }
                return TrackedPose(track: person.track, pose: Pose(topology: .coco17, keypoints: keypoints))
            }
            frames.append(frame)
        }
        return frames
    }

    /// Full repetitions that are called squats.
    private func squats(_ frames: [SkeletonFrame], _ parts: PipelineParts) throws -> Int {
        var parts = parts
        parts.counting = .workout
        var pipeline = try CameraPipeline(camera: "gym", parts: parts)
        let found = frames.flatMap { pipeline.step($0).findings } + pipeline.finish(reason: .sourceEnded)
        return found.count {
            if case .repetition(let repetition) = $0 { return repetition.exercise == "squat" }
            return false
        }
    }

    @Test("stages judge skeletons of the picture as without lifting; by lifted points frontal squats are known")
    func squats() throws {
        var flat = try parts()
        flat.lifting = nil
        let frames = try workout()
        #expect(try squats(frames, parts()) == squats(frames, flat))
        var pipeline = try CameraPipeline(camera: "gym", parts: parts())
        let lifted = frames.map { frame in
            var lifted = pipeline.step(frame).skeletons
            for index in lifted.people.indices { lifted.people[index].pose.worldSource = .measured }
            return lifted
        }
        #expect(try squats(lifted, flat) >= 5)
    }

    @Test("absurd keypoints never give a point that is no number", arguments: 0..<4)
    func hostile(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var pipeline = try CameraPipeline(camera: "gym", parts: parts())
        for var frame in flat(count: 300) {
            let scale = [1, 1, 0, -1, 1e-30, 1e18, -1e37].randomElement(using: &random)! as Float
            for joint in 0..<33 where Int.random(in: 0..<3, using: &random) == 0 {
                frame.people[0].pose.keypoints[joint]?.x *= scale
                frame.people[0].pose.keypoints[joint]?.y *= scale
                if scale == 0 { frame.people[0].pose.keypoints[joint] = nil }
            }
            frame.aspectRatio = [0.001, 1.5, 1000].randomElement(using: &random)!
            for point in pipeline.step(frame).skeletons.people[0].pose.worldPoints {
                if let point { #expect(point.x.isFinite && point.y.isFinite && point.z.isFinite) }
            }
        }
    }
}
