import Pipeline
import Testing

struct LoadMeterTests {
    /// Feeds a meter 25 pictures a second of which a share is dropped, told by the second; gives what it said when.
    private func reports(seconds: Int, droppedShare: (Int) -> Double) -> [(second: Int, report: LoadMeter.Report)] {
        var meter = LoadMeter()
        var worked = 0
        var dropped = 0.0
        var said: [(Int, LoadMeter.Report)] = []
        for second in 0...seconds {
            if let report = meter.update(worked: worked, dropped: Int(dropped), at: .seconds(second)) {
                said.append((second, report))
            }
            let share = droppedShare(second)
            worked += Int((25 * (1 - share)).rounded())
            dropped += (25 * share).rounded()
        }
        return said
    }

    @Test("nothing is said of a camera that keeps up, nor of a picture lost now and then")
    func quiet() {
        #expect(reports(seconds: 300) { _ in 0 }.isEmpty)
        #expect(reports(seconds: 300) { $0 % 10 == 0 ? 0.2 : 0 }.isEmpty)
    }

    @Test("shedding is said when it begins, changes and ends, with its figures, ten seconds apart at least")
    func shedding() {
        let said = reports(seconds: 200) { $0 < 40 ? 0 : $0 < 100 ? 0.52 : $0 < 150 ? 0.2 : 0 }
        #expect(said.map(\.report.isDropping) == [true, true, false])
        #expect(abs(said[0].report.droppedShare - 0.52) < 0.02)
        #expect(abs(said[0].report.framesPerSecond - 12) < 0.5)
        #expect(abs(said[1].report.droppedShare - 0.2) < 0.02)
        #expect(said[2].report.droppedShare == 0)
        #expect(said.map(\.second) == [50, 110, 160])
    }

    @Test("after an outage counting begins anew")
    func restart() {
        var meter = LoadMeter()
        _ = meter.update(worked: 0, dropped: 0, at: .zero)
        meter.restart()
        #expect(meter.update(worked: 10, dropped: 90, at: .seconds(60)) == nil)
        #expect(meter.update(worked: 260, dropped: 90, at: .seconds(70)) == nil)
    }
}
