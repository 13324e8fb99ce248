import LabanCommands
import LabanServer
import MotionRules
import Puppet
import Randomness
import Recognition
import Recordings
import Shapes
import Skeleton

/// How long after its begin a held gesture is told, and how long after its end a motion.
struct LatencyTrial {
    /// The delays of one kind of gesture, in seconds.
    struct Row {
        let name: String
        /// What the delay is counted from.
        let from: String
        var delays = Delays()
        /// How many were made.
        var made: Int
    }

    private static let rate = 30.0
    /// Scenes of each kind.
    private static let scenes = 60

    /// Puppets of all sizes before a camera at their height, thirty frames a second with BlazePose's errors, who raise a
    /// hand, spread their arms or wave. When they do, the ground truth says; a held gesture begins when the hands have
    /// come to rest in it.
    static func puppets(_ rules: [Gesture]) throws -> [Row] {
        let kinds: [(PuppetKind, String)] = [
            (.armRaise, "raise_hand"), (.armsSideways, "arms_sideways"), (.wave, "wave"),
        ]
        return kinds.map { kind, label in
            let isMotion = label == "wave"
            var row = Row(name: label, from: isMotion ? "end" : "onset", made: 0)
            for seed in 0..<UInt64(scenes) {
                let scene = scene(kind, seed: seed)
                let told = begins(of: label, in: frames(of: scene, seed: seed), rules)
                for truth in scene.groundTruth where truth.what == .gesture && truth.label == label {
                    guard let onset = isMotion ? truth.end : rest(in: scene, truth.start...truth.end),
                        isMotion || truth.end - onset >= .milliseconds(500)
                    else { continue }
                    row.made += 1
                    let slack = Duration.milliseconds(500)
                    guard let time = told.first(where: { truth.start - slack...truth.end + slack ~= $0 }) else {
                        continue
                    }
                    row.delays.seconds.append((time - onset).inSeconds)
                }
            }
            return row
        }
    }

    /// When the hands first go slower than half a metre a second.
    private static func rest(in scene: PuppetScene, _ span: ClosedRange<Duration>) -> Duration? {
        let wrists = ["leftWrist", "rightWrist"].compactMap { SkeletonTopology.blazePose33.index(of: $0) }
        let frames = (1..<scene.frameCount).lazy.map { (scene.frame(at: $0 - 1), scene.frame(at: $0)) }
        return frames.first { before, now in
            guard span ~= now.presentationTime, let before = before.people.first?.pose.worldPoints,
                let now = now.people.first?.pose.worldPoints
            else { return false }
            return wrists.allSatisfy { wrist in
                guard let from = before[wrist], let to = now[wrist] else { return false }
                let step = to - from
                return (step * step).sum().squareRoot() < 0.5 / Float(rate)
            }
        }?.1.presentationTime
    }

    private static func scene(_ kind: PuppetKind, seed: UInt64) -> PuppetScene {
        var random = SplitMix64(seed: 900 + seed)
        let actor = PuppetActor(
            body: PuppetBody(using: &random), look: PuppetLook(using: &random), at: .zero,
            programme: [
                .perform(.stand, .seconds(1.5)), .perform(kind, .repetitions(3)), .perform(.stand, .seconds(1.5)),
            ], seed: random.next())
        let view = PuppetView(
            azimuth: random.uniform(-0.5...0.5), distance: random.uniform(2.8...4.5), height: random.uniform(0.9...1.7))
        return PuppetScene(
            name: "latency", camera: view.camera(aim: 1.1), width: 64, height: 48, frameRate: rate,
            duration: actor.end, actors: [actor])
    }

    private static func frames(of scene: PuppetScene, seed: UInt64) -> [SkeletonFrame] {
        var random = SplitMix64(seed: 70 + seed)
        var frames = (0..<scene.frameCount).map(scene.frame).filter { !$0.people.isEmpty }
        let poses = BlazePoseNoise().applied(to: frames.map { $0.people[0].pose }, frameRate: rate, using: &random)
        for index in frames.indices { frames[index].people[0].pose = poses[index] }
        return frames
    }

    private static func begins(of label: String, in frames: [SkeletonFrame], _ rules: [Gesture]) -> [Duration] {
        var recogniser = GestureRecogniser(gestures: rules.filter { $0.label == label })
        return frames.flatMap { recogniser.update($0) }.filter { $0.phase == .begin }.map(\.presentationTime)
    }

    /// The hands and bodies of static-poses: out of nothing each shows its shape for a second and a half, in the order of
    /// recording; counted to the first event.
    ///
    /// - Parameter folder: static-poses.
    static func shapes(_ rules: [Gesture], folder: String) throws -> [Row] {
        let shapes = try ShapeModels(for: rules)
        let subjects: [(String, String, Int)] = [("hands", "hand shapes", 21), ("bodies", "body signals", 25)]
        return try subjects.map { file, name, joints in
            let isHand = joints == 21
            let asked = rules.filter { $0.networks == [isHand ? .hand : .body] }
            let table = try CSVTable(path: "\(folder)/\(file).csv")
            let numbers = try NumPyArray(path: "\(folder)/\(file).npy").numbers
            let (label, side) = (try table.column("label"), try table.column(isHand ? "hand" : "label"))
            let frames = Int(1.5 * rate)
            var row = Row(name: name, from: "onset", made: 0)
            let kinds = Dictionary(grouping: table.rows.indices) { [table.rows[$0][label], table.rows[$0][side]] }
            let runs = kinds.values.flatMap { rows in
                stride(from: 0, through: rows.count - frames, by: frames).map { rows[$0..<$0 + frames] }
            }
            for rows in runs {
                var recogniser = GestureRecogniser(gestures: asked, shapes: shapes)
                row.made += 1
                for (number, index) in rows.enumerated() {
                    let values = numbers[index * joints * 2..<(index + 1) * joints * 2]
                    let hand: HandPose.Side? = isHand ? (table.rows[index][side] == "left" ? .left : .right) : nil
                    let frame = Self.frame(Array(values), of: hand, number: number)
                    guard recogniser.update(frame).contains(where: { $0.phase == .begin }) else { continue }
                    row.delays.seconds.append(Double(number) / rate)
                    break
                }
            }
            return row
        }
    }

    /// One row of static-poses as a frame; y grows upwards there.
    private static func frame(_ values: [Float], of hand: HandPose.Side?, number: Int) -> SkeletonFrame {
        let places = stride(from: 0, to: values.count, by: 2).map { index -> SIMD2<Float>? in
            let place = SIMD2(values[index], values[index + 1])
            return place == .zero || !place.x.isFinite || !place.y.isFinite
                ? nil : SIMD2(0.5 + 0.1 * place.x, 0.5 - 0.1 * place.y)
        }
        let pose =
            hand.map { side in
                Pose(
                    topology: .blazePose33,
                    hands: [HandPose(side: side, imagePoints: places.map { SIMD3($0?.x ?? 0.5, $0?.y ?? 0.5, 0) })])
            }
            ?? Pose(topology: .openPose25, keypoints: places.map { $0.map { Keypoint(x: $0.x, y: $0.y) } })
        return SkeletonFrame(
            camera: "latency", index: number, presentationTime: .seconds(Double(number) / rate), aspectRatio: 1,
            people: [TrackedPose(track: TrackID(1), pose: pose)])
    }
}
