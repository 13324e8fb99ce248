import Foundation
import Puppet
import Recordings
import Skeleton
import Testing
import Tracking

/// Ids over crowds of puppets, whose truth is known, seen with BlazePose's errors, gaps and confusions.
///
/// With `LABAN_CROWD_FOLDER` set, truth and result of every scene are written there as skeleton lines for
/// `.scripts/judge-tracks.py`.
@Suite("Crowds")
struct CrowdTests {
    private struct Scene {
        var truth: [SkeletonFrame] = []
        var result: [SkeletonFrame] = []
        var flags: [CrowdScore.Flag] = []
    }

    private func track(_ kind: PuppetCrowd, people: Int, seed: UInt64, seesColors: Bool = true) throws -> Scene {
        let scene = kind.scene(people: people, seed: seed)
        var estimator = SimulatedEstimator(of: scene, seesColors: seesColors, seed: seed + 1000)
        var tracker = Tracker()
        var seen = Scene()
        for index in 0..<scene.frameCount {
            let truth = scene.frame(at: index)
            let update = tracker.update(
                estimator.poses(of: truth), frame: index, at: truth.presentationTime,
                aspectRatio: truth.aspectRatio ?? 1)
            for change in update.changes where change.phase == .update {
                guard let others = change.mayBeSwappedWith else { continue }
                seen.flags.append((change.track, change.presentationTime, others))
            }
            var result = truth
            result.people = update.people
            seen.truth.append(truth)
            seen.result.append(result)
        }
        try write(seen, scene.name)
        return seen
    }

    private func write(_ scene: Scene, _ name: String) throws {
        guard let folder = ProcessInfo.processInfo.environment["LABAN_CROWD_FOLDER"] else { return }
        for (frames, what) in [(scene.truth, "truth"), (scene.result, "result")] {
            let writer = try SkeletonFileWriter(path: "\(folder)/\(name).\(what).jsonl")
            for frame in frames { try writer.append(frame) }
            try writer.finish()
        }
    }

    private func score(
        _ kind: PuppetCrowd, people: ClosedRange<Int>, seeds: ClosedRange<UInt64>
    ) throws -> CrowdScore {
        var total = CrowdScore()
        for count in people {
            for seed in seeds {
                let scene = try track(kind, people: count, seed: seed)
                total += CrowdScore(
                    truth: scene.truth, result: scene.result, flags: scene.flags, visibleShare: \.visibleShare)
            }
        }
        return total
    }

    @Test("in more than a hundred crossings of two to four no id goes over to another person unflagged")
    func crossings() throws {
        let score = try score(.crossings, people: 2...4, seeds: 1...4)
        #expect(score.encounters > 100)
        #expect(score.unflaggedSwaps == 0, "\(score.notes)")
        #expect(score.flaggedEncounters * 5 < score.encounters, "a flag is no excuse for not looking")
        #expect(score.idf1 > 0.93, "\(score.idf1) of \(score.bestIDF1)")
    }

    @Test("in drawn returns and crossings an id that goes to another person says so, and names an id of one of the two")
    func named() throws {
        for kind in [PuppetCrowd.returns, .crossings] {
            let score = try score(kind, people: 2...4, seeds: 1...8)
            #expect(score.swaps > 0, "otherwise this says nothing")
            #expect(score.unnamedSwaps == 0, "\(score.notes)")
        }
    }

    @Test("people who hug, and people half hidden, keep their ids", arguments: [PuppetCrowd.hugs, .hidden])
    func near(kind: PuppetCrowd) throws {
        let score = try score(kind, people: 2...4, seeds: 1...3)
        #expect(score.unflaggedSwaps == 0, "\(score.notes)")
        #expect(score.idf1 > 0.9, "\(score.idf1) of \(score.bestIDF1)")
    }

    @Test("the same crowd gives the same ids and flags")
    func deterministic() throws {
        let first = try track(.crossings, people: 4, seed: 1)
        let second = try track(.crossings, people: 4, seed: 1)
        #expect(first.result == second.result)
        #expect(first.flags.map(\.track) == second.flags.map(\.track))
    }

    @Test("the score knows a perfect result, a swap, and a flagged swap")
    func scoring() throws {
        let scene = PuppetCrowd.crossings.scene(people: 2, seed: 1)
        let truth = (0..<scene.frameCount).map { scene.frame(at: $0) }
        let perfect = CrowdScore(truth: truth, result: truth, flags: [], visibleShare: \.visibleShare)
        #expect(perfect.idf1 == 1 && perfect.mota == 1 && perfect.swaps == 0 && perfect.switches == 0)
        let middle = truth.count / 2
        let swapped = truth.enumerated().map { index, frame in
            var frame = frame
            guard index >= middle else { return frame }
            for person in frame.people.indices {
                frame.people[person].track = TrackID(3 - frame.people[person].track.value)
            }
            return frame
        }
        let wrong = CrowdScore(truth: truth, result: swapped, flags: [], visibleShare: \.visibleShare)
        #expect(wrong.swaps == 2 && wrong.unflaggedSwaps == 2 && wrong.unnamedSwaps == 2 && wrong.idf1 < 0.8)
        let time = truth[middle].presentationTime
        let honest = CrowdScore(
            truth: truth, result: swapped, flags: [(TrackID(1), time, [TrackID(2)]), (TrackID(2), time, [TrackID(1)])],
            visibleShare: \.visibleShare)
        #expect(honest.swaps == 2 && honest.unflaggedSwaps == 0 && honest.unnamedSwaps == 0)
    }
}
