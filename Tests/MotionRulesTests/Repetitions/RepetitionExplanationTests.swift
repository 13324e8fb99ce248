import MarkedYAML
import MotionRules
import Puppet
import Skeleton
import TestSupport
import Testing

struct RepetitionExplanationTests {
    private func explained(
        _ frames: [SkeletonFrame], exercises: [Exercise]? = nil
    ) throws -> (repetitions: [Repetition], explanations: [RuleExplanation]) {
        var counter = RepetitionCounter(
            exercises: try exercises ?? MotionRuleSet(folder: Performance.folder).exercises, explains: true)
        let repetitions = frames.flatMap { counter.update($0) }
        return (repetitions, counter.explanations)
    }

    private func squat(_ changes: (String, String)...) throws -> [Exercise] {
        var text = """
            exercise: squat
            phases:
              - name: up
                when: {measure: hip_drop, below: 0.18, release: 0.2}
              - name: down
                when: {all: [{measure: hip_drop, above: 0.23, release: 0.2}, {measure: torso, below: 80, release: 90}]}
            range: {measure: knee, falls: 25}
            duration: {at_least: 0.5, at_most: 8}
            """
        for (part, replacement) in changes { text = text.replacing(part, with: replacement) }
        guard case .exercise(let exercise) = try MotionRule(yaml: text, file: "r.yaml") else { return [] }
        return [exercise]
    }

    /// Frames one after another at 30 a second.
    private func timed(_ frames: [SkeletonFrame], rate: Double = 30) -> [SkeletonFrame] {
        frames.enumerated().map { index, frame in
            var frame = frame
            frame.index = index
            frame.presentationTime = .seconds(Double(index) / rate)
            return frame
        }
    }

    @Test("counts with and without explanations agree, and every repetition is an attempt")
    func agreement() throws {
        let kinds: [PuppetKind] = [.squat, .pushUp, .jumpingJack, .walk, .lunge, .sitToStand, .wave, .bend]
        for seed in UInt64(1)...4 {
            for kind in kinds {
                let frames = Performance.frames(
                    kind, azimuth: Float(seed) * 0.8, noise: seed % 2 == 0 ? BlazePoseNoise() : .none, seed: seed)
                let (repetitions, explanations) = try explained(frames)
                #expect(repetitions == (try Performance.count(frames)), "\(kind) \(seed)")
                for explanation in explanations {
                    let own = repetitions.filter { $0.exercise == explanation.rule.name }
                    #expect(explanation.attempts.compactMap(\.index) == own.map(\.index))
                }
            }
        }
    }

    @Test("nothing is noted down where nobody asks")
    func silence() throws {
        var counter = try Performance.counter()
        for frame in Performance.frames(.squat, seed: 1) { _ = counter.update(frame) }
        #expect(counter.explanations.isEmpty)
    }

    @Test("squats that turn back half-way are partial, with the depth reached and wanted", arguments: UInt64(2)...3)
    func partial(seed: UInt64) throws {
        let whole = Performance.frames(.squat, repetitions: 1, seed: seed)
        let truth = PuppetPerformance(.squat, style: .clear, length: .repetitions(1), mirrored: false, seed: seed)
        let real = try #require(truth.repetitions.first)
        let down = whole.filter { $0.presentationTime.inSeconds < real.start + (real.turnStart - real.start) * 0.5 }
        let bob = down + down.reversed()
        let (repetitions, explanations) = try explained(
            timed((0..<4).flatMap { _ in bob } + whole),
            exercises: try squat(("above: 0.23", "above: 0.35")))
        let attempts = try #require(explanations.first).attempts
        #expect(repetitions.count == 1)
        #expect(attempts.count == 5, "\(attempts)")
        for attempt in attempts.dropLast() {
            let refusal = try #require(attempt.refusal)
            #expect(refusal.reason == .partial && refusal.phase == "down")
            let lack = try #require(refusal.shortcomings.first)
            #expect(lack.what == "hip_drop" && lack.unit == "ratio")
            let (reached, least, short) = (
                try #require(lack.reached), try #require(lack.least), try #require(lack.shortBy)
            )
            #expect(abs(least - 0.35) < 1e-6 && reached < least && abs(least - reached - short) < 1e-5)
            #expect(refusal.sentence.hasPrefix("partial: phase 'down' was not reached: hip_drop reached 0."))
        }
        #expect(attempts.last?.index == 1)
    }

    @Test("squats in a hurry are too quick, by so much")
    func quick() throws {
        let frames = timed(Performance.frames(.squat, seed: 3), rate: 30)
        let (repetitions, explanations) = try explained(
            frames, exercises: try squat(("at_least: 0.5", "at_least: 6")))
        #expect(repetitions.isEmpty)
        let attempts = try #require(explanations.first).attempts
        #expect(attempts.map { $0.refusal?.reason } == Array(repeating: .tooQuick, count: 4))
        for attempt in attempts {
            let lack = try #require(attempt.refusal?.shortcomings.first)
            #expect(lack.what == "duration" && lack.unit == "seconds" && lack.least == 6)
            #expect(abs(try #require(lack.reached) - Float((attempt.end - attempt.start).inSeconds)) < 0.01)
        }
    }

