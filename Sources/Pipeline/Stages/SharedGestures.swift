package import MotionRules
package import Recognition
package import Shapes
import Synchronization

/// The gestures and exercises that cameras look for, and that newer ones may replace while they do: each camera takes
/// that up with its next frame.
package final class SharedGestures: Sendable {
    /// What is looked for.
    package struct Content: Sendable {
        package var gestures: [Gesture]
        /// Networks that gestures by hand shape and posture ask.
        package var shapes: ShapeModels
        package var exercises: [Exercise]
        /// Exercises that are held still.
        package var holds: [Gesture]
        /// Nil where nothing was taught.
        package var taught: ExemplarSet?

        package init(
            gestures: [Gesture] = [], shapes: ShapeModels = .init(), exercises: [Exercise] = [], holds: [Gesture] = [],
            taught: ExemplarSet? = nil
        ) {
            self.gestures = gestures
            self.shapes = shapes
            self.exercises = exercises
            self.holds = holds
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
