import MotionRules
import TestSupport
import Testing

struct ConditionTests {
    private let knee = Measure.named("knee")!
    private let hip = Measure.named("hip")!
    private var low: Condition {
        .predicate(Predicate(measure: knee, range: -1e6...100, holding: -1e6...120))
    }
    private var open: Condition { .predicate(Predicate(measure: hip, range: 150...1e6, holding: 140...1e6)) }

    private func sure(_ value: Float) -> Measurement { Measurement(value: value, confidence: 1) }

    @Test("a predicate begins at its threshold and ends at its release")
    func hysteresis() {
        var state = ConditionState(low, measures: [knee])
        let claims = [130, 110, 99, 110, 119, 121, 110].map { state.evaluate([sure($0)]) }
        #expect(claims == [.no, .no, .yes, .yes, .yes, .no, .no])
    }

    @Test("noise narrower than the gap never makes it chatter")
    func noise() {
        var random = SeededGenerator(seed: 2)
        var state = ConditionState(low, measures: [knee])
        var changes = 0
        var last = Claim.no
        for step in 0..<4000 {
            // Two slow descents and ascents through both borders.
            let slow = 110 + 50 * Float(abs(step % 2000 - 1000) - 500) / 500
            let claim = state.evaluate([sure(slow + .random(in: -9...9, using: &random))])
            if claim != last { changes += 1 }
            last = claim
        }
        #expect(changes == 4)
    }

    @Test("all and any follow three-valued logic, and what is not known refuses no none")
    func combinations() {
        let (yes, no) = (sure(90), sure(170))
        let cases: [(Measurement?, Measurement?, all: Claim, any: Claim, none: Claim)] = [
            (yes, no, .yes, .yes, .no), (no, no, .no, .yes, .no), (yes, yes, .no, .yes, .no), (no, yes, .no, .no, .yes),
            (nil, no, .unknown, .yes, .no), (nil, yes, .no, .unknown, .yes),
            (nil, nil, .unknown, .unknown, .yes),
        ]
        for (k, h, all, any, none) in cases {
            for (condition, expected) in [
                (Condition.all([low, open]), all), (.any([low, open]), any), (.none([low, open]), none),
            ] {
                var state = ConditionState(condition, measures: [knee, hip])
                #expect(state.evaluate([k, h]) == expected, "\(String(describing: k)) \(String(describing: h))")
            }
        }
    }
}
