import Testing
import Training

struct TimeConfusionTests {
    @Test("seconds are counted by what was done and what was said; silence is nothing")
    func counts() {
        var times = TimeConfusion(classes: ["squat", "walk"])
        #expect(times.classes == ["squat", "walk", "nothing"])
        times.add(
            [
                .init(label: "squat", start: 1, end: 4, reported: 1.5),
                .init(label: "walk", start: 4, end: 6, reported: 5),
                .init(label: "walk", start: 20, end: 30, reported: 21),
            ],
            truth: [.init(label: "squat", start: 0, end: 5), .init(label: "nothing", start: 5, end: 10)])
        #expect(times.seconds == [[3, 1, 1], [0, 0, 0], [0, 1, 4]])
        #expect(times.recall(0) == 0.6 && times.precision(0) == 1)
        #expect(times.recall(1) == 0 && times.precision(1) == 0)
        #expect(times.right == 0.7)
        var both = times
        both.add(times)
        #expect(both.right == times.right && both.total(0) == 10)
    }
}
