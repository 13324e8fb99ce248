/// Memory for floats that starts at a cache line, zero at first.
final class AlignedStorage {
    let base: UnsafeMutableRawPointer
    let bytes: Int

    init(bytes: Int) {
        self.bytes = max(bytes, MemoryPlan.alignment)
        base = .allocate(byteCount: self.bytes, alignment: MemoryPlan.alignment)
        base.initializeMemory(as: UInt8.self, repeating: 0, count: self.bytes)
    }

    deinit { base.deallocate() }
}
