import Skeleton
import TestSupport
import Testing
import Tracking

@Suite("Tracker")
struct TrackerTests {
    /// Feeds a tracker frame by frame and keeps what it says.
    private struct Run {
        var tracker = Tracker()
        var frame = 0
        let rate: Int
        var changes: [SegmentChange] = []
        var people: [[TrackedPose]] = []

        init(rate: Int = 10, settings: TrackerSettings = .init()) {
            self.rate = rate
            tracker = Tracker(settings: settings)
        }

        var time: Duration { .microseconds(frame * 1_000_000 / rate) }

        mutating func show(_ staged: [StagedPerson]) { show(staged.map(\.pose)) }

        mutating func show(_ poses: [Pose]) {
            let update = tracker.update(
                poses, frame: frame, at: time, aspectRatio: StagedPerson.aspectRatio)
            changes += update.changes
            people.append(update.people)
            frame += 1
        }

        mutating func show(_ staged: [StagedPerson], seconds: Double) {
            for _ in 0..<Int(seconds * Double(rate)) { show(staged) }
        }

        mutating func finish() { changes += tracker.finish(frame: frame, at: time, reason: .sourceEnded) }

        var begun: [Int] { changes.filter { $0.phase == .begin }.map(\.track.value) }
        var ended: [Int] { changes.filter { $0.phase == .end }.map(\.track.value) }
    }

    private let alice = StagedPerson(x: 0.3, y: 0.5)
    private let bob = StagedPerson(x: 0.7, y: 0.5, arms: 1)

    @Test("a person is one track from beginning to end", arguments: [5, 10, 30, 60])
    func onePerson(rate: Int) {
        var run = Run(rate: rate)
        run.show([alice], seconds: 3)
        run.finish()
        #expect(run.begun == [1])
        #expect(run.ended == [1])
        #expect(run.changes[0].label == "person" && run.changes[0].start == .zero)
        #expect(run.changes[1].reason == .sourceEnded)
        #expect(run.changes[0].segment == run.changes[1].segment)
    }

    @Test("a newcomer is reported only once confirmed, and never when seen but for a moment")
    func tentative() {
        var run = Run()
        run.show([alice])
        run.show([alice])
        #expect(run.people.allSatisfy(\.isEmpty) && run.changes.isEmpty)
        run.show([], seconds: 1)
        #expect(run.changes.isEmpty)
        run.show([alice], seconds: 1)
        #expect(run.begun == [1], "the glimpse used up no id")
    }

    @Test("a doubtful source confirms nobody")
    func doubtful() {
        var run = Run()
        var ghost = alice
        ghost.score = 0.6
        run.show([ghost], seconds: 5)
        #expect(run.changes.isEmpty && run.people.allSatisfy(\.isEmpty))
    }

    @Test("a lost track revives within its patience", arguments: [10, 30])
    func revives(rate: Int) {
        var run = Run(rate: rate)
        run.show([alice, bob], seconds: 2)
        run.show([bob], seconds: 1.5)
        #expect(run.people.last?.count == 1)
        run.show([alice, bob], seconds: 2)
        #expect(run.begun == [1, 2] && run.ended.isEmpty)
        #expect(run.people.last?.map(\.track.value) == [1, 2])
    }

    @Test("a lost track does not revive after its patience", arguments: [10, 30])
    func expires(rate: Int) {
        var run = Run(rate: rate)
        run.show([alice], seconds: 2)
        run.show([], seconds: 2.3)
        #expect(run.ended == [1])
        #expect(run.changes.last?.reason == .trackEnded)
        run.show([alice], seconds: 1)
        #expect(run.begun == [1, 2])
    }

    @Test("the patience is a setting")
    func patience() {
        var settings = TrackerSettings()
        settings.patience = .milliseconds(500)
        var run = Run(settings: settings)
        run.show([alice], seconds: 1)
        run.show([], seconds: 0.8)
        run.show([alice], seconds: 1)
        #expect(run.begun == [1, 2])
    }

    @Test("people who cross keep their ids", arguments: [10, 30])
    func crossing(rate: Int) {
        var run = Run(rate: rate)
        for step in 0...(4 * rate) {
            let part = Float(step) / Float(4 * rate)
            run.show([
                StagedPerson(x: 0.1 + 0.8 * part, y: 0.5), StagedPerson(x: 0.9 - 0.8 * part, y: 0.52, arms: 1),
            ])
        }
        #expect(run.begun.count == 2)
        let first = run.people.first { $0.count == 2 }!
        let last = run.people.last!
        let leftAtFirst = first.min { $0.pose.keypoints[0]!.x < $1.pose.keypoints[0]!.x }!.track
        let rightAtLast = last.max { $0.pose.keypoints[0]!.x < $1.pose.keypoints[0]!.x }!.track
        #expect(leftAtFirst == rightAtLast)
    }

