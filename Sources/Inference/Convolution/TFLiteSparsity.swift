/// How a sparse constant is laid out: a tree of levels, each with all of its places (dense) or a list of them (sparse).
struct TFLiteSparsity {
    private struct Level {
        /// Axis of the shape that the level walks, and how far one place of it moves along that axis.
        var axis: Int
        var step: Int
        var size: Int
        /// First entry of each parent in `places`; nil for a dense level.
        var segments: [Int]?
        var places: [Int] = []
    }

    private let shape: [Int]
    private var levels: [Level] = []

    init(_ table: FlatTable, shape: [Int], place: String) throws(InferenceError) {
        self.shape = shape
        let file = table.buffer.file
        let order = try table.integers(0, as: Int32.self)
        let blockAxes = try table.integers(1, as: Int32.self)
        let metadata = try table.tables(2)
        guard order.count == metadata.count, order.count == shape.count + blockAxes.count, order.count <= 8,
            order.sorted() == Array(0..<order.count), blockAxes.allSatisfy({ shape.indices.contains($0) })
        else {
            throw InferenceError(
                .malformed, file: file, place: place, expected: "one sparsity level an axis of \(shape)",
                found: "order \(order), blocks over axes \(blockAxes), \(metadata.count) levels")
        }
        var blockSizes = [Int](repeating: 1, count: shape.count)
        for (level, entry) in metadata.enumerated() where order[level] >= shape.count {
            let axis = blockAxes[order[level] - shape.count]
            let size = Int(try entry.integer(1, default: Int32(0)))
            guard size > 0, shape[axis] % size == 0, blockSizes[axis] == 1 else {
                throw InferenceError(
                    .malformed, file: file, place: place, expected: "a block size that divides \(shape[axis])",
                    found: "\(size)")
            }
            blockSizes[axis] = size
        }
        for (level, entry) in metadata.enumerated() {
            let isBlock = order[level] >= shape.count
            let axis = isBlock ? blockAxes[order[level] - shape.count] : order[level]
            let size = isBlock ? blockSizes[axis] : shape[axis] / blockSizes[axis]
            var made = Level(axis: axis, step: isBlock ? 1 : blockSizes[axis], size: size)
            if try entry.integer(0, default: Int8(0)) == 0 {
                let stated = Int(try entry.integer(1, default: Int32(0)))
                guard stated == size else {
                    throw InferenceError(
                        .malformed, file: file, place: place, expected: "\(size) places on sparsity level \(level)",
                        found: "\(stated)")
                }
            } else {
                let segments = try Self.indices(entry, typeField: 2, place: place)
                made.places = try Self.indices(entry, typeField: 4, place: place)
                let isAscending = zip(segments, segments.dropFirst()).allSatisfy { $0 <= $1 }
                guard segments.first == 0, isAscending, segments.last == made.places.count,
                    made.places.allSatisfy({ $0 < size })
                else {
                    throw InferenceError(
                        .malformed, file: file, place: place,
                        "sparsity level \(level) lists places outside its \(size) or segments out of order")
                }
                made.segments = segments
            }
            levels.append(made)
        }
    }

    /// The dense numbers, row-major.
    func unpack(_ packed: [Float], count: Int, file: String, place: String) throws(InferenceError) -> [Float] {
        var dense = [Float](repeating: 0, count: count)
        var strides = [Int](repeating: 1, count: shape.count)
        for axis in shape.indices.dropLast().reversed() { strides[axis] = strides[axis + 1] * shape[axis + 1] }
        let malformed = InferenceError(
            .malformed, file: file, place: place, "the sparsity levels ask for other than its \(packed.count) numbers")

        // Breadth first: where each entry of a level lies in the dense array.
        var offsets = [0]
        for level in levels {
            let step = level.step * strides[level.axis]
            var next: [Int] = []
            if let segments = level.segments {
                guard segments.count == offsets.count + 1 else { throw malformed }
                next.reserveCapacity(level.places.count)
                for (parent, offset) in offsets.enumerated() {
                    for entry in segments[parent]..<segments[parent + 1] {
                        next.append(offset + level.places[entry] * step)
                    }
                }
            } else {
                guard offsets.count * level.size <= count else { throw malformed }
                next.reserveCapacity(offsets.count * level.size)
                for offset in offsets {
                    for place in 0..<level.size { next.append(offset + place * step) }
                }
            }
            offsets = next
        }
        guard offsets.count == packed.count else { throw malformed }
        for i in offsets.indices { dense[offsets[i]] = packed[i] }
        return dense
    }

    /// A list of indices stored as 32, 16 or 8 bit integers.
    private static func indices(
        _ entry: FlatTable, typeField: Int, place: String
    ) throws(InferenceError) -> [Int] {
        let type: UInt8 = try entry.integer(typeField, default: 0)
        guard let table = try entry.table(typeField + 1) else { return [] }
        switch type {
        case 1:
            let indices = try table.integers(0, as: Int32.self)
            guard indices.allSatisfy({ $0 >= 0 }) else { break }
            return indices
        case 2: return try table.integers(0, as: UInt16.self)
        case 3: return try table.integers(0, as: UInt8.self)
        default: break
        }
        throw InferenceError(
            .malformed, file: entry.buffer.file, place: place, expected: "a list of indices", found: "kind \(type)")
    }
}
