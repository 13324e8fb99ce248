import Skeleton

/// Makes predictions for any number of people from their poses.
protocol ActionPredictor {
    /// Takes a pose of a person, later than the one before.
    mutating func take(_ sample: MotionSample, of track: TrackID)

    /// Predicts for everybody who is due at `now`.
    ///
    /// - Parameter read: who, at what time in seconds, and the probabilities of the classes; in order of time, then of
    ///   track ids.
    mutating func predict(at now: Double, read: (TrackID, Double, [Float]) -> Void)

    mutating func forget(_ track: TrackID)
}
