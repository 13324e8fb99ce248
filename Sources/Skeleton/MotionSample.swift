/// One moment of one person as networks see it: the joints of `SkeletonTopology.common16`, and where the body is.
package struct MotionSample: Sendable {
    /// Joints of `SkeletonTopology.common16`.
    package static let jointCount = 16
    /// The joint each joint hangs from; the pelvis from itself.
    package static let parents: [Int] = {
        var parents = Array(0..<jointCount)
        for edge in SkeletonTopology.common16.inwardEdges { parents[edge.child] = edge.parent }
        return parents
    }()

    /// Media time in seconds.
    package var time: Double
    /// In metres (or in the source's own unit), x to image right, y down, z away from the camera; zero where not seen.
    package var points: InlineArray<16, SIMD3<Float>>
    /// Bit j is set where joint j was seen.
    package var seen: UInt16
    /// Where the pelvis is, when the source tells.
    package var root: Root

    /// Where the pelvis is.
    package enum Root: Sendable, Equatable {
        case unknown
        /// In metres.
        case world(SIMD3<Float>)
        /// In picture heights, and how many picture heights a metre spans at this person's distance.
        case image(SIMD2<Float>, perMetre: Float)
    }

    package init(time: Double, points: [SIMD3<Float>?], root: Root = .unknown) {
        precondition(points.count == Self.jointCount, "one point for each common joint")
        self.time = time
        self.points = InlineArray { points[$0] ?? .zero }
        self.seen = points.indices.reduce(0) { points[$1] == nil ? $0 : $0 | 1 << UInt16($1) }
        self.root = root
    }

    /// Whether joint `joint` was seen.
    package func isSeen(_ joint: Int) -> Bool { seen >> UInt16(joint) & 1 == 1 }

    /// Where a body's points are counted from: the pelvis, or what is seen nearest to it.
    package var center: SIMD3<Float> {
        if isSeen(Joint.pelvis) { return points[Joint.pelvis] }
        switch (isSeen(Joint.leftHip), isSeen(Joint.rightHip)) {
        case (true, true): return (points[Joint.leftHip] + points[Joint.rightHip]) / 2
        case (true, false): return points[Joint.leftHip]
        case (false, true): return points[Joint.rightHip]
        case (false, false): return isSeen(Joint.neck) ? points[Joint.neck] : .zero
        }
    }

    /// Where in `points` each joint is.
    package enum Joint {
        package static let pelvis = 0
        package static let spine = 1
        package static let neck = 2
        package static let head = 3
        package static let leftShoulder = 4
        package static let leftElbow = 5
        package static let leftWrist = 6
        package static let rightShoulder = 7
        package static let rightElbow = 8
        package static let rightWrist = 9
        package static let leftHip = 10
        package static let leftKnee = 11
        package static let leftAnkle = 12
        package static let rightHip = 13
        package static let rightKnee = 14
        package static let rightAnkle = 15
    }
}

