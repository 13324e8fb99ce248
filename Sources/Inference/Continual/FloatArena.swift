/// One allocation that buffers are cut from; freed as a whole.
package final class FloatArena {
    private let base: UnsafeMutablePointer<Float>
    private let capacity: Int
    private var used = 0

    package init(capacity: Int) {
        self.capacity = capacity
        let memory = UnsafeMutableRawPointer.allocate(byteCount: max(capacity, 1) * 4, alignment: 64)
        base = memory.bindMemory(to: Float.self, capacity: max(capacity, 1))
        base.initialize(repeating: 0, count: capacity)
    }

    deinit { UnsafeMutableRawPointer(base).deallocate() }

    /// The next `count` values, zero at first, on a cache line of their own.
    package func take(_ count: Int) -> UnsafeMutablePointer<Float> {
        defer { used += Self.rounded(count) }
        precondition(used + Self.rounded(count) <= capacity, "the arena was sized for every buffer")
        return base + used
    }

    package static func rounded(_ count: Int) -> Int { (count + 15) / 16 * 16 }
}
