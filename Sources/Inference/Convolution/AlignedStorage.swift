import Glibc

/// Memory for floats that starts at a cache line, zero at first.
final class AlignedStorage {
    let base: UnsafeMutableRawPointer
    let bytes: Int

    /// The size of a large page; memory of one or more asks for such pages, which spares the processor many look-ups.
    private static let largePage = 1 << 21

    init(bytes: Int) {
        let isLarge = bytes >= Self.largePage
        let alignment = isLarge ? Self.largePage : MemoryPlan.alignment
        self.bytes = max(1, (bytes + alignment - 1) / alignment) * alignment
        base = .allocate(byteCount: self.bytes, alignment: alignment)
        // A refusal costs speed only.
        if isLarge { madvise(base, self.bytes, MADV_HUGEPAGE) }
        base.initializeMemory(as: UInt8.self, repeating: 0, count: self.bytes)
    }

    deinit { base.deallocate() }
}
