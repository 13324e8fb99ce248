/// Turns one subject's samples, one after another at a model's cadence, into the frames that its networks see. What comes
/// later never changes what was given.
struct ActionFeatures: Sendable {
    private var motion: MotionFeatures?
    private let standardisation: FeatureStandardisation?
    private var keypoints: KeypointFeatures?

    init(_ input: ActionInput) {
        standardisation = input.standardisation
        switch input.kind {
        case .motion(let normalisation, _): motion = MotionFeatures(normalisation: normalisation, period: input.period)
        case .keypoints(let input): keypoints = KeypointFeatures(input)
        }
    }

    /// Takes the next sample and writes what the networks see of it, (V, C).
    mutating func next(_ sample: ActionSample, into frame: UnsafeMutableBufferPointer<Float>) {
        switch sample {
        case .motion(let sample):
            motion?.next(sample, into: frame)
            standardisation?.apply(toFrame: frame)
        case .keypoints(let sample): keypoints?.next(sample, into: frame)
        }
    }
}
