import Rendering
import TestSupport
import Testing

struct MomentTests {
    @Test("what happens is shown, and not what lies between")
    func happenings() {
        var moments = (0..<100).map { Moment(time: Double($0), weight: 0.3, label: "somebody") }
        for (index, time) in [10.4, 30.4, 50.4, 70.4, 90.4].enumerated() {
            moments.append(Moment(time: time, weight: 3, label: "event \(index)"))
        }
        let chosen = Moment.choice(of: moments, count: 12)
        #expect(chosen.count == 12)
        #expect(Set(100..<105).isSubset(of: Set(chosen)))
        #expect(chosen.map { moments[$0].time } == chosen.map { moments[$0].time }.sorted())
    }

    @Test("of what happens often the pictures are spread over the time")
    func spread() {
        let moments = (0..<200).map { Moment(time: Double($0), weight: 3, label: "squat") }
        let times = Moment.choice(of: moments, count: 10).map { moments[$0].time }
        for (earlier, later) in zip(times, times.dropFirst()) { #expect(5...40 ~= later - earlier) }
        #expect(times.first! < 30 && times.last! > 170)
    }

    @Test("something rare is kept among much that is alike, and few moments are all kept")
    func rare() {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<50 {
            var moments = (0..<60).map { _ in
                Moment(time: .random(in: 0..<100, using: &random), weight: 3, label: "squat")
            }
            moments.append(Moment(time: 150, weight: 3, label: "wave"))
            #expect(Moment.choice(of: moments, count: 12).contains(60))
            let few = Array(moments.prefix(12))
            #expect(Set(Moment.choice(of: few, count: 12)) == Set(few.indices))
        }
        #expect(Moment.choice(of: [], count: 12).isEmpty)
    }
}
