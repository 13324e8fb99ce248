import Foundation
import Randomness
import Skeleton

/// The repetitions of a performance one after another, and how far along the movement is at any time.
struct Repetitions: Sendable {
    private(set) var all: [PuppetRepetition]
    /// When the last pause ends.
    let duration: Double
    private let easing: Easing

    /// Mean times of one repetition, in seconds; each repetition differs by `variation` (relative deviation).
    struct Tempo: Sendable {
        var out: Float
        var hold: Float
        var back: Float
        var rest: Float
        var variation: Float
        var amplitudeVariation: Float = 0.05
        var easing: Easing = .minimumJerk
    }

    /// - Parameter side: the working side of the n-th repetition, counted from 0.
    init(
        _ tempo: Tempo, length: PuppetLength, using random: inout SplitMix64,
        side: (Int) -> PuppetSide? = { _ in nil }
    ) {
        func vary(_ time: Float) -> Double { Double(max(0, time * (1 + tempo.variation * random.gaussian()))) }
        var all: [PuppetRepetition] = []
        var time = vary(tempo.rest) * 0.5
        while !length.isReached(at: time, after: all.count) {
            let reach = time + max(0.08, vary(tempo.out))
            let leave = reach + vary(tempo.hold)
            let end = leave + max(0.08, vary(tempo.back))
            let amplitude = max(0.5, min(1, 1 - abs(tempo.amplitudeVariation * random.gaussian())))
            all.append(
                PuppetRepetition(
                    start: time, turnStart: reach, turnEnd: leave, end: end, amplitude: amplitude, side: side(all.count)
                ))
            time = end + vary(tempo.rest)
        }
        self.all = all
        duration = length.duration(whenDoneAt: time)
        easing = tempo.easing
    }

    /// Times drawn at random, in seconds at an everyday pace: the ways out and back take the style's, the pauses do not.
    init(
        _ style: PuppetStyle, out: ClosedRange<Float>, hold: ClosedRange<Float>, back: ClosedRange<Float>,
        rest: ClosedRange<Float>, length: PuppetLength, using random: inout SplitMix64,
        side: (Int) -> PuppetSide? = { _ in nil }
    ) {
        let way = random.uniform(out.lowerBound, out.upperBound) / style.speed
        let pause = random.uniform(hold.lowerBound, hold.upperBound)
        let wayBack = random.uniform(back.lowerBound, back.upperBound) / style.speed
        let tempo = Tempo(
            out: way, hold: pause, back: wayBack, rest: random.uniform(rest.lowerBound, rest.upperBound),
            variation: style.variation)
        self.init(tempo, length: length, using: &random, side: side)
    }

    /// The same with each repetition going so far.
    func taking(_ amplitudes: [Float]) -> Repetitions {
        precondition(amplitudes.count == all.count, "one amplitude a repetition")
        var plan = self
        for index in all.indices { plan.all[index].amplitude = amplitudes[index] }
        return plan
    }

    /// The repetition under way at a time, or the last one begun; nil before the first.
    func current(at time: Double) -> (index: Int, repetition: PuppetRepetition)? {
        let next = all.partitioningIndex { $0.start > time }
        return next == 0 ? nil : (next - 1, all[next - 1])
    }

    /// 0 in the starting posture, the repetition's amplitude at the far end.
    func level(at time: Double) -> Float {
        guard let (_, now) = current(at: time) else { return 0 }
        return now.amplitude * Repetitions.share(of: now, at: time, easing)
    }

    /// The level, and the side at work.
    func stroke(at time: Double) -> (level: Float, side: PuppetSide?) {
        (level(at: time), current(at: time)?.repetition.side ?? all.first?.side)
    }

    static func share(of now: PuppetRepetition, at time: Double, _ easing: Easing) -> Float {
        if time < now.turnStart { return easing(Float((time - now.start) / (now.turnStart - now.start))) }
        if time <= now.turnEnd { return 1 }
        return 1 - easing(Float((time - now.turnEnd) / (now.end - now.turnEnd)))
    }
}
