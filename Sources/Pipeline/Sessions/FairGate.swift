import Waiting

/// Shares the processor among cameras: as many as there are permits work at once, the others wait for their turn, and
/// each gets the same time. While a camera waits, newer pictures replace the one it would have worked on.
package final class FairGate: @unchecked Sendable {
    // `condition` protects every variable below.
    private let condition = MonotonicCondition()
    private var share: FairShare
    private var inside: Set<FairShare.Member> = []
    private var members = 0

    /// - Parameter permits: how many cameras may work at once: the cores, over the threads of each.
    package init(permits: Int) { share = FairShare(permits: permits) }

    /// A new member's number.
    package func join() -> FairShare.Member {
        condition.withLock {
            members += 1
            return members
        }
    }

    /// A member comes no more.
    package func leave(_ member: FairShare.Member) {
        condition.withLock { share.remove(member) }
    }

    /// Runs `body` when it is the member's turn.
    package func pass<R>(_ member: FairShare.Member, _ body: () throws -> R) rethrows -> R {
        condition.withLock {
            share.request(member)
            admit()
            condition.wait { inside.contains(member) }
        }
        let start = ContinuousClock.now
        defer {
            condition.withLock {
                inside.remove(member)
                share.release(member, after: ContinuousClock.now - start)
                admit()
            }
        }
        return try body()
    }

    private func admit() {
        while let next = share.admit() { inside.insert(next) }
        condition.broadcast()
    }
}
