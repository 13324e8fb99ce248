/// A mapping that does not fit its robot.
package struct RetargetingError: Error, Hashable, CustomStringConvertible {
    /// What is wrong, what was expected and what was found.
    package let description: String

    package init(_ description: String) { self.description = description }
}
