package import Skeleton

/// What a model makes of one person, or one of their hands, at one moment.
package struct ActionPrediction: Sendable, Equatable {
    package let track: TrackID
    /// Of the hand; nil for the body.
    package let side: HandPose.Side?
    /// The media time it speaks of, a little before the frame that led to it.
    package let moment: Duration
    /// In the order of the model's classes.
    package let probabilities: [Float]
}
