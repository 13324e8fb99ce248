import Foundation
import Puppet
import Skeleton
import TestSupport
import Testing

@Suite("Scenes")
struct PuppetSceneTests {
    @Test("the workout's truth is what it says it is")
    func workoutCounts() {
        let truth = PuppetScene.workout.groundTruth
        func count(_ label: String) -> Int { truth.count { $0.what == .repetition && $0.label == label } }
        #expect(count("squat") == 5 && count("jumping_jack") == 8 && count("push_up") == 4)
        #expect(truth.filter { $0.what == .gesture }.isEmpty)
    }

    @Test("the everyday scene has its gestures, one after another")
    func everydayGestures() {
        let truth = PuppetScene.everyday.groundTruth
        let labels = truth.filter { $0.what == .gesture }.map(\.label)
        #expect(labels == ["wave", "raise_hand", "raise_hand", "arms_sideways", "arms_sideways"])
        let actions = truth.filter { $0.what == .action }
        for (before, after) in zip(actions, actions.dropFirst()) { #expect(before.end == after.start) }
        #expect(truth.allSatisfy { $0.start < $0.end && $0.index >= 1 })
    }

    @Test("three people cross, each under one id, and all leave")
    func crossingTracks() {
        let scene = PuppetScene.crossing
        var most = 0
        var seen: Set<Int> = []
        for frame in stride(from: 0, to: scene.frameCount, by: 3) {
            let people = scene.frame(at: frame).people
            most = max(most, people.count)
            seen.formUnion(people.map(\.track.value))
        }
        #expect(most == 3 && seen == [1, 2, 3])
        #expect(scene.frame(at: scene.frameCount - 1).people.isEmpty)
        // Their order in the picture changes several times.
        let orders = stride(from: 0, to: scene.frameCount, by: 3).compactMap { index -> [Int]? in
            let people = scene.frame(at: index).people
            return people.count < 3
                ? nil : people.sorted { $0.pose.keypoints[0]!.x < $1.pose.keypoints[0]!.x }.map(\.track.value)
        }
        #expect(zip(orders, orders.dropFirst()).count { $0 != $1 } >= 5)
    }

    @Test("people of a scene move without jumps", arguments: PuppetScene.fixtures.map(\.name))
    func motionIsSmooth(name: String) throws {
        let scene = try #require(PuppetScene.fixtures.first { $0.name == name })
        for actor in scene.actors {
            var before: PuppetSkeleton?
            for time in stride(from: actor.start, to: actor.end, by: 0.02) {
                let now = try #require(actor.skeleton(at: time))
                if let before {
                    let fastest = zip(now.joints, before.joints).map { distance($0, $1) }.max() ?? 0
                    #expect(fastest < 0.3, "\(name) at \(time): \(fastest / 0.02) m/s")
                    #expect((now.joints.map(\.y).min() ?? 0) > -0.01, "\(name) at \(time)")
                }
                before = now
            }
            #expect(actor.skeleton(at: actor.start - 0.1) == nil && actor.skeleton(at: actor.end + 0.1) == nil)
        }
    }

    @Test("repetitions and gestures lie within an action of theirs", arguments: PuppetScene.fixtures.map(\.name))
    func truthNests(name: String) throws {
        let truth = try #require(PuppetScene.fixtures.first { $0.name == name }).groundTruth
        let actions = truth.filter { $0.what == .action }
        for row in truth where row.what != .action {
            #expect(
                actions.contains { $0.track == row.track && $0.start <= row.start && row.end <= $0.end }, "\(row.line)")
        }
    }
}
