package import MotionRules
package import Recognition
import Synchronization

/// The gestures and exercises that cameras look for, and that newer ones may replace while they do: each camera takes
/// that up with its next frame.
package final class SharedGestures: Sendable {
    /// What is looked for.
    package struct Content: Sendable {
        package var gestures: [Gesture]
        package var exercises: [Exercise]
        /// Nil where nothing was taught.
        package var taught: ExemplarSet?

        package init(gestures: [Gesture] = [], exercises: [Exercise] = [], taught: ExemplarSet? = nil) {
            self.gestures = gestures
            self.exercises = exercises
            self.taught = taught
        }
    }

    /// The content, and the how many-th it is in this place.
    package struct Edition: Sendable {
        package let number: Int
        package let content: Content
    }

    private let state: Mutex<Edition>

    package init(_ content: Content) { state = Mutex(Edition(number: 1, content: content)) }

    /// What to look for now.
    package var latest: Edition { state.withLock { $0 } }

    /// Puts newer content in the place of the one before.
    package func replace(with content: Content) {
        state.withLock { $0 = Edition(number: $0.number + 1, content: content) }
    }
}
