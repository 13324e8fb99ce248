import Foundation
import Puppet
import Skeleton
import TestSupport
import Testing
import Tracking

/// What each joint rests on, and what is said of poses no body can take.
@Suite("Honest joints")
struct HonestJointTests {
    private let wrist = SkeletonTopology.coco17.index(of: "leftWrist")!
    private let rate = 30

    private func time(_ frame: Int) -> Duration { .microseconds(frame * 1_000_000 / rate) }

    /// Feeds a walking person, changed frame by frame; what the tracker gives for each.
    private func poses(
        frames: Int, _ change: (Int, inout Pose) -> Pose? = { $1 }
    ) -> [Pose?] {
        var tracker = Tracker()
        return (0..<frames).map { frame in
            var pose = StagedPerson(x: 0.2 + 0.004 * Float(frame), y: 0.5).pose
            let shown = change(frame, &pose)
            let update = tracker.update(
                shown.map { [$0] } ?? [], frame: frame, at: time(frame), aspectRatio: StagedPerson.aspectRatio)
            return update.people.first?.pose
        }
    }

    @Test("joints that are seen are measured")
    func measured() throws {
        let pose = try #require(poses(frames: 20).last ?? nil)
        #expect((0..<pose.topology.count).allSatisfy { pose.evidence(of: $0) == .measured })
    }

    @Test("a lost joint is carried on for a quarter of a second and not a frame longer")
    func filled() throws {
        let seen = poses(frames: 40) { frame, pose in
            if frame >= 20 { pose.keypoints[wrist] = nil }
            return pose
        }
        for frame in 20..<40 {
            let pose = try #require(seen[frame])
            if time(frame) - time(19) <= .milliseconds(250) {
                let place = try #require(pose.keypoints[wrist], "frame \(frame)")
                #expect(pose.evidence(of: wrist) == .filled)
                let truth = StagedPerson(x: 0.2 + 0.004 * Float(frame), y: 0.5).pose.keypoints[wrist]!
                #expect(abs(place.x - truth.x) < 0.02, "frame \(frame): \(place.x) against \(truth.x)")
            } else {
                #expect(pose.keypoints[wrist] == nil, "frame \(frame)")
            }
        }
    }

    @Test("a joint the source makes up is guessed, and so is one outside the picture")
    func guessed() throws {
        let elbow = SkeletonTopology.coco17.index(of: "leftElbow")!
        let seen = poses(frames: 20) { _, pose in
            pose.keypoints[wrist]?.visibility = 0.2
            pose.keypoints[elbow]?.y = 1.2
            return pose
        }
        let pose = try #require(seen.last ?? nil)
        #expect(pose.evidence(of: wrist) == .guessed && pose.evidence(of: elbow) == .guessed)
        #expect(pose.evidence.count { $0 == .measured } == 15)
    }

    @Test("a person lost is filled for a quarter of a second and then absent; the id stays")
    func personGap() throws {
        let seen = poses(frames: 60) { frame, pose in (20..<35).contains(frame) ? nil : pose }
        for frame in 20..<35 {
            if time(frame) - time(19) <= .milliseconds(250) {
                let pose = try #require(seen[frame], "frame \(frame)")
                #expect(pose.evidence.allSatisfy { $0 == .filled })
            } else {
                #expect(seen[frame] == nil, "frame \(frame)")
            }
        }
        #expect(seen[59] != nil)
    }

    @Test("the end of a track tells what its joints rested on")
    func shares() throws {
        var tracker = Tracker()
        for frame in 0..<30 {
            var pose = StagedPerson(x: 0.5, y: 0.5).pose
            for joint in 0..<8 { pose.keypoints[joint]?.visibility = 0.1 }
            _ = tracker.update([pose], frame: frame, at: time(frame), aspectRatio: StagedPerson.aspectRatio)
        }
        let end = try #require(tracker.finish(frame: 30, at: time(30), reason: .sourceEnded).first)
        let joints = try #require(end.joints)
        expectClose([joints.measured, joints.filled, joints.guessed], [9 / 17, 0, 8 / 17], tolerance: 1e-5)
    }

    @Test("an arm that grows by half and a knee that bends forward are marked, and nothing else is")
    func implausible() throws {
        let scene = PuppetCrowd.hidden.scene(people: 2, seed: 3)
        let topology = SkeletonTopology.blazePose33
        let (shoulder, elbow) = (topology.index(of: "leftShoulder")!, topology.index(of: "leftElbow")!)
        let knee = topology.index(of: "rightKnee")!
        var tracker = Tracker()
        var before: [[Int]] = []
        var broken: [Int]?
        for index in 0..<90 {
            let truth = scene.frame(at: index)
            guard var pose = truth.people.first?.pose else { continue }
            for joint in pose.keypoints.indices { pose.keypoints[joint]?.visibility = 1 }
            if index >= 75 {
                let arm = pose.worldPoints[elbow]! - pose.worldPoints[shoulder]!
                for joint in ["leftElbow", "leftWrist"] { pose.worldPoints[topology.index(of: joint)!]! += arm * 0.5 }
                let heel = pose.worldPoints[topology.index(of: "rightHeel")!]!
                let forward = pose.worldPoints[topology.index(of: "rightFootIndex")!]! - heel
                pose.worldPoints[knee]! -= forward * (0.25 / (forward * forward).sum().squareRoot())
            }
            let update = tracker.update(
                [pose], frame: index, at: truth.presentationTime, aspectRatio: truth.aspectRatio!)
            guard let seen = update.people.first?.pose else { continue }
            if index < 75 { before.append(seen.implausibleJoints) } else { broken = seen.implausibleJoints }
        }
        #expect(before.count > 60 && before.allSatisfy(\.isEmpty))
        let joints = try #require(broken)
        #expect(joints.contains(elbow) && joints.contains(knee))
        #expect(!joints.contains(topology.index(of: "leftKnee")!))
    }

    @Test("the delay of smoothing is that of a first-order low-pass at the body's speed")
    func delay() throws {
        var tracker = Tracker()
        var delays: [Double] = []
        let speed: Float = 0.12
        for frame in 0..<60 {
            let pose = StagedPerson(x: 0.2 + speed * Float(frame) / Float(rate), y: 0.5).pose
            let update = tracker.update(
                [pose], frame: frame, at: time(frame), aspectRatio: StagedPerson.aspectRatio)
            if frame > 40, let delay = update.smoothingDelay { delays.append(delay.inSeconds) }
        }
        let size = try #require(StagedPerson(x: 0.5, y: 0.5).pose.extent(aspectRatio: StagedPerson.aspectRatio)).size
        let expected = TrackerSettings().imageSmoothing.delay(atSpeed: speed * StagedPerson.aspectRatio / size)
        #expect(delays.count == 19)
        expectClose(delays.map { Float($0) }, delays.map { _ in expected }, tolerance: expected * 0.15)
    }

    @Test("somebody at rest adds no delay of smoothing")
    func noDelayAtRest() {
        var tracker = Tracker()
        var last = TrackerUpdate()
        for frame in 0..<30 {
            last = tracker.update(
                [StagedPerson(x: 0.5, y: 0.5).pose], frame: frame, at: time(frame),
                aspectRatio: StagedPerson.aspectRatio)
        }
        #expect(last.people.count == 1 && last.smoothingDelay == nil)
    }
}
