import Files

/// Why text is no event, id or topic.
package struct EventsError: LocatedError {
    /// What was expected and what was found, as one sentence without a full stop.
    package let message: String

    package init(_ message: String) { self.message = message }
}