    @Test("a person hidden while walking on is found again where expected")
    func hiddenWhileWalking() {
        var run = Run()
        for step in 0..<40 {
            let x = 0.2 + 0.015 * Float(step)
            run.show((18..<24).contains(step) ? [] : [StagedPerson(x: x, y: 0.5)])
        }
        #expect(run.begun == [1] && run.ended.isEmpty)
    }

    @Test("after a cut the only person lost is the only newcomer, unless nobody walks that far in that time")
    func cut() {
        for (x, ids) in [(0.38, [1]), (0.7, [1, 2])] as [(Float, [Int])] {
            var run = Run()
            run.show([StagedPerson(x: 0.35, y: 0.5)], seconds: 2)
            run.show([StagedPerson(x: x, y: 0.52, height: 0.75)], seconds: 2)
            #expect(run.begun == ids, "\(x)")
            #expect(run.people.last?.map(\.track.value) == [ids.last!])
        }
    }

    @Test("nobody comes back farther away than people walk", arguments: [10, 30])
    func leaps(rate: Int) {
        for seed in 0..<100 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            var run = Run(rate: rate)
            let gap = Float.random(in: 0.1...1.8, using: &generator)
            let (from, to) = (
                Float.random(in: 0.1...0.9, using: &generator), Float.random(in: 0.1...0.9, using: &generator)
            )
            run.show([StagedPerson(x: from, y: 0.5)], seconds: 1)
            run.show([], seconds: Double(gap))
            run.show([StagedPerson(x: to, y: 0.5)], seconds: 1)
            // The figure's height, 0.5, stands for 1.85 m.
            let metres = abs(to - from) * StagedPerson.aspectRatio / 0.5 * 1.85
            if metres > 0.3 + 2.5 * (gap + 0.2) { #expect(run.begun == [1, 2], "seed \(seed)") }
        }
    }

