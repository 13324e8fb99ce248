/// Why cameras cannot be brought together.
package struct RigError: Error, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
