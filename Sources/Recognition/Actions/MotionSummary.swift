package import Inference

/// A clip in some thousand numbers that keep the order in which things happen: what a kernel machine compares clips by.
///
/// The clip is cut into parts of equal length. For each part and joint: how far it goes in the part, where it is on
/// average (from its mean over the clip, since how people stand is no part of a movement) and how far it spreads about
/// that; for the pelvis the same of its way through space. For each part and some pairs of joints: how much their distance
/// changes, its mean and its spread. All in torso lengths.
package struct MotionSummary: Sendable {
    /// What there is in a summary.
    package struct Form: Sendable, Codable, Hashable {
        /// Into how many parts a clip is cut.
        package var parts: Int
        /// Whether it tells where joints are from the pelvis, too: how people stand is part of what is judged.
        package var hasStance: Bool
        /// How much of two clips' nearness is that of the distances between joints, which look the same from everywhere,
        /// 0…1.
        package var distances: Float

        package init(parts: Int = 8, hasStance: Bool = false, distances: Float = 0) {
            self.parts = parts
            self.hasStance = hasStance
            self.distances = distances
        }

        private enum CodingKeys: String, CodingKey {
            case parts, distances
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
    package var count: Int { layout.features }

    /// How the numbers belong together: by trunk, arms and legs, so that people who do the same with their arms are near
    /// each other whatever their legs do; and by both arms at once, since most of what people do is done with them.
    package var layout: KernelLayout {
        let numbers = form.hasStance ? 12 : 9
        let weight = (1 - form.distances) / Float(Self.limbs.count + 1)
        var terms = Self.limbs.indices.map { KernelLayout.Term($0, weight: weight) }
        terms.append(KernelLayout.Term(Self.leftArm, and: Self.rightArm, weight: weight))
        var kinds = [Self.limbs.map { $0.count * numbers }]
        if form.distances > 0 {
            terms.append(KernelLayout.Term(Self.limbs.count, weight: form.distances))
            kinds.append([Self.pairs.count * 3])
        }
        return KernelLayout(moments: parts, kinds: kinds, terms: terms)
    }

    /// All numbers as one group, which is quick to compare: for machines that are asked at every frame.
    package var plainLayout: KernelLayout { KernelLayout(features: count) }

    /// Trunk with head, arms and legs: they follow one another in the common set of joints.
    private static let limbs = [0..<4, 4..<7, 7..<10, 10..<13, 13..<16]
    private static let (leftArm, rightArm) = (1, 2)

    /// Joints whose distance is looked at: wrists, elbows, knees and ankles from their other side's, wrists from all that
    /// hands reach for, ankles from the hips, the head from the pelvis.
    private static let pairs = [
        (6, 9), (5, 8), (11, 14), (12, 15), (6, 3), (9, 3), (6, 0), (9, 0), (6, 10), (9, 13), (6, 4), (9, 7), (6, 7),
        (9, 4), (12, 10), (15, 13), (3, 0),
    ]

    /// The numbers of one clip.
    ///
    /// - Parameter samples: as many as `frames`, evenly spaced.
    package func numbers(of samples: [MotionSample]) -> [Float] {
        var body = NormalisedMotion(samples, normalisation: normalisation)
        body.fillGaps()
        body.smooth()
        var origins = body.meanPlaces()
        origins[0] = body.roots.reduce(.zero, +) / Float(body.roots.count)
        let last = samples.count - 1
        var result: [Float] = []
        result.reserveCapacity(count)
        for part in 0..<parts {
            let frames = last * part / parts...last * (part + 1) / parts
            for joint in 0..<MotionSample.jointCount {
                append(joint, of: body, in: frames, from: origins[joint], to: &result)
            }
            guard form.distances > 0 else { continue }
            for (joint, other) in Self.pairs { Self.appendDistance(joint, other, of: body, in: frames, to: &result) }
        }
        return result
    }

    private func append(
        _ joint: Int, of body: NormalisedMotion, in frames: ClosedRange<Int>, from origin: SIMD3<Float>,
        to result: inout [Float]
    ) {
        let isPelvis = joint == 0
        func place(_ frame: Int) -> SIMD3<Float> {
            isPelvis ? body.roots[frame] : body.points[frame * MotionSample.jointCount + joint]
        }
        var (sum, squares) = (SIMD3<Float>.zero, SIMD3<Float>.zero)
        for frame in frames {
            let offset = place(frame) - origin
            sum += offset
            squares += offset * offset
        }
        let mean = sum / Float(frames.count)
        let spread = (squares / Float(frames.count) - mean * mean).clamped(
            lowerBound: .zero, upperBound: SIMD3(repeating: .infinity)
        ).squareRoot()
        let way = place(frames.upperBound) - place(frames.lowerBound)
        let weight = isPelvis ? Self.pelvisWeight : 1
        for axis in 0..<3 {
            result.append(way[axis] * weight * Self.wayWeight)
            result.append(mean[axis] * weight)
            result.append(spread[axis] * weight)
            if form.hasStance { result.append(isPelvis ? 0 : mean[axis] + origin[axis]) }
        }
    }

    private static func appendDistance(
        _ joint: Int, _ other: Int, of body: NormalisedMotion, in frames: ClosedRange<Int>, to result: inout [Float]
    ) {
        let distances = frames.map { frame in
            let first = frame * MotionSample.jointCount
            let apart = body.points[first + joint] - body.points[first + other]
            return (apart * apart).sum().squareRoot()
        }
        let mean = distances.reduce(0, +) / Float(distances.count)
        let variance = distances.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(distances.count)
        result.append((distances[distances.count - 1] - distances[0]) * wayWeight)
        result.append(mean)
        result.append(variance.squareRoot())
    }
}
