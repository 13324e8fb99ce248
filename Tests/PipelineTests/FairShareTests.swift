import Foundation
import Pipeline
import Synchronization
import TestSupport
import Testing

struct FairShareTests {
    /// Lets members that always want more work side by side; gives who was done when.
    private func simulate(
        permits: Int, costs: [Duration], until end: Duration, joining: [Duration] = []
    ) -> [(member: Int, time: Duration)] {
        var share = FairShare(permits: permits)
        var working: [(member: Int, until: Duration)] = []
        var done: [(member: Int, time: Duration)] = []
        var toCome = costs.indices.map { ($0, joining.isEmpty ? Duration.zero : joining[$0]) }
        var now = Duration.zero
        while now < end {
            for (member, _) in toCome where joining.isEmpty || joining[member] <= now { share.request(member) }
            toCome.removeAll { $0.1 <= now }
            while let member = share.admit() { working.append((member, now + costs[member])) }
            #expect(working.count <= permits)
            let next = (working.map(\.until) + toCome.map(\.1)).min() ?? end
            now = next
            for ended in working where ended.until <= now {
                share.release(ended.member, after: costs[ended.member])
                done.append((ended.member, now))
                share.request(ended.member)
            }
            working.removeAll { $0.until <= now }
        }
        return done
    }

    @Test(
        "over any stretch, cameras of equal load get the same number of pictures, within one",
        arguments: [(1, 2), (1, 5), (2, 3), (2, 7), (4, 5), (4, 16)])
    func equalLoad(permits: Int, cameras: Int) {
        let done = simulate(
            permits: permits, costs: Array(repeating: .milliseconds(20), count: cameras), until: .seconds(10))
        for start in stride(from: 0.0, to: 9, by: 0.35) {
            for length in [0.1, 0.5, 1.0] {
                let part = done.filter { $0.time > .seconds(start) && $0.time <= .seconds(start + length) }
                let counts = (0..<cameras).map { camera in part.count { $0.member == camera } }
                #expect(counts.max()! - counts.min()! <= 2, "\(permits) of \(cameras): \(counts)")
            }
        }
        let counts = (0..<cameras).map { camera in done.count { $0.member == camera } }
        #expect(counts.max()! - counts.min()! <= 1)
    }

    @Test("cameras of unequal load get the same time")
    func unequalLoad() {
        let costs: [Duration] = [.milliseconds(10), .milliseconds(40), .milliseconds(25)]
        let done = simulate(permits: 1, costs: costs, until: .seconds(30))
        let times = costs.indices.map { camera in costs[camera] * done.count { $0.member == camera } }
        #expect(times.max()! - times.min()! <= .milliseconds(80), "\(times)")
    }

    @Test("who comes late or back from a pause gets a fair share from then on, and nothing for the time before")
    func late() {
        let cost = Duration.milliseconds(10)
        let done = simulate(
            permits: 1, costs: [cost, cost, cost], until: .seconds(4), joining: [.zero, .zero, .seconds(2)])
        let after = done.filter { $0.time > .seconds(2) }
        let counts = (0..<3).map { camera in after.count { $0.member == camera } }
        #expect(counts.max()! - counts.min()! <= 2, "\(counts)")
    }

    @Test("threads at a gate: never more inside than permits, and everybody gets through alike")
    func gate() {
        let gate = FairGate(permits: 2)
        let inside = Mutex((now: 0, most: 0))
        let counts = Mutex<[Int: Int]>([:])
        let isOver = Atomic<Bool>(false)
        let finished = DispatchGroup()
        for _ in 0..<6 {
            let member = gate.join()
            finished.enter()
            Thread {
                while !isOver.load(ordering: .relaxed) {
                    gate.pass(member) {
                        inside.withLock {
                            $0.now += 1
                            $0.most = max($0.most, $0.now)
                        }
                        usleep(2_000)
                        inside.withLock { $0.now -= 1 }
                    }
                    let total = counts.withLock { counts in
                        counts[member, default: 0] += 1
                        return counts.values.reduce(0, +)
                    }
                    if total >= 600 { isOver.store(true, ordering: .relaxed) }
                }
                gate.leave(member)
                finished.leave()
            }.start()
        }
        finished.wait()
        #expect(inside.withLock { $0.most } == 2)
        let all = counts.withLock { Array($0.values) }
        #expect(all.count == 6)
        #expect(all.min()! >= 60, "\(all)")
    }
}
