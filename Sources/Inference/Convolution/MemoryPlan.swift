/// Places buffers that live at different times over each other in one stretch of memory.
struct MemoryPlan {
    /// Bytes needed from the step that writes it first to the step that reads it last, both included.
    struct Buffer {
        var bytes: Int
        var life: ClosedRange<Int>
    }

    /// Every buffer starts at a multiple of this.
    static let alignment = 64
    /// Byte offset of each buffer.
    private(set) var offsets: [Int]
    private(set) var totalBytes = 0

    /// Largest first, each at the lowest place that no buffer alive at the same time has taken.
    init(_ buffers: [Buffer]) {
        offsets = [Int](repeating: 0, count: buffers.count)
        let order = buffers.indices.sorted { (buffers[$1].bytes, $0) < (buffers[$0].bytes, $1) }
        var taken: [(range: Range<Int>, life: ClosedRange<Int>)] = []
        for i in order {
            let bytes = (buffers[i].bytes + Self.alignment - 1) / Self.alignment * Self.alignment
            var offset = 0
            for other in taken where other.life.overlaps(buffers[i].life) {
                if offset + bytes <= other.range.lowerBound { break }
                offset = max(offset, other.range.upperBound)
            }
            offsets[i] = offset
            let range = offset..<offset + bytes
            let position = taken.firstIndex { $0.range.lowerBound > offset } ?? taken.count
            taken.insert((range, buffers[i].life), at: position)
            totalBytes = max(totalBytes, offset + bytes)
        }
    }
}
