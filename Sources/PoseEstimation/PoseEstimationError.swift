import Files

/// Why no pose can be estimated: the pose networks are missing, broken, or not the ones expected.
package struct PoseEstimationError: LocatedError {
    /// Names the file, what was expected and what was found.
    package let message: String

    package init(_ message: String) { self.message = message }
}
