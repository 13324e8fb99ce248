/// Gathers constants while a network is planned, each starting at a cache line.
struct ConstantPool {
    /// Where a constant starts, in bytes.
    struct Place: Equatable {
        var offset: Int

        func advanced(byNumbers count: Int) -> Place { Place(offset: offset + count * MemoryLayout<Float>.stride) }
    }

    private var bytes: [UInt8] = []

    mutating func add<Number: BitwiseCopyable>(_ numbers: [Number]) -> Place {
        let place = Place(offset: bytes.count)
        numbers.withUnsafeBytes { bytes.append(contentsOf: $0) }
        let over = bytes.count % MemoryPlan.alignment
        if over > 0 { bytes.append(contentsOf: repeatElement(0, count: MemoryPlan.alignment - over)) }
        return place
    }

    /// The constants in memory of their own.
    func stored() -> AlignedStorage {
        let storage = AlignedStorage(bytes: bytes.count)
        bytes.withUnsafeBytes { bytes in
            if let base = bytes.baseAddress { storage.base.copyMemory(from: base, byteCount: bytes.count) }
        }
        return storage
    }
}
