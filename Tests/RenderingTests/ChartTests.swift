import Imaging
import Rendering
import Testing

struct ChartTests {
    private func chart(_ count: Int, note: String = "") -> Chart {
        let times = (0..<count).map { Double($0) / 30 }
        return Chart(
            title: "squat by #1", legend: [Chart.Key("measure", tint: Chart.curve, look: .line)], times: times,
            strips: [
                Chart.Strip(
                    title: "attempts", spans: [Chart.Span(start: 0.5, end: 1, label: "1", tint: Chart.good)],
                    shadesPanels: true)
            ],
            panels: [
                Chart.Panel(
                    title: "knee (degrees)", values: times.map { Float($0) * 10 },
                    limits: [Chart.Limit(value: 5, label: "down: below 5 degrees", tint: 0, isFaint: false)],
                    points: [Chart.Point(time: 0.9, value: 9, label: "a 9")])
            ], notes: note.isEmpty ? [] : [note])
    }

    private func colours(_ picture: PixelBuffer) -> Set<[UInt8]> {
        Set((0..<picture.width * picture.height).map { Array(picture.bytes[$0 * 3..<$0 * 3 + 3]) })
    }

    @Test("a chart has its curve, its limits and its marks in colours of their own")
    func colours() throws {
        let picture = try #require(Chart.picture(of: [chart(60)]))
        let found = colours(picture)
        for colour: [UInt8] in [[30, 34, 42], [0, 100, 190], [205, 40, 40]] { #expect(found.contains(colour)) }
    }

    @Test("long recordings make wider pictures, up to a limit, and charts stand under one another")
    func sizes() throws {
        let short = try #require(Chart.picture(of: [chart(60)]))
        let long = try #require(Chart.picture(of: [chart(1800)]))
        let endless = try #require(Chart.picture(of: [chart(200_000)]))
        #expect(short.width < long.width && long.width < endless.width && endless.width < 4000)
        let both = try #require(Chart.picture(of: [chart(60), chart(60)]))
        #expect(both.height == 2 * short.height)
        #expect(Chart.picture(of: []) == nil)
    }

    @Test("long sentences are broken into lines, and odd numbers draw nothing")
    func oddities() throws {
        let plain = try #require(Chart.picture(of: [chart(60, note: "a")]))
        let wordy = try #require(
            Chart.picture(of: [chart(60, note: String(repeating: "hip_drop reached 0.12 ", count: 40))]))
        #expect(wordy.width == plain.width && wordy.height > plain.height)
        let empty = Chart(title: "", times: [], panels: [Chart.Panel(title: "", values: [])])
        #expect(Chart.picture(of: [empty]) != nil)
        let unknown = Chart(
            title: "x", times: [0, 1, 2], panels: [Chart.Panel(title: "y", values: [.nan, .infinity, 1])])
        #expect(Chart.picture(of: [unknown]) != nil)
    }
}
