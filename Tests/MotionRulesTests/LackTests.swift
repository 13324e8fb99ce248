import MotionRules
import Testing

/// What explanations say of a measure that was not where it should have been.
struct LackTests {
    private func sentences(
        _ name: String, above: Float, release: Float, denied: Bool = false, reached: Float
    ) throws -> [String] {
        let measure = try #require(Measure.named(name))
        let most = Float.greatestFiniteMagnitude
        let part = Condition.predicate(Predicate(measure: measure, range: above...most, holding: release...most))
        var trace = MeasureTrace(measures: [measure])
        trace.append(
            [Measurement(value: reached, confidence: 1)], of: Measurer(measures: [measure]), at: .zero)
        return trace.shortfalls(of: denied ? .none([part]) : part).flatMap { $0.lacks.map(\.sentence) }
    }

    @Test("what should not be is wanted below where it is released, by as much as is told")
    func denied() throws {
        let said = try sentences("uneven_knee", above: 20, release: 15, denied: true, reached: 25)
        #expect(said == ["uneven_knee reached 25, wanted not above 15 degrees (10 too much)"])
    }

    @Test("what rounding would hide is just short, not 0.00")
    func close() throws {
        let near = try sentences("hip_drop", above: 0.23, release: 0.2, reached: 0.2296)
        #expect(near == ["hip_drop reached 0.23, wanted above 0.23 (just short)"])
        let far = try sentences("hip_drop", above: 0.23, release: 0.2, reached: 0.12)
        #expect(far == ["hip_drop reached 0.12, wanted above 0.23 (0.11 short)"])
    }
}
