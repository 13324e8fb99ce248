import Skeleton
import Testing

@Suite("Times from outside")
struct DurationBoundsTests {
    @Test("every time has its microseconds, the nearest there are where 64 bits do not hold them")
    func microseconds() {
        #expect(Duration.microseconds(-1_500_001).inMicroseconds == -1_500_001)
        #expect(Duration.nanoseconds(1_999).inMicroseconds == 1)
        #expect(Duration.microseconds(Int64.max).inMicroseconds == .max)
        #expect(Duration.microseconds(Int64.min).inMicroseconds == .min)
        #expect((Duration.microseconds(Int64.max) + .microseconds(1)).inMicroseconds == .max)
        #expect((Duration.microseconds(Int64.min) - .microseconds(1)).inMicroseconds == .min)
        #expect(Duration.seconds(Int64.max).inMicroseconds == .max)
        #expect(Duration.seconds(Int64.min).inMicroseconds == .min)
    }

    @Test("every number makes a time")
    func seconds() {
        #expect(Duration(clampingSeconds: -1.5) == .milliseconds(-1500))
        #expect(Duration(clampingSeconds: .nan) == .zero)
        #expect(Duration(clampingSeconds: .infinity) == .microseconds(Int64.max))
        #expect(Duration(clampingSeconds: -1e300) == .microseconds(Int64.min))
        #expect(Duration(clampingSeconds: 0x1p63 / 1e6) == .microseconds(Int64.max))
    }
}
