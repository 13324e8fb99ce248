/// Where buffers and constants are once a network has its memory.
struct StepMemory {
    let activations: UnsafeMutableRawPointer
    /// Byte offset of each buffer.
    let offsets: [Int]
    let constants: UnsafeMutableRawPointer

    func buffer(_ index: Int) -> UnsafeMutablePointer<Float> {
        (activations + offsets[index]).assumingMemoryBound(to: Float.self)
    }

    func constant<Number>(_ place: ConstantPool.Place) -> UnsafePointer<Number> {
        UnsafePointer((constants + place.offset).assumingMemoryBound(to: Number.self))
    }
}
