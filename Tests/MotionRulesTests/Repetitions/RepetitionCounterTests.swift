import MotionRules
import Puppet
import Skeleton
import TestSupport
import Testing

struct RepetitionCounterTests {
    static let counted: [PuppetKind] = [.squat, .pushUp, .jumpingJack]

    @Test("each exercise is counted exactly, and as no other, from every side", arguments: counted)
    func exact(kind: PuppetKind) throws {
        for azimuth: Float in [0, 0.8, 1.57, 2.6, -1.2] {
            for seed in UInt64(1)...3 {
                let repetitions = try Performance.count(Performance.frames(kind, azimuth: azimuth, seed: seed))
                #expect(repetitions.map(\.exercise) == Array(repeating: kind.rawValue, count: 4), "\(azimuth) \(seed)")
                #expect(repetitions.map(\.index) == [1, 2, 3, 4])
            }
        }
    }

    @Test("counts do not depend on the frame rate", arguments: counted)
    func frameRates(kind: PuppetKind) throws {
        for rate in [10.0, 15, 30, 60] {
            let repetitions = try Performance.count(Performance.frames(kind, rate: rate, seed: 5))
            #expect(repetitions.map(\.exercise) == Array(repeating: kind.rawValue, count: 4), "\(rate)")
        }
    }

    @Test("counts do not depend on the playback speed", arguments: [0.7, 1, 1.4])
    func pace(pace: Double) throws {
        for kind in Self.counted {
            let repetitions = try Performance.count(Performance.frames(kind, pace: pace, seed: 6))
            #expect(repetitions.map(\.exercise) == Array(repeating: kind.rawValue, count: 4), "\(kind)")
        }
    }

    @Test("a mirrored performance counts the same at the same times", arguments: counted)
    func mirror(kind: PuppetKind) throws {
        let here = try Performance.count(Performance.frames(kind, seed: 7))
        let there = try Performance.count(Performance.frames(kind, mirrored: true, seed: 7))
        #expect(here.count == 4 && there.count == 4)
        for (a, b) in zip(here, there) {
            #expect(a.frame == b.frame && abs((a.end - b.end).inSeconds) < 0.005, "\(a.end) \(b.end)")
        }
    }

    @Test("turning points and tempo are those of the performance", arguments: counted)
    func tempo(kind: PuppetKind) throws {
        let truth = PuppetPerformance(kind, style: .clear, length: .repetitions(4), mirrored: false, seed: 8)
        let repetitions = try Performance.count(Performance.frames(kind, seed: 8))
        #expect(repetitions.count == truth.repetitions.count)
        for (found, real) in zip(repetitions, truth.repetitions) {
            let turn = found.turningPoint.inSeconds
            #expect((real.turnStart - 0.1...real.turnEnd + 0.1).contains(turn), "\(turn) in \(real)")
            #expect(abs(found.start.inSeconds - real.start) < 0.25 && abs(found.end.inSeconds - real.end) < 0.3)
            #expect(found.outward > .zero && found.inward > .zero)
            #expect(found.rangeUnit == .degrees && (50...180).contains(found.rangeOfMotion ?? 0))
            #expect((0.5...1).contains(found.confidence))
        }
    }

    @Test(
        "with simulated pose errors few repetitions are missed and none is counted twice",
        arguments: [(PuppetKind.squat, 36), (.jumpingJack, 38), (.pushUp, 32)])
    func noise(kind: PuppetKind, least: Int) throws {
        var found = 0
        for seed in UInt64(1)...10 {
            found += try Performance.count(
                Performance.frames(kind, azimuth: Float(seed) * 0.6, noise: BlazePoseNoise(), seed: seed)
            ).filter { $0.exercise == kind.rawValue }.count
        }
        #expect((least...40).contains(found), "\(found) of 40")
    }

    @Test(
        "other everyday motion counts as nothing",
        arguments: [
            PuppetKind.stand, .walk, .run, .jump, .sideLunge, .legRaise, .wave, .clap, .punch, .kick,
        ])
    func elsewhere(kind: PuppetKind) throws {
        for seed in UInt64(1)...4 {
            var counter = SetCounter(exercises: try MotionRuleSet(folder: Performance.folder).exercises)
            let frames = Performance.frames(kind, azimuth: Float(seed) * 0.7, seed: seed)
            #expect(frames.flatMap { counter.update($0) }.isEmpty && counter.finish().isEmpty, "\(seed)")
        }
    }

