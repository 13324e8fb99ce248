import Foundation
import MotionRules
import Puppet
import Randomness
import Skeleton
import TestSupport
import Testing

struct GestureRecogniserTests {
    private func recogniser() throws -> GestureRecogniser {
        GestureRecogniser(gestures: try MotionRuleSet(folder: Checkout.gestures).gestures)
    }

    private func frames(
        _ kind: PuppetKind, repetitions: Int = 4, azimuth: Float = 0, rate: Double = 30,
        noise: BlazePoseNoise = .none, seed: UInt64
    ) -> [SkeletonFrame] {
        let performance = PuppetPerformance(kind, style: .clear, length: .repetitions(repetitions), seed: seed)
        let camera = PuppetView(azimuth: azimuth).camera()
        let poses = (0..<Int((performance.duration + 1.5) * rate)).map { index in
            let time = min(performance.duration, Double(index) / rate)
            return camera.pose(
                of: performance.skeleton(at: time).placed(at: .zero, heading: performance.turn(at: time)))
        }
        var random = SplitMix64(seed: seed)
        return noise.applied(to: poses, frameRate: rate, using: &random).enumerated().map { index, pose in
            SkeletonFrame(
                camera: "stage", index: index, presentationTime: .seconds(Double(index) / rate),
                aspectRatio: camera.aspectRatio, people: [TrackedPose(track: TrackID(1), pose: pose)])
        }
    }

    private func changes(_ frames: [SkeletonFrame]) throws -> [SegmentChange] {
        var recogniser = try recogniser()
        let found = frames.flatMap { recogniser.update($0) }
        guard let last = frames.last else { return found }
        return found + recogniser.finish(frame: last.index, at: last.presentationTime, reason: .sourceEnded)
    }

    private func labels(_ frames: [SkeletonFrame]) throws -> [String] {
        try changes(frames).filter { $0.phase == .begin }.map(\.label)
    }

    @Test("arms held out sideways are one segment each time, at any frame rate", arguments: [10.0, 15, 30, 60])
    func armsSideways(rate: Double) throws {
        for azimuth: Float in [0, 0.7, 2.5] {
            let found = try labels(frames(.armsSideways, azimuth: azimuth, rate: rate, seed: 1))
            #expect(found == Array(repeating: "arms_sideways", count: 4), "\(azimuth)")
        }
    }

    @Test("a raised hand is one segment each time, and both arms overhead are none", arguments: [10.0, 30])
    func raiseHand(rate: Double) throws {
        for seed in UInt64(1)...6 {
            let performance = PuppetPerformance(.armRaise, style: .clear, length: .repetitions(4), seed: seed)
            let single = performance.repetitions.count { $0.side != nil }
            let found = try labels(frames(.armRaise, rate: rate, seed: seed))
            #expect(found == Array(repeating: "raise_hand", count: single), "\(seed)")
        }
    }

    @Test("a wave is one segment, seen from the front, aside and behind", arguments: [10.0, 30])
    func wave(rate: Double) throws {
        for azimuth: Float in [0, 0.8, 2.4] {
            for seed in UInt64(1)...3 {
                let found = try labels(frames(.wave, repetitions: 8, azimuth: azimuth, rate: rate, seed: seed))
                // A hand that waves is raised, too.
                let others = found.filter { $0 != "raise_hand" }
                #expect(others == ["wave"], "\(azimuth) \(seed) \(found)")
            }
        }
    }

    @Test(
        "exercises and going about give no gestures",
        arguments: [
            PuppetKind.jumpingJack, .squat, .pushUp, .walk, .run, .stand, .sideLunge, .legRaise, .bend,
            .sitToStand,
        ])
    func elsewhere(kind: PuppetKind) throws {
        for seed in UInt64(1)...4 {
            let found = try labels(frames(kind, azimuth: Float(seed) * 0.6, seed: seed))
            #expect(found.isEmpty, "\(seed) \(found)")
        }
    }

    @Test("every begin has one end of the same segment, with updates in between once a second")
    func phases() throws {
        var still = frames(.armsSideways, repetitions: 1, seed: 2)
        let all = try changes(still)
        let begin = try #require(all.first)
        // Freeze the posture for four seconds.
        let index = begin.frame
        let held = (0..<120).map { step in
            var frame = still[index]
            frame.index += step
            frame.presentationTime += .seconds(Double(step) / 30)
            return frame
        }
        still = Array(still.prefix(index)) + held
        let found = try changes(still)
        #expect(found.map(\.phase) == [.begin, .update, .update, .update, .end])
        #expect(Set(found.map(\.segment)).count == 1)
        #expect(Set(found.map(\.start)).count == 1 && found[0].start <= found[0].presentationTime)
        #expect(found.last?.reason == .sourceEnded)
        #expect(found.allSatisfy { ($0.phase == .end) == ($0.reason != nil) && (0...1).contains($0.confidence) })
    }

    @Test("a lost track's segment ends with the reason, and only once")
    func lostTrack() throws {
        var recogniser = try recogniser()
        var last: SkeletonFrame?
        // Not everyone holds their arms out long enough for the gesture; the first who does is lost in the middle of it.
        search: for seed in UInt64(1)...20 {
            recogniser = try self.recogniser()
            for frame in frames(.armsSideways, repetitions: 1, seed: seed)
            where recogniser.update(frame).contains(where: { $0.phase == .begin }) {
                last = frame
                break search
            }
        }
        let lost = try #require(last)
        let ended = recogniser.end(
            TrackID(1), frame: lost.index, at: lost.presentationTime, reason: .trackEnded)
        #expect(ended.map(\.phase) == [.end] && ended.map(\.reason) == [.trackEnded])
        #expect(recogniser.finish(frame: lost.index, at: lost.presentationTime, reason: .stopped).isEmpty)
    }

    @Test("hardly seen joints make no gesture")
    func unseen() throws {
        let hidden = frames(.armsSideways, seed: 4).map { frame in
            var frame = frame
            for joint in frame.people[0].pose.keypoints.indices {
                frame.people[0].pose.keypoints[joint]?.presence = 0.05
            }
            return frame
        }
        #expect(try changes(hidden).isEmpty)
    }
}
