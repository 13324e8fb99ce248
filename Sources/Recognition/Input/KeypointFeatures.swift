import Inference
import Skeleton

/// What an imported network sees of joints in the picture.
struct KeypointInput: Sendable {
    /// The joints by the name of a topology.
    let topology: SkeletonTopology
    /// x and y; and the confidence where there are three.
    let channels: Int
    let normalisation: ImportedNetwork.Description.Input.Normalisation
    /// Frames of the clips it was trained on.
    let frames: Int
}

/// Turns one subject's keypoints, frame by frame, into what an imported network sees.
struct KeypointFeatures: Sendable {
    private let input: KeypointInput
    /// What the joints of the last frames span, as many frames as a training clip has.
    private var least: [SIMD3<Float>]
    private var most: [SIMD3<Float>]
    private var count = 0

    init(_ input: KeypointInput) {
        self.input = input
        let frames = input.normalisation == .extent ? input.frames : 0
        least = [SIMD3<Float>](repeating: SIMD3(repeating: .infinity), count: frames)
        most = [SIMD3<Float>](repeating: SIMD3(repeating: -.infinity), count: frames)
    }

    /// Writes the next frame, (V, C).
    mutating func next(_ sample: KeypointSample, into frame: UnsafeMutableBufferPointer<Float>) {
        let (middle, half) = frameOfReference(with: sample)
        for (joint, point) in sample.joints.enumerated() {
            for channel in 0..<input.channels {
                let value = point.map { channel < 2 ? ($0[channel] - middle[channel]) / half[channel] : $0.z }
                frame[joint * input.channels + channel] = value ?? 0
            }
        }
    }

    /// What becomes 0, and how far from it what becomes 1.
    private mutating func frameOfReference(
        with sample: KeypointSample
    ) -> (middle: SIMD3<Float>, half: SIMD3<Float>) {
        let picture = (SIMD3<Float>(repeating: 0.5), SIMD3<Float>(repeating: 0.5))
        switch input.normalisation {
        case .picture: return picture
        case .fraction: return (.zero, SIMD3(repeating: 1))
        case .extent: break
        }
        let place = count % least.count
        count += 1
        least[place] = SIMD3(repeating: .infinity)
        most[place] = SIMD3(repeating: -.infinity)
        for case let point? in sample.joints {
            least[place] = pointwiseMin(least[place], point)
            most[place] = pointwiseMax(most[place], point)
        }
        let low = least.reduce(SIMD3(repeating: .infinity), pointwiseMin)
        let high = most.reduce(SIMD3(repeating: -.infinity), pointwiseMax)
        let half = (high - low) / 2
        // A speck, or nothing at all, stays where it is in the picture.
        guard half.x > 0.004, half.y > 0.004 else { return picture }
        return ((high + low) / 2, half)
    }
}
