import Events
import History
import LabanServer

/// Where the results of a run go besides standard output.
struct RunOutputs {
    var events: String?
    var skeletons: String?
    var history: String?
    /// How long the history keeps skeletons, and how many.
    var clips = ClipKeeping.usual
    var render: String?
    var sheet: String?
    var publish: String?
    /// A table of what the action model makes of every moment.
    var probabilities: String?
    var waitsForSubscriber = false
    /// When the recording began; nil stands for now.
    var recordedAt: UnixTime?
    var json = false
    /// Who may read what is written; nil for the owner alone.
    var fileMode: FileMode?
    /// Whether what the rules noted down is told at the end.
    var explains = false
    /// Whether only rules are run that were asked for by name.
    var isFocused = false
    /// Whether the summary is a table of sets.
    var tellsSets = false
    /// Whether the summary is a table of how a robot's arms followed.
    var tellsRobot = false
    /// Whether robot commands are printed as JointTrajectory messages, and nothing else.
    var printsTrajectories = false
    /// A picture of what the rules noted down.
    var plot: String?
    /// Kinds of events to publish, print and keep; nil for all.
    var kinds: Set<EventKind>?
}
