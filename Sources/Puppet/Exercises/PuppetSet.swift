import Foundation
import Randomness

/// A set of one exercise, in good form or with one fault, with the truth about every repetition of it.
///
/// A second of rest comes before it and three after it. Everything follows from the seed.
package struct PuppetSet: Sendable {
    package let exercise: PuppetExercise
    package let fault: PuppetFault?
    package let body: PuppetBody
    /// In seconds, in order.
    package let repetitions: [PuppetRepetition]
    /// Seconds.
    package let duration: Double
    private let motion: any Motion

    private static let lead = 1.0
    private static let tail = 3.0

    /// - Parameters:
    ///   - fault: one of this exercise's; nil for good form.
    ///   - count: how many repetitions.
    ///   - shares: of those that go less far than the others, by number from 0: the share of the range.
    ///   - measure: what the range is measured by.
    package init(
        _ exercise: PuppetExercise, fault: PuppetFault? = nil, count: Int, shares: [Int: Float] = [:], seed: UInt64,
        measure: (PuppetSkeleton) -> Float
    ) {
        precondition(fault.map { $0.exercise == exercise } ?? true, "a fault is one of its exercise")
        self.exercise = exercise
        self.fault = fault
        var random = SplitMix64(seed: seed)
        let body = PuppetBody(using: &random)
        self.body = body
        let own = random.fork()
        func motion(_ amplitudes: [Float]) -> any RepeatedMotion {
            Self.motion(exercise, fault, body, amplitudes: amplitudes, random: own)
        }
        var amplitudes = [Float](repeating: 1, count: count)
        let full = motion(amplitudes)
        for (index, share) in shares.sorted(by: { $0.key < $1.key }) {
            let time = full.repetitions[index]
            let rest = measure(body.skeleton(full.figure(at: time.start)))
            func way(_ motion: any RepeatedMotion) -> Float {
                abs(measure(body.skeleton(motion.figure(at: time.turnStart))) - rest)
            }
            let wanted = share * way(full)
            var (low, high) = (Float(0), Float(1))
            for _ in 0..<12 {
                amplitudes[index] = (low + high) / 2
                if way(motion(amplitudes)) < wanted { low = amplitudes[index] } else { high = amplitudes[index] }
            }
        }
        let done = motion(amplitudes)
        self.motion = done
        duration = Self.lead + done.duration + Self.tail
        repetitions = done.repetitions.map { repetition in
            var moved = repetition
            moved.start += Self.lead
            moved.turnStart += Self.lead
            moved.turnEnd += Self.lead
            moved.end += Self.lead
            return moved
        }
    }

    /// The joints at a time, as of a person at the origin and headed along z.
    package func skeleton(at time: Double) -> PuppetSkeleton {
        body.skeleton(body.onFloor(motion.figure(at: max(0, min(motion.duration, time - Self.lead)))))
    }

    private static func motion(
        _ exercise: PuppetExercise, _ fault: PuppetFault?, _ body: PuppetBody, amplitudes: [Float], random: SplitMix64
    ) -> any RepeatedMotion {
        var random = random
        var style = PuppetStyle(using: &random)
        style.amplitude = 1
        style.variation = min(style.variation, 0.1)
        let length = PuppetLength.repetitions(amplitudes.count)
        let recipe = MotionRecipe(body: body, style: style, length: length, random: random.fork())
        let isQuick = exercise == .jumpingJack
        let tempo = Repetitions.Tempo(
            out: random.uniform(0.7, 1.4) * (isQuick ? 0.4 : 1) / style.speed,
            hold: random.uniform(0, 0.4) * (isQuick ? 0.1 : 1),
            back: random.uniform(0.7, 1.4) * (isQuick ? 0.4 : 1) / style.speed,
            rest: random.uniform(0.1, 0.8) * (isQuick ? 0.2 : 1), variation: style.variation,
            easing: random.chance(0.5) ? .minimumJerk : .cosine)
        let first: PuppetSide = random.chance(0.5) ? .left : .right
        let plan = Repetitions(tempo, length: length, using: &random, side: first.taking(turns: false))
        var small = random.fork()
        let varied = amplitudes.map { $0 * (1 - abs(0.02 * small.gaussian())) }
        return Drill(fault: fault, recipe: recipe, plan: plan.taking(varied), random: random).motion(of: exercise)
    }
}
