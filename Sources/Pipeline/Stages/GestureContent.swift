package import MotionRules
package import Recognition
package import Shapes

/// The gestures and exercises that cameras look for.
package struct GestureContent: Sendable {
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
