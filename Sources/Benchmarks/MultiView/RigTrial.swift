import Foundation
import MultiView
import Puppet
import Randomness
import Robots
import Skeleton

/// A puppet walks about before several cameras, which are calibrated from that; another one then does things before
/// them, and its joints are triangulated.
struct RigTrial {
    /// Metres, of each joint that was triangulated: from where it truly is in the first camera's axes, from there with
    /// the hips laid upon each other, and the first camera's own points in space so.
    private(set) var absolute: [Double] = []
    private(set) var fromHips: [Double] = []
    private(set) var oneCamera: [Double] = []
    /// Joints that were not triangulated, of all.
    private(set) var missing = 0
    private(set) var count = 0
    /// How far the cameras are from where they truly stand, metres, and turned, degrees; and their focal lengths, as a
    /// share.
    private(set) var places: [Double] = []
    private(set) var turns: [Double] = []
    private(set) var focals: [Double] = []
    let calibration: RigCalibration

    private static let joints = [
        "leftShoulder", "leftElbow", "leftWrist", "rightShoulder", "rightElbow", "rightWrist", "leftHip", "leftKnee",
        "leftAnkle", "rightHip", "rightKnee", "rightAnkle",
    ].map { SkeletonTopology.blazePose33.index(of: $0)! }

    /// - Parameters:
    ///   - cameras: 2 to 4.
    ///   - noise: whether the cameras see as BlazePose does, or exactly.
    init(cameras count: Int, noise: Bool, knowsHeight: Bool, seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let cameras = Self.cameras(count, &random)
        let walker = Self.walker(&random)
        var settings = RigCalibration.Settings()
        if knowsHeight { settings.height = Double(walker.body.stature) }
        let views = cameras.map { Self.views(of: walker, camera: $0, noise: noise, &random) }
        calibration = try RigCalibration(
            views, names: cameras.indices.map { "camera\($0 + 1)" }, topology: .blazePose33, settings: settings)
        judge(cameras)
        let other = Self.performer(&random)
        measure(other, cameras, noise, &random)
    }

    /// Round the room, some metres away, as people put them up.
    private static func cameras(_ count: Int, _ random: inout SplitMix64) -> [PuppetCamera] {
        let turn = random.uniform(-0.5...0.5)
        return (0..<count).map { index in
            PuppetCamera(
                azimuth: turn + Float(index) * random.uniform(0.7...1.4), distance: random.uniform(4...5.5),
                height: random.uniform(1...2.4), aim: random.uniform(0.8...1), focalLength: random.uniform(1...1.35),
                aspectRatio: 16 / 9, roll: random.uniform(-0.05...0.05))
        }
    }

    private static func walker(_ random: inout SplitMix64) -> PuppetActor {
        let places = (0..<14).map { _ in SIMD2(random.uniform(-1.3...1.3), random.uniform(-1.3...1.3)) }
        return PuppetActor(
            body: PuppetBody(using: &random), look: PuppetLook(using: &random), style: .clear, at: .zero,
            programme: places.map { .go(.walk, to: $0) }, seed: random.next())
    }

    private static func performer(_ random: inout SplitMix64) -> PuppetActor {
        let kinds: [PuppetKind] = [.squat, .jumpingJack, .lunge, .wave, .punch]
        return PuppetActor(
            body: PuppetBody(using: &random), look: PuppetLook(using: &random), style: PuppetStyle(using: &random),
            at: SIMD2(random.uniform(-0.6...0.6), random.uniform(-0.6...0.6)), heading: random.uniform(-0.6...0.6),
            programme: kinds.map { .perform($0, .seconds(4)) }, seed: random.next())
    }

    /// What a camera's pose stage would say, 30 frames a second.
    private static func poses(
        of actor: PuppetActor, camera: PuppetCamera, noise: Bool, _ random: inout SplitMix64
    ) -> [(time: Double, pose: Pose)] {
        let frames = Int(actor.end * 30)
        var truth: [(Double, Pose)] = []
        for frame in 0..<frames {
            let time = Double(frame) / 30
            guard let skeleton = actor.skeleton(at: time) else { continue }
            truth.append((time, camera.pose(of: skeleton)))
        }
        guard noise else { return truth }
        let seen = BlazePoseNoise().applied(to: truth.map(\.1), frameRate: 30, using: &random)
        return zip(truth, seen).map { ($0.0, $1) }
    }

    private static func views(
        of actor: PuppetActor, camera: PuppetCamera, noise: Bool, _ random: inout SplitMix64
    ) -> [RigView] {
        poses(of: actor, camera: camera, noise: noise, &random).map {
            RigView($0.pose, aspectRatio: camera.aspectRatio, at: $0.time)
        }
    }

    private mutating func judge(_ cameras: [PuppetCamera]) {
        for (found, camera) in zip(calibration.rig.cameras, cameras) {
            let place = Vector3(cameras[0].local(camera.position))
            places.append((found.position - place).length)
            let away = Vector3(cameras[0].local(cameras[0].position + camera.axes.away))
            turns.append(180 / .pi * acos(min(1, dot(found.placement.rotation.inverse * Vector3(0, 0, 1), away))))
            focals.append(abs(found.focalLength / Double(camera.focalLength) - 1))
        }
    }

    private mutating func measure(
        _ actor: PuppetActor, _ cameras: [PuppetCamera], _ noise: Bool, _ random: inout SplitMix64
    ) {
        let seen = cameras.map { Self.poses(of: actor, camera: $0, noise: noise, &random) }
        for index in stride(from: 0, to: seen[0].count, by: 3) {
            guard let skeleton = actor.skeleton(at: seen[0][index].time) else { continue }
            let truth = skeleton.joints.map { Vector3(cameras[0].local($0)) }
            let views = cameras.indices.map {
                RigView(seen[$0][index].pose, aspectRatio: cameras[$0].aspectRatio, at: seen[$0][index].time)
            }
            let found = Self.joints.map { joint in
                Triangulation(
                    zip(calibration.rig.cameras, views).compactMap { camera, view in
                        view.places[joint].map {
                            .init(camera: camera, place: $0, confidence: view.confidences[joint])
                        }
                    })?.place
            }
            let own = Self.joints.map { views[0].world[$0] }
            compare(Self.joints.map { truth[$0] }, found, own)
        }
    }

    /// Places of the joints: hips are the seventh and the tenth.
    private mutating func compare(_ truth: [Vector3], _ found: [Vector3?], _ own: [Vector3?]) {
        func hips(_ places: [Vector3?]) -> Vector3? {
            guard let a = places[6], let b = places[9] else { return nil }
            return (a + b) / 2
        }
        let origin = hips(truth)!
        for joint in truth.indices {
            count += 1
            if let place = found[joint] { absolute.append((place - truth[joint]).length) } else { missing += 1 }
            if let center = hips(found), let place = found[joint] {
                fromHips.append(((place - center) - (truth[joint] - origin)).length)
            }
            if let center = hips(own), let place = own[joint] {
                oneCamera.append(((place - center) - (truth[joint] - origin)).length)
            }
        }
    }
}
