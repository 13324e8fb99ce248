import Synchronization

/// What cameras use, and what something newer may replace while they do: each camera takes that up with its next frame.
package final class Shared<Content: Sendable>: Sendable {
    /// The content, and the how many-th it is in this place.
    package struct Edition: Sendable {
        package let number: Int
        package let content: Content
    }

    private let state: Mutex<Edition>

    package init(_ content: Content) { state = Mutex(Edition(number: 1, content: content)) }

    /// What to use now.
    package var latest: Edition { state.withLock { $0 } }

    /// Puts newer content in the place of the one before.
    package func replace(with content: Content) {
        state.withLock { $0 = Edition(number: $0.number + 1, content: content) }
    }
}
