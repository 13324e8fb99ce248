import ConeDNN

/// The layout of a tensor of 32-bit floats, axes in oneDNN's order (N, C, height, width).
final class OneDNNDescriptor {
    let handle: OpaquePointer

    private init(owning handle: OpaquePointer) { self.handle = handle }

    /// Dimensions with the distance between neighbours on each axis, in numbers.
    convenience init(_ dimensions: [Int], strides: [Int]) throws(OneDNNFailure) {
        let made = laban_dnnl_descriptor_create(
            Int32(dimensions.count), dimensions.map(Int64.init), strides.map(Int64.init))
        guard let made else { throw OneDNNFailure(call: "descriptor \(dimensions)", status: 0) }
        self.init(owning: made)
    }

    /// A picture whose channels lie next to each other (N, height, width, C), the plain layout here.
    convenience init(plain dimensions: [Int]) throws(OneDNNFailure) {
        let (channels, height, width) = (dimensions[1], dimensions[2], dimensions[3])
        try self.init(dimensions, strides: [channels * height * width, 1, width * channels, channels])
    }

    /// Dimensions whose layout oneDNN chooses.
    convenience init(free dimensions: [Int]) throws(OneDNNFailure) {
        guard let made = laban_dnnl_descriptor_create(Int32(dimensions.count), dimensions.map(Int64.init), nil) else {
            throw OneDNNFailure(call: "descriptor \(dimensions)", status: 0)
        }
        self.init(owning: made)
    }

    /// The layout a primitive settled on for one of its arguments; nil where it has no such argument.
    convenience init?(_ operation: OpaquePointer, _ query: dnnl_query_t) {
        guard let made = laban_dnnl_query(operation, query) else { return nil }
        self.init(owning: made)
    }

    deinit { laban_dnnl_descriptor_free(handle) }

    var bytes: Int { laban_dnnl_descriptor_bytes(handle) }

    func isSame(as other: OneDNNDescriptor) -> Bool { laban_dnnl_descriptor_equal(handle, other.handle) != 0 }
}
