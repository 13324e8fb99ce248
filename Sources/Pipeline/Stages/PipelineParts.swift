package import Lifting
package import MotionRules
package import Recognition
package import Shapes

/// What a pipeline is made of besides the source; every part that is nil or empty is left out.
package struct PipelineParts: Sendable {
    /// Folder with the pose networks; needed for video only.
    package var poseModelFolder: String?
    /// Each watches everybody on its own.
    package var actionModels: [Shared<ActionModel>]
    /// How many false alarms an hour are put up with: sets the thresholds of a model that has an operating table;
    /// nil leaves the usual ones.
    package var falseAlarmsPerHour: Double?
    /// Gives skeletons that have only the picture points in space.
    package var lifting: LiftingNetwork?
    package var gestures: [Gesture]
    /// Networks that gestures by hand shape and posture ask.
    package var shapes = ShapeModels()
    package var exercises: [Exercise]
    /// Exercises that are held still.
    package var holds: [Gesture] = []
    /// When repetitions are told; nil where none are counted.
    package var counting: CountingSettings? = CountingSettings()
    /// Gestures that were taught.
    package var taught: ExemplarSet?
    /// Gestures and exercises that may be replaced while cameras look for them; those above are not looked for then.
    package var shared: Shared<GestureContent>?
    /// The robot that somebody here leads.
    package var robot: RobotParts?
    /// Threads the pose networks of one camera may use.
    package var poseThreads: Int
    /// Whether people's hands are looked for; needs pictures.
    package var findsHands: Bool
    /// Whether gestures and exercises note down why they were not counted.
    package var explainsRules = false
    /// Whether each step tells what the action models made of its frame.
    package var tellsPredictions = false

    package init(
        poseModelFolder: String? = nil, actionModels: [Shared<ActionModel>] = [], gestures: [Gesture] = [],
        exercises: [Exercise] = [], poseThreads: Int = 1, findsHands: Bool = false
    ) {
        self.poseModelFolder = poseModelFolder
        self.actionModels = actionModels
        self.gestures = gestures
        self.exercises = exercises
        self.poseThreads = poseThreads
        self.findsHands = findsHands
    }
}