    @Test("of skeletons of other programs everybody is given in every frame, from the first on, and as they are")
    func everybody() {
        for seed in 0..<40 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            var tracker = Tracker(settings: .forSkeletons)
            var walkers = (0..<6).map { _ in
                StagedPerson(
                    x: .random(in: 0...1, using: &generator), y: .random(in: 0.3...0.7, using: &generator),
                    height: .random(in: 0.1...0.9, using: &generator))
            }
            for frame in 0..<60 {
                var poses: [Pose] = []
                for index in walkers.indices where Int.random(in: 0..<4, using: &generator) > 0 {
                    walkers[index].x += .random(in: -0.05...0.05, using: &generator)
                    walkers[index].score = .random(in: 0...1, using: &generator)
                    var pose = walkers[index].pose
                    let leastSeen = Double.random(in: 0...1, using: &generator)
                    for joint in 1..<17 where Double.random(in: 0...1, using: &generator) < leastSeen {
                        pose.keypoints[joint] = nil
                    }
                    poses.append(pose)
                }
                let given = tracker.update(poses, frame: frame, at: .milliseconds(frame * 100), aspectRatio: 16 / 9)
                    .people
                #expect(given.map(\.pose.keypoints).count == poses.count, "seed \(seed), frame \(frame)")
                #expect(poses.allSatisfy { pose in given.contains { $0.pose.keypoints == pose.keypoints } })
                #expect(Set(given.map(\.track)).count == given.count)
            }
        }
    }

    @Test("somebody whose hips come and go is one track", arguments: [5, 10, 30])
    func flickeringHips(rate: Int) {
        for seed in 0..<20 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            var run = Run(rate: rate, settings: .forSkeletons)
            for frame in 0..<(4 * rate) {
                var person = StagedPerson(x: 0.4 + 0.1 * Float(frame) / Float(rate), y: 0.7, height: 1.1)
                person.arms = .random(in: 0...1, using: &generator)
                var pose = person.pose
                for joint in 13..<17 { pose.keypoints[joint] = nil }
                for joint in 11..<13 where Bool.random(using: &generator) { pose.keypoints[joint] = nil }
                run.show([pose])
            }
            #expect(run.begun == [1] && run.ended.isEmpty, "seed \(seed)")
            #expect(run.people.allSatisfy { $0.count == 1 }, "seed \(seed)")
        }
    }

    @Test("over dropped pictures people are held as far as they can have walked, and are lost by starving")
    func starved() {
        func run(to x: Float, isStarved: Bool) -> [SegmentChange] {
            var tracker = Tracker()
            var changes: [SegmentChange] = []
            for frame in 0..<20 {
                let time = Duration.milliseconds(frame * 100) + (frame < 10 ? .zero : .seconds(4))
                changes +=
                    tracker.update(
                        [StagedPerson(x: frame < 10 ? 0.4 : x, y: 0.5).pose], frame: frame, at: time,
                        aspectRatio: 16 / 9,
                        unwatched: isStarved && frame == 10 ? .seconds(4) : .zero
                    ).changes
            }
            for frame in 20..<50 {
                changes +=
                    tracker.update([], frame: frame, at: .milliseconds(frame * 100 + 4_000), aspectRatio: 16 / 9)
                    .changes
            }
            return changes.filter { $0.phase == .end }
        }
        #expect(run(to: 0.45, isStarved: true).map(\.reason) == [.trackEnded])
        let lost = run(to: 3, isStarved: true)
        #expect(lost.map(\.track.value) == [1, 2] && lost.map(\.reason) == [.starved, .trackEnded])
        #expect(lost[0].presentationTime > .milliseconds(900 + 4_000 + 2_000))
    }

    @Test("somebody who leaves at one side is not somebody who comes in at the other")
    func leavingAndComing() {
        var run = Run()
        for step in 0..<20 { run.show([StagedPerson(x: 0.6 + 0.02 * Float(step), y: 0.5)]) }
        run.show([], seconds: 1)
        for step in 0..<20 { run.show([StagedPerson(x: 0.02 + 0.02 * Float(step), y: 0.5)]) }
        #expect(run.begun == [1, 2])
    }

    @Test("ids are never reused, every begin has one end, and nobody is two people at once")
    func randomComings() {
        for seed in 0..<20 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            var run = Run(rate: 10)
            var present: [StagedPerson] = []
            for _ in 0..<300 {
                if present.count < 5, Int.random(in: 0..<20, using: &generator) == 0 {
                    present.append(
                        StagedPerson(
                            x: .random(in: 0...1, using: &generator), y: .random(in: 0.3...0.7, using: &generator),
                            height: .random(in: 0.2...0.8, using: &generator),
                            arms: .random(in: 0...1, using: &generator)))
                }
                if !present.isEmpty, Int.random(in: 0..<40, using: &generator) == 0 { present.removeFirst() }
                for index in present.indices { present[index].x += .random(in: -0.02...0.02, using: &generator) }
                run.show(present.shuffled(using: &generator))
            }
            run.finish()
            #expect(Set(run.begun).count == run.begun.count, "seed \(seed)")
            #expect(run.begun == run.begun.sorted(), "seed \(seed)")
            #expect(run.ended.sorted() == run.begun, "seed \(seed)")
            for people in run.people {
                #expect(people.map(\.track) == Set(people.map(\.track)).sorted(), "seed \(seed)")
            }
        }
    }

    @Test("ids go on after a source has ended")
    func nextSource() {
        var run = Run()
        run.show([alice], seconds: 1)
        run.finish()
        run.show([alice], seconds: 1)
        #expect(run.begun == [1, 2])
    }

    @Test("poses without any joint, or not a number, harm nothing")
    func emptyPoses() {
        var tracker = Tracker()
        let blank = Pose(topology: .coco17)
        var broken = alice.pose
        for joint in broken.keypoints.indices { broken.keypoints[joint]?.x = .nan }
        for frame in 0..<20 {
            let update = tracker.update([blank, broken], frame: frame, at: .milliseconds(100 * frame), aspectRatio: 1)
            #expect(update == TrackerUpdate())
        }
    }

    @Test("a resting person's jitter is smoothed, and visibility with it")
    func smoothing() {
        var generator = SeededGenerator(seed: 21)
        var tracker = Tracker()
        var raw: [Float] = []
        var smooth: [Float] = []
        for frame in 0..<200 {
            var pose = alice.pose
            for joint in pose.keypoints.indices {
                pose.keypoints[joint]?.x += .random(in: -1e-4...1e-4, using: &generator)
            }
            let update = tracker.update([pose], frame: frame, at: .milliseconds(33 * frame), aspectRatio: 16 / 9)
            guard frame > 50, let person = update.people.first else { continue }
            raw.append(pose.keypoints[9]!.x)
            smooth.append(person.pose.keypoints[9]!.x)
        }
        func travel(_ values: [Float]) -> Float { zip(values, values.dropFirst()).reduce(0) { $0 + abs($1.1 - $1.0) } }
        #expect(travel(smooth) < travel(raw) / 2)
    }

    @Test("the same poses give the same answer")
    func deterministic() {
        func run() -> ([SegmentChange], [[TrackedPose]]) {
            var run = Run(rate: 10)
            for step in 0..<50 {
                run.show([StagedPerson(x: 0.02 * Float(step), y: 0.5), bob, alice].filter { $0.x != 0.3 || step > 9 })
            }
            return (run.changes, run.people)
        }
        let first = run()
        let second = run()
        #expect(first.0 == second.0 && first.1 == second.1)
    }

    @Test("world points alone are tracked as well")
    func worldOnly() {
        var tracker = Tracker()
        let points: [SIMD3<Float>?] = SkeletonTopology.kinect20.jointNames.indices.map { joint in
            SIMD3(0.1 * Float(joint % 3), 0.08 * Float(joint), 2)
        }
        let pose = Pose(topology: .kinect20, worldPoints: points)
        var last = TrackerUpdate()
        for frame in 0..<10 {
            last = tracker.update([pose], frame: frame, at: .milliseconds(33 * frame), aspectRatio: 1)
        }
        #expect(last.people.map(\.track.value) == [1])
        expectClose(last.people[0].pose.worldPoints.map { $0!.y }, points.map { $0!.y }, tolerance: 1e-5)
    }
}
