import CAllocationCounter

/// How many times `body` asks for memory on this thread.
public func allocations(in body: () throws -> Void) rethrows -> Int {
    let before = laban_allocation_count()
    try body()
    return Int(laban_allocation_count() - before)
}
