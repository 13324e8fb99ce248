/// Whose turn it is when several want what only some can have at once: everybody gets the same time in the end.
///
/// Start-time fair queueing (Goyal et al. 1996): each member's time is stamped on what it asks for, the smallest stamp
/// goes first, and who comes back from a pause starts with those at work, so that nobody saves time up.
package struct FairShare: Sendable {
    package typealias Member = Int

    private struct Request {
        let member: Member
        let start: Duration
        /// Settles equal stamps in the order of asking.
        let order: Int
    }

    private var free: Int
    private var waiting: [Request] = []
    /// Up to where each member's time is used.
    private var finish: [Member: Duration] = [:]
    /// The stamp of what was let in last.
    private var virtualTime = Duration.zero
    private var starts: [Member: Duration] = [:]
    private var orders = 0

    /// - Parameter permits: how many may be let in at once.
    package init(permits: Int) {
        precondition(permits > 0, "somebody must be let in")
        free = permits
    }

    /// A member, which has nothing else under way, asks to be let in.
    package mutating func request(_ member: Member) {
        orders += 1
        waiting.append(
            Request(member: member, start: max(virtualTime, finish[member] ?? .zero), order: orders))
    }

    /// Lets in the one whose turn it is; nil when nobody waits or nobody more may enter.
    package mutating func admit() -> Member? {
        guard free > 0, let index = waiting.indices.min(by: { isBefore(waiting[$0], waiting[$1]) }) else { return nil }
        let request = waiting.remove(at: index)
        free -= 1
        virtualTime = request.start
        starts[request.member] = request.start
        return request.member
    }

    /// A member that was let in is done after this much time.
    package mutating func release(_ member: Member, after used: Duration) {
        guard let start = starts.removeValue(forKey: member) else {
            preconditionFailure("only who was let in can be done")
        }
        finish[member] = start + used
        free += 1
    }

    /// Forgets a member that is not let in.
    package mutating func remove(_ member: Member) {
        waiting.removeAll { $0.member == member }
        finish[member] = nil
    }

    private func isBefore(_ a: Request, _ b: Request) -> Bool { (a.start, a.order) < (b.start, b.order) }
}
