import Inference
import Recognition
import Testing

struct TimeCurveTests {
    @Test("a straight curve is even, and a bent one goes from start to end and never back")
    func monotone() {
        #expect(TimeCurve([]).moments(5) == [0, 0.25, 0.5, 0.75, 1])
        var stream = NumberStream(seed: 2)
        for _ in 0..<200 {
            let moments = TimeCurve((0..<3).map { _ in stream.normal() * 0.4 }).moments(17)
            #expect(moments.count == 17 && moments.last == 1)
            #expect(moments.allSatisfy { 0...1 ~= $0 })
            for (a, b) in zip(moments, moments.dropFirst()) { #expect(a <= b) }
        }
    }

    @Test("a bend hurries the middle on, its opposite holds it back as much")
    func bends() {
        let (early, late) = (TimeCurve([-0.1]).moments(9), TimeCurve([0.1]).moments(9))
        #expect(early[4] < 0.5 && late[4] > 0.5)
        #expect(abs(early[4] + late[4] - 1) < 1e-6)
    }
}
