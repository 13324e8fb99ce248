/// One table of a FlatBuffers file. Fields are known by their number; absent ones have defaults.
struct FlatTable {
    let buffer: FlatBuffer
    let position: Int
    private let fields: Int
    private let fieldBytes: Int
    private let tableBytes: Int

    init(_ buffer: FlatBuffer, at position: Int) throws(InferenceError) {
        self.buffer = buffer
        self.position = position
        let back = Int(try buffer.load(Int32.self, at: position))
        fields = position - back
        fieldBytes = Int(try buffer.load(UInt16.self, at: fields))
        tableBytes = Int(try buffer.load(UInt16.self, at: fields + 2))
        guard fieldBytes >= 4, fields + fieldBytes <= buffer.bytes.count, tableBytes >= 4,
            position + tableBytes <= buffer.bytes.count
        else {
            throw InferenceError(
                .malformed, file: buffer.file, place: "table at byte \(position)", expected: "a table within the file",
                found: "\(fieldBytes) bytes of fields, \(tableBytes) bytes of values")
        }
    }

    /// Byte offset of a field's value; nil where the field is absent.
    func offset(of field: Int) throws(InferenceError) -> Int? {
        let entry = 4 + 2 * field
        guard entry + 2 <= fieldBytes else { return nil }
        let distance = Int(try buffer.load(UInt16.self, at: fields + entry))
        return distance == 0 ? nil : position + distance
    }

    func integer<T: FixedWidthInteger>(_ field: Int, default value: T) throws(InferenceError) -> T {
        guard let offset = try offset(of: field) else { return value }
        return try buffer.load(T.self, at: offset)
    }

    func table(_ field: Int) throws(InferenceError) -> FlatTable? {
        guard let offset = try offset(of: field) else { return nil }
        return try FlatTable(buffer, at: try buffer.follow(offset))
    }

    /// A vector of elements `stride` bytes each; empty where the field is absent.
    func vector(_ field: Int, stride: Int) throws(InferenceError) -> FlatVector {
        guard let offset = try offset(of: field) else { return .empty }
        let start = try buffer.follow(offset)
        let count = Int(try buffer.load(UInt32.self, at: start))
        guard count <= (buffer.bytes.count - start - 4) / stride else {
            throw InferenceError(
                .malformed, file: buffer.file, place: "vector at byte \(start)",
                expected: "at most \((buffer.bytes.count - start - 4) / stride) elements", found: "\(count)")
        }
        return FlatVector(start: start + 4, count: count)
    }

    func integers<T: FixedWidthInteger>(_ field: Int, as type: T.Type) throws(InferenceError) -> [Int] {
        let vector = try vector(field, stride: MemoryLayout<T>.size)
        var result: [Int] = []
        result.reserveCapacity(vector.count)
        for i in 0..<vector.count {
            result.append(Int(try buffer.load(T.self, at: vector.start + i * MemoryLayout<T>.size)))
        }
        return result
    }

    func tables(_ field: Int) throws(InferenceError) -> [FlatTable] {
        let vector = try vector(field, stride: 4)
        var result: [FlatTable] = []
        result.reserveCapacity(vector.count)
        for i in 0..<vector.count {
            result.append(try FlatTable(buffer, at: try buffer.follow(vector.start + 4 * i)))
        }
        return result
    }

    func string(_ field: Int) throws(InferenceError) -> String {
        let vector = try vector(field, stride: 1)
        return String(decoding: buffer.bytes[vector.start..<vector.start + vector.count], as: UTF8.self)
    }
}
