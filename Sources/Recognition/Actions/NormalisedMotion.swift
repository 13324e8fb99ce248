/// A motion with view, size and place taken out.
struct NormalisedMotion {
    /// (T, V), in torso lengths from the pelvis.
    private(set) var points: [SIMD3<Float>]
    /// (T), in torso lengths.
    private(set) var roots: [SIMD3<Float>]
    private let seen: [UInt16]
    private typealias Joint = MotionSample.Joint

    /// How long each bone of the common set is, in torso lengths (pelvis to neck), on an average grown-up.
    static let boneLengths: [Float] = [
        0, 0.5, 0.5, 0.4, 0.36, 0.56, 0.5, 0.36, 0.56, 0.5, 0.19, 0.8, 0.78, 0.19, 0.8, 0.78,
    ]

    init(_ samples: [MotionSample], normalisation: PoseNormalisation) {
        let joints = MotionSample.jointCount
        points = []
        points.reserveCapacity(samples.count * joints)
        for sample in samples {
            let center = Self.center(sample)
            for joint in 0..<joints { points.append(sample.isSeen(joint) ? sample.points[joint] - center : .zero) }
        }
        seen = samples.map(\.seen)
        roots = Self.roots(samples, normalisation.root)
        let size = Self.size(points, seen)
        let scale = 1 / size
        for i in points.indices { points[i] *= scale }
        for i in roots.indices { roots[i] *= scale }
        if normalisation.heading == .clip, let turn = Self.heading(points, seen) {
            for i in points.indices { points[i] = turn.applied(to: points[i]) }
            for i in roots.indices { roots[i] = turn.applied(to: roots[i]) }
        }
    }

    /// Gives joints unseen in some frames the place they had when last seen, or will have when first seen.
    mutating func fillGaps() {
        let joints = MotionSample.jointCount
        let frames = seen.count
        for joint in 0..<joints where seen.contains(where: { $0 >> UInt16(joint) & 1 == 0 }) {
            guard let first = (0..<frames).first(where: { seen[$0] >> UInt16(joint) & 1 == 1 }) else { continue }
            var held = points[first * joints + joint]
            for frame in 0..<frames {
                if seen[frame] >> UInt16(joint) & 1 == 1 {
                    held = points[frame * joints + joint]
                } else {
                    points[frame * joints + joint] = held
                }
            }
        }
    }

    /// Where a body's points are counted from.
    static func center(_ sample: MotionSample) -> SIMD3<Float> {
        if sample.isSeen(Joint.pelvis) { return sample.points[Joint.pelvis] }
        switch (sample.isSeen(Joint.leftHip), sample.isSeen(Joint.rightHip)) {
        case (true, true): return (sample.points[Joint.leftHip] + sample.points[Joint.rightHip]) / 2
        case (true, false): return sample.points[Joint.leftHip]
        case (false, true): return sample.points[Joint.rightHip]
        case (false, false): return sample.isSeen(Joint.neck) ? sample.points[Joint.neck] : .zero
        }
    }

    /// The length that one torso would have, judged from every bone in sight: long where a bone is seen unforeshortened,
    /// and in the middle of what the bones say.
    private static func size(_ points: [SIMD3<Float>], _ seen: [UInt16]) -> Float {
        let joints = MotionSample.jointCount
        var opinions: [Float] = []
        var lengths: [Float] = []
        for joint in 1..<joints {
            let parent = ClipFeatures.parents[joint]
            let both = UInt16(1) << UInt16(joint) | UInt16(1) << UInt16(parent)
            lengths.removeAll(keepingCapacity: true)
            for (frame, seen) in seen.enumerated() where seen & both == both {
                let bone = points[frame * joints + joint] - points[frame * joints + parent]
                lengths.append((bone * bone).sum().squareRoot())
            }
            guard !lengths.isEmpty else { continue }
            lengths.sort()
            opinions.append(lengths[(lengths.count - 1) * 3 / 4] / boneLengths[joint])
        }
        opinions.sort()
        let size = opinions.isEmpty ? 1 : opinions[opinions.count / 2]
        return size > 1e-6 ? size : 1
    }

    /// A turn about the vertical.
    struct Turn {
        let cosine: Float
        let sine: Float

        func applied(to p: SIMD3<Float>) -> SIMD3<Float> {
            SIMD3(cosine * p.x + sine * p.z, p.y, cosine * p.z - sine * p.x)
        }
    }

    /// The turn that lays the line from right to left along x; nil when the body shows no such line.
    private static func heading(_ points: [SIMD3<Float>], _ seen: [UInt16]) -> Turn? {
        let joints = MotionSample.jointCount
        var line = SIMD3<Float>.zero
        var length: Float = 0
        for (left, right) in [(Joint.leftHip, Joint.rightHip), (Joint.leftShoulder, Joint.rightShoulder)] {
            let both = UInt16(1) << UInt16(left) | UInt16(1) << UInt16(right)
            for (frame, seen) in seen.enumerated() where seen & both == both {
                let across = points[frame * joints + left] - points[frame * joints + right]
                line += across
                length += (across * across).sum().squareRoot()
            }
        }
        let level = (line.x * line.x + line.z * line.z).squareRoot()
        guard level > 0.15 * length, level > 1e-6 else { return nil }
        return Turn(cosine: line.x / level, sine: line.z / level)
    }

    private static func roots(_ samples: [MotionSample], _ kind: PoseNormalisation.Root) -> [SIMD3<Float>] {
        let scales = samples.compactMap { if case .image(_, let perMetre) = $0.root { perMetre } else { nil } }.sorted()
        let scale = scales.isEmpty ? 1 : max(scales[scales.count / 2], 1e-6)
        var held: SIMD3<Float>?
        var origin: SIMD3<Float> = .zero
        return samples.map { sample in
            var place: SIMD3<Float>?
            switch (kind, sample.root) {
            case (.none, _), (_, .unknown): break
            case (_, .image(let point, _)): place = SIMD3(point.x, point.y, 0) / scale
            case (.image, .world(let point)): place = SIMD3(point.x, point.y, 0)
            case (.world, .world(let point)): place = point
            }
            if let place {
                if held == nil { origin = place }
                held = place - origin
            }
            return held ?? .zero
        }
    }
}