    @Test("squats that take longer than they may are too slow, and told once each")
    func slow() throws {
        let (repetitions, explanations) = try explained(
            Performance.frames(.squat, seed: 4), exercises: try squat(("at_most: 8", "at_most: 0.8")))
        #expect(repetitions.isEmpty)
        let reasons = try #require(explanations.first).attempts.map { $0.refusal?.reason }
        #expect(reasons == Array(repeating: .tooSlow, count: 4), "\(reasons)")
    }

    @Test("other conditions are told by measure: first phase, range, travel, torso")
    func conditions() throws {
        let frames = Performance.frames(.squat, seed: 5)
        let cases: [((String, String), Refusal.Reason, String)] = [
            (
                ("{measure: hip_drop, below: 0.18, release: 0.2}", "{measure: arm, above: 160, release: 150}"),
                .notReady, "arm"
            ),
            (("falls: 25", "falls: 170"), .partial, "knee"),
            (("range:", "travel: [{measure: ankle_spread, at_least: 3}]\nrange:"), .travel, "ankle_spread"),
            (("torso, below: 80", "torso, below: 1"), .partial, "torso"),
        ]
        for (change, reason, measure) in cases {
            let (repetitions, explanations) = try explained(frames, exercises: try squat(change))
            #expect(repetitions.isEmpty)
            let refusals = try #require(explanations.first).attempts.compactMap(\.refusal)
            #expect(refusals.count == 4, "\(reason) \(refusals)")
            #expect(
                refusals.allSatisfy { $0.reason == reason && $0.shortcomings.first?.what == measure }, "\(refusals)")
        }
    }

    @Test("joints that are not seen are named with the share of the time")
    func unseen() throws {
        let frames = Performance.frames(.squat, seed: 6).map { frame in
            var frame = frame
            let topology = frame.people[0].pose.topology
            for name in ["leftAnkle", "rightAnkle"] where frame.index % 4 != 0 {
                guard let joint = topology.index(of: name) else { continue }
                frame.people[0].pose.keypoints[joint]?.visibility = 0.05
            }
            return frame
        }
        let (repetitions, explanations) = try explained(frames, exercises: try squat())
        let explanation = try #require(explanations.first)
        #expect(repetitions == (try count(frames, try squat())))
        let ankles = explanation.unseen.filter { $0.point == .leftAnkle || $0.point == .rightAnkle }
        #expect(ankles.count == 2)
        for ankle in ankles { #expect(abs(ankle.share - 0.75) < 0.02 && ankle.isDoubtful) }
        #expect(explanation.attempts.allSatisfy { $0.index != nil || !$0.unseen.isEmpty })
    }

    private func count(_ frames: [SkeletonFrame], _ exercises: [Exercise]) throws -> [Repetition] {
        var counter = RepetitionCounter(exercises: exercises)
        return frames.flatMap { counter.update($0) }
    }

    @Test("standing still is no attempt, and a repetition cut off by the end is unfinished")
    func edges() throws {
        var random = SeededGenerator(seed: 7)
        let first = try #require(Performance.frames(.stand, repetitions: 1, seed: 7).first)
        let standing = timed(
            (0..<300).map { _ in
                var frame = first
                for joint in frame.people[0].pose.worldPoints.indices {
                    frame.people[0].pose.worldPoints[joint]? += SIMD3(
                        repeating: .random(in: -0.01...0.01, using: &random))
                }
                return frame
            })
        #expect(try explained(standing, exercises: try squat()).explanations.allSatisfy(\.attempts.isEmpty))
        let whole = Performance.frames(.squat, repetitions: 1, seed: 8)
        let turn = try #require(try count(whole, try squat()).first).turningPoint
        let cut = whole.filter { $0.presentationTime < turn }
        let attempts = try #require(try explained(cut, exercises: try squat()).explanations.first).attempts
        #expect(attempts.map { $0.refusal?.reason } == [.unfinished])
    }

    @Test("an ended track is told by itself, and one that comes after begins anew")
    func tracks() throws {
        var counter = RepetitionCounter(exercises: try squat(), explains: true)
        let frames = Performance.frames(.squat, repetitions: 2, seed: 5)
        for frame in frames { _ = counter.update(frame) }
        counter.end(TrackID(1))
        for frame in frames { _ = counter.update(frame) }
        _ = counter.finish()
        #expect(counter.explanations.map { $0.attempts.compactMap(\.index) } == [[1, 2], [1, 2]])
    }

    @Test("every way out and back is found once, however noisy the way")
    func excursions() {
        var random = SeededGenerator(seed: 1)
        let times = (0..<1200).map { Duration.milliseconds($0 * 33) }
        let values = times.map { time in
            Float(abs((time.inSeconds.truncatingRemainder(dividingBy: 4)) - 2)) * 40
                + .random(in: -6...6, using: &random)
        }
        for rises in [true, false] {
            let found = Excursion.all(
                in: values, at: times, rises: rises, least: 30, patience: .milliseconds(500))
            #expect((9...11).contains(found.count), "\(found)")
            for way in found { #expect(way.start <= way.peak && way.peak <= way.end) }
        }
    }
}
