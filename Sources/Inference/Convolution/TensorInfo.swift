/// Name and shape of a network's input or output.
package struct TensorInfo: Equatable, Sendable, CustomStringConvertible {
    package let name: String
    /// Axes in row-major order; pictures are (N, height, width, C).
    package let shape: [Int]

    package init(name: String, shape: [Int]) {
        self.name = name
        self.shape = shape
    }

    /// How many numbers the tensor holds.
    package var count: Int { shape.reduce(1, *) }

    package var description: String { "\(name) \(shape)" }
}
