import Waiting

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
    private let condition = MonotonicCondition()
    private var elements: [Element] = []
    private var isShut = false
    private var droppedCount = 0

    private let capacity: Int
    private let policy: Policy
    private let isKept: @Sendable (Element) -> Bool
    private let inherit: @Sendable (Element, inout Element) -> Void

    /// - Parameters:
    ///   - isKept: elements that are never dropped, and take no room.
    ///   - inherit: what the next element that can be dropped takes over from one that was.
    package init(
        capacity: Int, policy: Policy, keeping isKept: @escaping @Sendable (Element) -> Bool = { _ in false },
        inheriting inherit: @escaping @Sendable (_ dropped: Element, _ next: inout Element) -> Void = { _, _ in }
    ) {
        precondition(capacity > 0, "a queue holds at least one element")
        self.capacity = capacity
        self.policy = policy
        self.isKept = isKept
        self.inherit = inherit
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
        condition.withLock {
            var element = element
            if !isKept(element) { makeRoom(for: &element) }
            guard !isShut else { return false }
            elements.append(element)
            condition.broadcast()
            return true
        }
    }

    /// Takes the oldest element, waiting for one; nil once the queue is closed and empty.
    package func pop() -> Element? {
        condition.withLock {
            condition.wait { !elements.isEmpty || isShut }
            guard !elements.isEmpty else { return nil }
            let element = elements.removeFirst()
            condition.broadcast()
            return element
        }
    }

    /// Waits until `pop()` would not; false when it still would after this time.
    package func waitForElement(within limit: Duration) -> Bool {
        condition.withLock { condition.wait(within: limit) { !elements.isEmpty || isShut } }
    }

    /// No further element is taken; those inside can still be popped.
    package func close() {
        condition.withLock {
            isShut = true
            condition.broadcast()
        }
    }

    private func makeRoom(for new: inout Element) {
        switch policy {
        case .wait: condition.wait { hasRoom || isShut }
        case .dropOldest:
            while !hasRoom, let oldest = elements.firstIndex(where: { !isKept($0) }) {
                let dropped = elements.remove(at: oldest)
                droppedCount += 1
                if let next = elements.firstIndex(where: { !isKept($0) }) {
                    inherit(dropped, &elements[next])
                } else {
                    inherit(dropped, &new)
                }
            }
        }
    }

    private var hasRoom: Bool { elements.count { !isKept($0) } < capacity }
}
