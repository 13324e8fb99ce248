import Foundation
import Interaction
import Puppet
import Randomness
import Skeleton
import Tracking

/// One scene of puppets, seen with a source's errors, and what was found in it.
struct InteractionTrial {
    /// What the scene is seen by.
    enum Source: String, CaseIterable {
        /// Pose networks: BlazePose's errors, gaps and confusions, followed by the tracker.
        case picture
        /// Keypoints of a picture and nothing of the world, as OpenPose or COCO give them.
        case keypoints
        /// A depth camera: joints in metres in the room, ids of its own.
        case room
        /// The scene drawn as a video and seen by the pose networks themselves.
        case video
    }

    /// Something found, with the people it is about numbered as in the truth.
    struct Found {
        var label: String
        var who: Int
        var whom: Int
        var isMutual: Bool
        var confidence: Float
        var start: Double
        var end: Double
        /// When its begin was reported.
        var reported: Double
    }

    private(set) var found: [Found] = []
    let truth: [PuppetInteraction]
    let seconds: Double
    /// Of how they meet: the share of their distance that lies across the picture; 0 for one behind the other.
    let across: Float
    /// Time the recogniser took for each frame.
    private(set) var times: [Duration] = []

    /// Spread of a depth camera's joints, metres.
    private static let roomNoise: Float = 0.02

    /// - Parameter look: the poses that the pose networks see in a frame; needed for `video`.
    init(
        _ scene: PuppetScene, source: Source, seed: UInt64, look: ((SkeletonFrame) throws -> [Pose])? = nil
    ) throws {
        truth = scene.interactions
        seconds = scene.duration
        across = Self.across(scene)
        var estimator = SimulatedEstimator(of: scene, seed: seed)
        var tracker = Tracker(settings: source == .keypoints ? .forSkeletons : TrackerSettings())
        var recogniser = InteractionRecogniser()
        var random = SplitMix64(seed: seed ^ 0xACE)
        var owners: [TrackID: [Int: Int]] = [:]
        var open: [Int: (change: SegmentChange, reported: Double)] = [:]
        var changes: [SegmentChange] = []
        var last = (frame: 0, time: Duration.zero)
        for index in 0..<scene.frameCount {
            let actual = scene.frame(at: index)
            var frame = actual
            var ended: [TrackID] = []
            switch source {
            case .picture, .keypoints, .video:
                var poses = try look?(actual) ?? estimator.poses(of: actual)
                if source == .keypoints { poses = poses.map(Self.keypointsOnly) }
                let update = tracker.update(
                    poses, frame: index, at: frame.presentationTime, aspectRatio: frame.aspectRatio ?? 1)
                frame.people = update.people
                ended = update.changes.filter { $0.phase == .end }.map(\.track)
            case .room: frame.people = Self.inRoom(scene, at: frame.presentationTime, using: &random)
            }
            for person in frame.people {
                guard let owner = Self.nearest(person, in: actual, sameID: source == .room) else { continue }
                owners[person.track, default: [:]][owner, default: 0] += 1
            }
            let clock = ContinuousClock.now
            changes += recogniser.update(frame)
            times.append(ContinuousClock.now - clock)
            for track in ended {
                changes += recogniser.end(
                    track, frame: index, at: frame.presentationTime, reason: .trackEnded)
            }
            last = (index, frame.presentationTime)
        }
        changes += recogniser.finish(frame: last.frame, at: last.time, reason: .sourceEnded)
        for change in changes {
            switch change.phase {
            case .begin: open[change.segment] = (change, change.presentationTime.inSeconds)
            case .update: break
            case .end:
                guard let begin = open.removeValue(forKey: change.segment),
                    let who = owners[change.track]?.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key,
                    let whom = change.other.flatMap({ owners[$0] })?.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }
                    )?.key
                else { continue }
                found.append(
                    Found(
                        label: change.label, who: who, whom: whom, isMutual: change.isMutual,
                        confidence: begin.change.confidence, start: change.start.inSeconds,
                        end: (change.end ?? change.presentationTime).inSeconds, reported: begin.reported))
            }
        }
    }

    /// When they do something to each other, or are nearest.
    private static func across(_ scene: PuppetScene) -> Float {
        func offset(_ time: Double) -> SIMD3<Float>? {
            guard let a = scene.actors[0].skeleton(at: time)?.pelvis, let b = scene.actors[1].skeleton(at: time)?.pelvis
            else { return nil }
            return scene.camera.local(b) - scene.camera.local(a)
        }
        let contacts = scene.interactions.filter { $0.label != "approach" && $0.label != "leave" }
        let times =
            contacts.isEmpty
            ? Array(stride(from: 0, to: scene.duration, by: 0.1)) : contacts.map { $0.start.inSeconds }
        let nearest = times.compactMap(offset).min { ($0 * $0).sum() < ($1 * $1).sum() } ?? .zero
        return abs(nearest.x) / max(1e-3, (nearest.x * nearest.x + nearest.z * nearest.z).squareRoot())
    }

    private static func keypointsOnly(_ pose: Pose) -> Pose {
        let coco = SkeletonTopology.coco17
        let keypoints = coco.jointNames.map { name -> Keypoint? in
            guard let index = pose.topology.index(of: name), let keypoint = pose.keypoints[index] else { return nil }
            return Keypoint(
                x: keypoint.x, y: keypoint.y, visibility: keypoint.visibility, presence: keypoint.presence)
        }
        return Pose(topology: coco, keypoints: keypoints, score: pose.score, appearance: pose.appearance)
    }

    private static func inRoom(
        _ scene: PuppetScene, at time: Duration, using random: inout SplitMix64
    ) -> [TrackedPose] {
        scene.actors.enumerated().compactMap { number, actor in
            guard let skeleton = actor.skeleton(at: time.inSeconds) else { return nil }
            let points = skeleton.joints.map { joint -> SIMD3<Float>? in
                let error = SIMD3(
                    Float.random(in: -1...1, using: &random), Float.random(in: -1...1, using: &random),
                    Float.random(in: -1...1, using: &random))
                return scene.camera.local(joint) + error * (roomNoise * 1.7)
            }
            return TrackedPose(
                track: TrackID(number + 1), pose: Pose(topology: .blazePose33, worldPoints: points))
        }
    }

    /// Whose pose it is: the person of the truth whose hips are nearest.
    private static func nearest(_ person: TrackedPose, in truth: SkeletonFrame, sameID: Bool) -> Int? {
        if sameID { return person.track.value }
        let aspect = truth.aspectRatio ?? 1
        guard let center = person.pose.extent(aspectRatio: aspect)?.center else { return nil }
        return truth.people.compactMap { other -> (Int, Float)? in
            guard let extent = other.pose.extent(aspectRatio: aspect) else { return nil }
            let offset = extent.center - center
            return (other.track.value, (offset * offset).sum())
        }.min { $0.1 < $1.1 }?.0
    }
}
