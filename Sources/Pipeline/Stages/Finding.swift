package import MotionRules
package import Recognition
package import Skeleton

/// One thing a stage found in a frame, before it becomes an event.
package enum Finding: Sendable {
    /// A person came, or went.
    case track(SegmentChange)
    /// An action began, goes on or ended, as a model recognises it; its name and version.
    case action(SegmentChange, model: String)
    /// A gesture began, goes on or ended.
    case gesture(SegmentChange)
    /// A repetition of an exercise was completed.
    case repetition(Repetition)
    /// A set of repetitions is over.
    case set(ExerciseSet)
    /// What one person does to another began, goes on or ended.
    case interaction(SegmentChange)
}

/// What one frame led to.
package struct PipelineStep: Sendable {
    /// Everyone in the frame, tracked and smoothed.
    package var skeletons: SkeletonFrame
    package var findings: [Finding]
    /// What the action models made of it, before it became findings; empty where the pipeline's parts do not ask for it.
    package var predictions: [ActionPrediction]
}
