/// A clip in some hundred numbers that keep the order in which things happen: what a kernel machine compares clips by.
///
/// The clip is cut into parts of equal length. For each part and joint: how far it goes in the part, where it is on
/// average (from its mean over the clip, since how people stand is no part of a movement) and how far it spreads about
/// that; for the pelvis the same of its way through space. All in torso lengths.
package struct MotionSummary: Sendable {
    /// What there is in a summary.
    package struct Form: Sendable, Codable, Hashable {
        /// Into how many parts a clip is cut.
        package var parts: Int
        /// Whether it tells where joints are from the pelvis, too: how people stand is part of what is judged.
        package var hasStance: Bool

        package init(parts: Int = 8, hasStance: Bool = false) {
            self.parts = parts
            self.hasStance = hasStance
        }

        private enum CodingKeys: String, CodingKey {
            case parts
            case hasStance = "stance"
        }
    }

    private let normalisation: PoseNormalisation
    private let form: Form
    private let parts: Int
    /// What a way is multiplied with to weigh as much as a place.
    private static let wayWeight: Float = 0.8
    /// The pelvis is one joint that stands for all others.
    private static let pelvisWeight: Float = 2

    /// - Parameter frames: of a clip; there are no more parts than steps from frame to frame.
    package init(_ form: Form, normalisation: PoseNormalisation, frames: Int) {
        self.form = form
        self.normalisation = normalisation
        parts = max(1, min(form.parts, frames - 1))
    }

    /// F.
    package var count: Int { parts * MotionSample.jointCount * (form.hasStance ? 12 : 9) }

    /// The numbers of one clip.
    ///
    /// - Parameter samples: as many as `frames`, evenly spaced.
    package func numbers(of samples: [MotionSample]) -> [Float] {
        let joints = MotionSample.jointCount
        var body = NormalisedMotion(samples, normalisation: normalisation)
        body.fillGaps()
        body.smooth(max(1, normalisation.smoothing))
        let means = body.meanPlaces()
        let rootMean = body.roots.reduce(.zero, +) / Float(body.roots.count)
        let last = samples.count - 1
        var result: [Float] = []
        result.reserveCapacity(count)
        for part in 0..<parts {
            let (first, end) = (last * part / parts, last * (part + 1) / parts)
            let frames = Float(end - first + 1)
            for joint in 0..<joints {
                let isPelvis = joint == 0
                let origin = isPelvis ? rootMean : means[joint]
                var (sum, squares) = (SIMD3<Float>.zero, SIMD3<Float>.zero)
                for frame in first...end {
                    let place = (isPelvis ? body.roots[frame] : body.points[frame * joints + joint]) - origin
                    sum += place
                    squares += place * place
                }
                let mean = sum / frames
                let spread = (squares / frames - mean * mean).clamped(
                    lowerBound: .zero, upperBound: SIMD3(repeating: .infinity)
                ).squareRoot()
                let way =
                    isPelvis
                    ? body.roots[end] - body.roots[first]
                    : body.points[end * joints + joint] - body.points[first * joints + joint]
                let weight = isPelvis ? Self.pelvisWeight : 1
                for axis in 0..<3 {
                    result.append(way[axis] * weight * Self.wayWeight)
                    result.append(mean[axis] * weight)
                    result.append(spread[axis] * weight)
                    if form.hasStance { result.append(isPelvis ? 0 : mean[axis] + origin[axis]) }
                }
            }
        }
        return result
    }
}
