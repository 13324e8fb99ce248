import Foundation

/// A first-in first-out queue of limited length between two threads.
///
/// A producer that finds it full either waits (files lose nothing) or pushes the oldest element out (a live source
/// never lags); what was pushed out is counted.
package final class BoundedQueue<Element: Sendable>: @unchecked Sendable {
    /// What happens to a new element when the queue is full.
    package enum Policy: Sendable {
        case wait
        case dropOldest
    }

    // `condition` protects every variable below.
    private let condition = NSCondition()
    private var elements: [Element] = []
    private var isShut = false
    private var droppedCount = 0

    private let capacity: Int
    private let policy: Policy

    package init(capacity: Int, policy: Policy) {
        precondition(capacity > 0, "a queue holds at least one element")
        self.capacity = capacity
        self.policy = policy
        elements.reserveCapacity(capacity)
    }

    /// How many elements were pushed out so far.
    package var dropped: Int {
        condition.withLock { droppedCount }
    }

    /// Whether no further element is taken.
    package var isClosed: Bool { condition.withLock { isShut } }

    /// Adds an element; returns false when the queue is closed and the element was not taken.
    @discardableResult
    package func push(_ element: Element) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        while elements.count == capacity && !isShut {
            switch policy {
            case .wait: condition.wait()
            case .dropOldest:
                elements.removeFirst()
                droppedCount += 1
            }
        }
        guard !isShut else { return false }
        elements.append(element)
        condition.broadcast()
        return true
    }

    /// Takes the oldest element, waiting for one; nil once the queue is closed and empty.
    package func pop() -> Element? {
        condition.lock()
        defer { condition.unlock() }
        while elements.isEmpty && !isShut { condition.wait() }
        guard !elements.isEmpty else { return nil }
        let element = elements.removeFirst()
        condition.broadcast()
        return element
    }

    /// No further element is taken; those inside can still be popped.
    package func close() {
        condition.withLock {
            isShut = true
            condition.broadcast()
        }
    }
}
