/// A height and a width, in cells.
package struct Extent: Equatable, Sendable, CustomStringConvertible {
    package var height: Int
    package var width: Int

    package init(_ height: Int, _ width: Int) {
        self.height = height
        self.width = width
    }

    package var description: String { "\(height) x \(width)" }
}
