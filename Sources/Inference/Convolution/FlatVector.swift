/// A run of equal elements inside a FlatBuffers file, known to lie within it.
struct FlatVector {
    /// Byte offset of the first element.
    let start: Int
    let count: Int
    static let empty = FlatVector(start: 0, count: 0)
}