/// Turns poses of one topology into motion samples.
package struct MotionSampler: Sendable {
    private let mapping: CommonJointMapping
    /// How far the source's hips lie above where the thighs begin, in lengths from its hips to its shoulders.
    private let hipHeight: Float
    /// Joints less surely seen than this, 0…1, are guesses.
    private let leastConfidence: Float

    package init(topology: SkeletonTopology) {
        mapping = CommonJointMapping(from: topology)
        // The first Kinect places hips at the height of the belt: thighs are then 1.25 torsos long, not 0.8.
        hipHeight = topology == .kinect20 ? 0.26 : 0
        // BlazePose says how likely a joint is seen; the others give the height of a heat map's peak, which is lower for
        // joints in plain sight too, above all of people who do not stand upright.
        leastConfidence = topology == .blazePose33 ? 0.5 : 0.3
    }

    package var topology: SkeletonTopology { mapping.source }

    /// A pose at a media time. World points are preferred; with image points alone, x and y in picture heights and the
    /// depth estimate stand in for them.
    ///
    /// A joint whose image point is doubtful or lies well outside the picture counts as not seen: pose networks guess
    /// there.
    package func sample(_ pose: Pose, at time: Double, aspectRatio: Float?) -> MotionSample {
        precondition(pose.topology == mapping.source, "the sampler was made for \(mapping.source.name)")
        let aspect = aspectRatio ?? 1
        let image = pose.keypoints.map { keypoint -> SIMD3<Float>? in
            guard let keypoint, keypoint.confidence >= leastConfidence, Self.isInside(keypoint) else { return nil }
            return SIMD3(keypoint.x * aspect, keypoint.y, keypoint.z * aspect)
        }
        guard !pose.worldPoints.isEmpty else {
            // Of a person with hands alone nothing is known of the body.
            let nowhere = [SIMD3<Float>?](repeating: nil, count: topology.count)
            let points = points(image.isEmpty ? nowhere : image)
            let root = points[Joint.pelvis].map {
                MotionSample.Root.image(SIMD2($0.x, $0.y), perMetre: 1)
            }
            return MotionSample(time: time, points: points, root: root ?? .unknown)
        }
        var world = pose.worldPoints
        if !image.isEmpty {
            for joint in world.indices where image[joint] == nil { world[joint] = nil }
        }
        let points = points(world)
        return MotionSample(
            time: time, points: points,
            root: Self.root(points, image: image.isEmpty ? nil : self.points(image)))
    }

    /// The common joints, with pelvis and neck in the middle of hips and shoulders and the spine halfway between them:
    /// sources that have such joints of their own do not agree where they are.
    private func points(_ source: [SIMD3<Float>?]) -> [SIMD3<Float>?] {
        var points = mapping.points(from: source)
        lowerHips(&points)
        if let left = points[Joint.leftHip], let right = points[Joint.rightHip] {
            points[Joint.pelvis] = (left + right) / 2
        }
        if let left = points[Joint.leftShoulder], let right = points[Joint.rightShoulder] {
            points[Joint.neck] = (left + right) / 2
        }
        if let pelvis = points[Joint.pelvis], let neck = points[Joint.neck] {
            points[Joint.spine] = (pelvis + neck) / 2
        }
        return points
    }

    private func lowerHips(_ points: inout [SIMD3<Float>?]) {
        guard hipHeight > 0, let left = points[Joint.leftHip], let right = points[Joint.rightHip],
            let leftShoulder = points[Joint.leftShoulder], let rightShoulder = points[Joint.rightShoulder]
        else { return }
        let down = (left + right - leftShoulder - rightShoulder) / 2 * hipHeight
        points[Joint.leftHip] = left + down
        points[Joint.rightHip] = right + down
    }

    private typealias Joint = MotionSample.Joint

    private static func isInside(_ keypoint: Keypoint) -> Bool {
        let margin: Float = 0.04
        return -margin...1 + margin ~= keypoint.x && -margin...1 + margin ~= keypoint.y
    }

    /// Sources that place the pelvis in a room tell its way; hip-centred ones leave it to the picture.
    private static func root(_ points: [SIMD3<Float>?], image: [SIMD3<Float>?]?) -> MotionSample.Root {
        guard let pelvis = points[Joint.pelvis] else { return .unknown }
        guard let image, let place = image[Joint.pelvis] else {
            return pelvis.x * pelvis.x + pelvis.y * pelvis.y + pelvis.z * pelvis.z > 1e-6 ? .world(pelvis) : .unknown
        }
        var (onImage, inWorld): (Float, Float) = (0, 0)
        for edge in SkeletonTopology.common16.inwardEdges {
            guard let a = points[edge.child], let b = points[edge.parent], let c = image[edge.child],
                let d = image[edge.parent]
            else { continue }
            let (world, picture) = (a - b, c - d)
            inWorld += world.x * world.x + world.y * world.y
            onImage += picture.x * picture.x + picture.y * picture.y
        }
        guard inWorld > 1e-4, onImage > 0 else { return .unknown }
        return .image(SIMD2(place.x, place.y), perMetre: (onImage / inWorld).squareRoot())
    }
}
