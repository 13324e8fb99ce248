package import Skeleton

/// What a model makes of one person at one moment, before it is smoothed into segments.
package struct ActionPrediction: Sendable, Equatable {
    package let track: TrackID
    /// The media time it speaks of, a little before the frame that led to it.
    package let moment: Duration
    /// In the order of the model's classes.
    package let probabilities: [Float]
}