    @Test("squats that turn back half-way do not count", arguments: UInt64(1)...4)
    func partial(seed: UInt64) throws {
        let whole = Performance.frames(.squat, repetitions: 1, seed: seed)
        let truth = PuppetPerformance(.squat, style: .clear, length: .repetitions(1), mirrored: false, seed: seed)
        let squat = try #require(truth.repetitions.first)
        let down = whole.filter { $0.presentationTime.inSeconds < (squat.start + squat.turnStart) / 2 }
        let bob = down + down.reversed()
        let frames = (0..<4).flatMap { _ in bob }.enumerated().map { index, frame in
            var frame = frame
            frame.index = index
            frame.presentationTime = .seconds(Double(index) / 30)
            return frame
        }
        #expect(try Performance.count(frames).isEmpty)
        #expect(try Performance.count(whole).count == 1)
    }

    @Test("a fifth of the frames may be lost", arguments: counted)
    func droppedFrames(kind: PuppetKind) throws {
        var random = SeededGenerator(seed: 9)
        let kept = Performance.frames(kind, seed: 9).filter { _ in Int.random(in: 0..<5, using: &random) > 0 }
        #expect(try Performance.count(kept).count == 4)
    }

    @Test("frames gone wild by themselves neither break repetitions nor make any", arguments: counted)
    func wildFrames(kind: PuppetKind) throws {
        func mixed(_ frames: [SkeletonFrame], with others: [SkeletonFrame]) -> [SkeletonFrame] {
            zip(frames, others).enumerated().map { index, pair in
                var frame = pair.0
                if index % 7 == 3 { frame.people = pair.1.people }
                return frame
            }
        }
        let performed = Performance.frames(kind, seed: 14)
        let standing = Performance.frames(.stand, repetitions: 20, seed: 15)
        let still = performed.map { frame in
            var frame = frame
            frame.people = standing[0].people
            return frame
        }
        #expect(try Performance.count(mixed(performed, with: still)).count == 4)
        #expect(try Performance.count(mixed(still, with: performed)).isEmpty)
    }

    @Test("four people at once count as each alone")
    func together() throws {
        let cast: [(PuppetKind, Int)] = [(.squat, 1), (.jumpingJack, 2), (.pushUp, 3), (.squat, 4)]
        let alone = cast.map { kind, track in Performance.frames(kind, track: track, seed: UInt64(10 + track)) }
        let length = alone.map(\.count).min() ?? 0
        var together = try Performance.counter()
        var found: [Repetition] = []
        for index in 0..<length {
            var frame = alone[0][index]
            frame.people = alone.flatMap { $0[index].people }
            found += together.update(frame)
        }
        for (frames, member) in zip(alone, cast) {
            let own = try Performance.count(Array(frames.prefix(length)))
            #expect(found.filter { $0.track == TrackID(member.1) } == own)
            #expect(!own.isEmpty)
        }
    }

    @Test("joints that are not seen never count")
    func unseen() throws {
        for kind in Self.counted {
            let frames = Performance.frames(kind, seed: 11).map { frame in
                var frame = frame
                for joint in frame.people[0].pose.keypoints.indices {
                    frame.people[0].pose.keypoints[joint]?.visibility = 0.05
                }
                return frame
            }
            #expect(try Performance.count(frames).isEmpty)
        }
    }

    @Test("a repetition during which the person is out of sight for long is dropped")
    func gap() throws {
        let frames = Performance.frames(.squat, seed: 12)
        let whole = try Performance.count(frames)
        let second = try #require(whole.dropFirst().first)
        let cut = frames.map { frame in
            var frame = frame
            if second.turningPoint - .milliseconds(400) < frame.presentationTime,
                frame.presentationTime < second.turningPoint + .milliseconds(400)
            {
                frame.people[0].pose.keypoints = frame.people[0].pose.keypoints.map { _ in nil }
            }
            return frame
        }
        #expect(try Performance.count(cut).count == 3)
    }

    @Test("an ended track starts anew, and nothing is given at the end")
    func end() throws {
        let frames = Performance.frames(.squat, seed: 13)
        var counter = try Performance.counter()
        #expect(frames.flatMap { counter.update($0) }.map(\.index) == [1, 2, 3, 4])
        counter.end(TrackID(1))
        #expect(frames.flatMap { counter.update($0) }.map(\.index) == [1, 2, 3, 4])
        #expect(counter.finish().isEmpty)
    }
}
