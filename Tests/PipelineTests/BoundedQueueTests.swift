import Foundation
import Pipeline
import Testing

struct BoundedQueueTests {
    @Test("a waiting queue loses nothing and keeps the order, however slow the consumer")
    func waits() {
        let queue = BoundedQueue<Int>(capacity: 2, policy: .wait)
        let producer = Thread {
            for number in 0..<1000 { queue.push(number) }
            queue.close()
        }
        producer.start()
        var taken: [Int] = []
        while let number = queue.pop() { taken.append(number) }
        #expect(taken == Array(0..<1000))
        #expect(queue.dropped == 0)
    }

    @Test("a live queue keeps the newest and counts what it dropped")
    func dropsOldest() {
        let queue = BoundedQueue<Int>(capacity: 3, policy: .dropOldest)
        for number in 0..<10 { #expect(queue.push(number)) }
        queue.close()
        var taken: [Int] = []
        while let number = queue.pop() { taken.append(number) }
        #expect(taken == [7, 8, 9])
        #expect(queue.dropped == 7)
    }

    @Test("what is to be kept is never dropped, takes no room and stays in its place")
    func keeps() {
        let queue = BoundedQueue<Int>(capacity: 1, policy: .dropOldest) { $0 < 0 }
        for number in [1, -1, -2, 2, 3, -3] { queue.push(number) }
        queue.close()
        var taken: [Int] = []
        while let number = queue.pop() { taken.append(number) }
        #expect(taken == [-1, -2, 3, -3])
        #expect(queue.dropped == 2)
    }

    @Test("an element takes over from those dropped before it")
    func inherits() {
        let queue = BoundedQueue<[Int]>(
            capacity: 2, policy: .dropOldest, keeping: { $0.contains(-1) },
            inheriting: { dropped, next in next = dropped + next })
        for number in [1, 2, -1, 3, 4] { queue.push([number]) }
        queue.close()
        var taken: [[Int]] = []
        while let numbers = queue.pop() { taken.append(numbers) }
        #expect(taken == [[-1], [1, 2, 3], [4]])
    }

    @Test("waiting for an element ends with one, with the close, or with its time")
    func waiting() {
        let queue = BoundedQueue<Int>(capacity: 1, policy: .wait)
        #expect(!queue.waitForElement(within: .milliseconds(5)))
        let producer = Thread { queue.push(1) }
        producer.start()
        #expect(queue.waitForElement(within: .seconds(60)))
        #expect(queue.pop() == 1)
        queue.close()
        #expect(queue.waitForElement(within: .seconds(60)))
        #expect(queue.pop() == nil)
    }

    @Test("a closed queue takes nothing more, and a producer that waits is let go")
    func closes() {
        let queue = BoundedQueue<Int>(capacity: 1, policy: .wait)
        queue.push(1)
        let refused = DispatchSemaphore(value: 0)
        let producer = Thread {
            if !queue.push(2) { refused.signal() }
        }
        producer.start()
        queue.close()
        refused.wait()
        #expect(queue.pop() == 1)
        #expect(queue.pop() == nil)
    }
}
