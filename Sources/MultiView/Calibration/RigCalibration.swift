import Foundation
import Robots
package import Skeleton

/// Finds where cameras stand from one person who walks about before them all; no chessboard.
///
/// Each camera's own points in space tell how it is turned against the others (Horn 1987) and how far away the person
/// is; bundle adjustment over what the pictures show makes that exact. The size of the whole follows from the person's
/// height, where told, or from the length of limbs in the cameras' own points.
package struct RigCalibration: Sendable {
    package struct Settings: Sendable, Hashable {
        /// Moments that are used at most.
        package var moments = 160
        /// Clocks may differ by so many seconds; nought where they are the same.
        package var clockSearch = 0.0
        /// Focal lengths in picture heights that are expected, one a camera; nil for those of usual cameras.
        package var focalLengths: [Double]?
        /// Whether these are exact.
        package var isFocalLengthKnown = false
        /// Of the person, metres.
        package var height: Double?

        package init() {}
    }

    package let rig: CameraRig
    /// How far places are from where the cameras saw them, in picture heights, root of the mean square.
    package let error: Double
    /// Moments of the first camera that were used.
    package let moments: Int
    /// For each camera, at how many of these it saw the person.
    package let counts: [Int]

    /// Focal length of usual cameras, in picture heights.
    package static let usualFocalLength = 1.2
    private static let leastMoments = 20
    private static let limbs = [
        ("leftShoulder", "leftElbow"), ("leftElbow", "leftWrist"), ("rightShoulder", "rightElbow"),
        ("rightElbow", "rightWrist"), ("leftHip", "leftKnee"), ("leftKnee", "leftAnkle"), ("rightHip", "rightKnee"),
        ("rightKnee", "rightAnkle"),
    ]
    /// Thigh and shank as a share of a person's height (Drillis and Contini 1966).
    private static let legShare = 0.491

    /// - Parameters:
    ///   - views: of the person, one list a camera, ascending in time.
    ///   - topology: that all are in.
    /// - Throws: where the cameras do not see enough at the same moments.
    package init(
        _ views: [[RigView]], names: [String], topology: SkeletonTopology, settings: Settings = .init(),
        progress: (Int) -> Void = { _ in }
    ) throws(RigError) {
        guard views.count >= 2, views.count == names.count else {
            throw RigError("two cameras or more expected, found \(views.count)")
        }
        let joints = Self.jointsUsed(topology)
        var cameras = names.indices.map { index in
            RigCamera(
                name: names[index], focalLength: settings.focalLengths?[index] ?? Self.usualFocalLength)
        }
        try Self.findFirst(&cameras, views, joints, settings)
        let times = Self.times(views, cameras, settings.moments)
        var builder = Scene(joints: joints)
        for time in times {
            builder.add(cameras.indices.map { views[$0].view(at: time + cameras[$0].clockOffset) }, cameras)
        }
        var adjustment = BundleAdjustment(
            cameras: cameras, points: builder.points, observations: builder.observations,
            isFocalLengthKnown: settings.isFocalLengthKnown)
        adjustment.run(rounds: 200, progress: progress)
        error = adjustment.error()
        moments = times.count
        counts = cameras.indices.map { camera in
            times.count { views[camera].view(at: $0 + cameras[camera].clockOffset) != nil }
        }
        let scale = Self.scale(adjustment, builder, views, topology, times, settings)
        rig = CameraRig(
            cameras: adjustment.cameras.map { camera in
                var camera = camera
                camera.placement.translation *= scale
                return camera
            })
    }

    /// Shoulders, elbows, wrists, hips, knees and ankles.
    private static func jointsUsed(_ topology: SkeletonTopology) -> [Int] {
        Set(limbs.flatMap { [$0.0, $0.1] }).sorted().compactMap { topology.index(of: $0) }
    }

    /// Moments of the first camera at which another one sees the person too, spread over all there are.
    private static func times(_ views: [[RigView]], _ cameras: [RigCamera], _ most: Int) -> [Double] {
        let shared = views[0].map(\.time).filter { time in
            cameras.indices.dropFirst().contains { views[$0].view(at: time + cameras[$0].clockOffset) != nil }
        }
        guard shared.count > most else { return shared }
        return (0..<most).map { shared[$0 * (shared.count - 1) / max(1, most - 1)] }
    }

    /// Clock, turn and place of each camera against the first, from the cameras' own points in space.
    private static func findFirst(
        _ cameras: inout [RigCamera], _ views: [[RigView]], _ joints: [Int], _ settings: Settings
    ) throws(RigError) {
        for index in cameras.indices.dropFirst() {
            var best: PairAlignment?
            let steps = Int((settings.clockSearch / 0.04).rounded(.up))
            for step in -steps...steps {
                let offset = Double(step) * 0.04
                guard let found = PairAlignment(views[0], views[index], offset: offset, joints: joints),
                    found.moments >= leastMoments
                else { continue }
                if best.map({ found.error < $0.error }) ?? true { best = found }
            }
            guard let best else {
                throw RigError(
                    "\(cameras[index].name) and \(cameras[0].name) see the person together at fewer than "
                        + "\(leastMoments) moments: start them at the same time, or say how far their clocks differ")
            }
            cameras[index].clockOffset = best.offset
            cameras[index].placement = best.placement(
                views[0], views[index], joints: joints,
                focalLengths: (cameras[0].focalLength, cameras[index].focalLength))
        }
    }

    /// What makes the limbs of the adjusted places as long as they are.
    private static func scale(
        _ adjustment: BundleAdjustment, _ scene: Scene, _ views: [[RigView]], _ topology: SkeletonTopology,
        _ times: [Double], _ settings: Settings
    ) -> Double {
        var ratios: [Double] = []
        var legs: [Double] = []
        for (start, end) in limbs {
            guard let a = topology.index(of: start), let b = topology.index(of: end) else { continue }
            let lengths = scene.pointPairs(a, b).map {
                (adjustment.points[$0] - adjustment.points[$1]).length
            }
            let own = views.flatMap { $0 }.compactMap { view -> Double? in
                guard let p = view.world[a], let q = view.world[b], min(view.confidences[a], view.confidences[b]) > 0.5
                else { return nil }
                return (p - q).length
            }
            guard let length = median(lengths), length > 1e-6 else { continue }
            if let own = median(own) { ratios.append(own / length) }
            if start.hasSuffix("Hip") || start.hasSuffix("Knee") { legs.append(length) }
        }
        if let height = settings.height, legs.count == 4 {
            return height * legShare / (legs.reduce(0, +) / 2)
        }
        return median(ratios) ?? 1
    }

    static func median(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.sorted()[values.count / 2]
    }
}

/// The places that are adjusted, and what the cameras saw of them.
private struct Scene {
    let joints: [Int]
    var points: [Vector3] = []
    var observations: [BundleAdjustment.Observation] = []
    /// For each moment, the point of each joint.
    var moments: [[Int: Int]] = []

    init(joints: [Int]) { self.joints = joints }

    mutating func add(_ views: [RigView?], _ cameras: [RigCamera]) {
        var places: [Int: Int] = [:]
        for joint in joints {
            let sights = views.indices.compactMap { camera -> (Int, Triangulation.Sight)? in
                guard let view = views[camera], let place = view.places[joint], view.confidences[joint] >= 0.5 else {
                    return nil
                }
                return (camera, .init(camera: cameras[camera], place: place, confidence: view.confidences[joint]))
            }
            // At first the cameras stand about right only.
            guard let found = Triangulation(sights.map(\.1), tolerance: .infinity),
                sights.allSatisfy({ $0.1.camera.picture(of: found.place) != nil })
            else { continue }
            places[joint] = points.count
            for (camera, sight) in sights {
                observations.append(
                    .init(camera: camera, point: points.count, place: sight.place, weight: sight.confidence))
            }
            points.append(found.place)
        }
        moments.append(places)
    }

    /// Points of two joints at the same moments.
    func pointPairs(_ a: Int, _ b: Int) -> [(Int, Int)] {
        moments.compactMap { places in
            guard let p = places[a], let q = places[b] else { return nil }
            return (p, q)
        }
    }
}
