import Animation
import Foundation
import Puppet
import Skeleton
import Testing

@Suite("Characters from joints")
struct CharacterMotionTests {
    private static let joints: [(name: String, bone: Bone)] = [
        ("leftShoulder", .leftUpperArm), ("rightShoulder", .rightUpperArm), ("leftElbow", .leftLowerArm),
        ("rightElbow", .rightLowerArm), ("leftWrist", .leftHand), ("rightWrist", .rightHand),
        ("leftHip", .leftUpperLeg), ("rightHip", .rightUpperLeg), ("leftKnee", .leftLowerLeg),
        ("rightKnee", .rightLowerLeg), ("leftAnkle", .leftFoot), ("rightAnkle", .rightFoot),
    ]

    /// A puppet's true points around its hips, y down and z away, and where its joints are in the room, y up.
    private static func puppet(
        _ kind: PuppetKind, seed: UInt64, seconds: Double = 6
    ) -> (motion: SteadyMotion, room: [[SIMD3<Float>]]) {
        let performance = PuppetPerformance(kind, length: .seconds(seconds), seed: seed)
        let room = (0..<Int(seconds * 30)).map { frame in
            let time = Double(frame) / 30
            return performance.skeleton(at: time).placed(at: [0, 0, performance.travel(at: time)], heading: 0).joints
        }
        let points = room.map { joints in
            let hips = (joints[23] + joints[24]) / 2
            return joints.map { joint -> SIMD3<Float>? in
                let p = joint - hips
                return [p.x, -p.y, -p.z]
            }
        }
        return (SteadyMotion(topology: .blazePose33, frameRate: 30, points: points), room)
    }

    private static func length(_ v: SIMD3<Float>) -> Float { (v * v).sum().squareRoot() }

    @Test("joints come back from turns and fixed lengths", arguments: PuppetKind.allCases)
    func jointsComeBack(_ kind: PuppetKind) {
        let (motion, room) = Self.puppet(kind, seed: 3)
        let character = CharacterMotion(motion, locksFeet: false)
        var (sum, count, worst) = (Float(0), Float(0), Float(0))
        for (pose, joints) in zip(character.poses, room) {
            let origins = pose.origins(character.lengths)
            let hips = (joints[23] + joints[24]) / 2
            for (name, bone) in Self.joints {
                let truth = joints[SkeletonTopology.blazePose33.index(of: name)!] - hips
                let error = Self.length(origins[bone.rawValue] - truth)
                sum += error
                worst = max(worst, error)
                count += 1
            }
        }
        print("joint error of \(kind.rawValue): \(sum / count * 1000) mm, worst \(worst * 1000) mm")
        #expect(sum / count < 0.025)
    }

    @Test("no bone jumps", arguments: [PuppetKind.walk, .squat, .wave, .armRaise, .stand, .jumpingJack])
    func noJumps(_ kind: PuppetKind) {
        let character = CharacterMotion(Self.puppet(kind, seed: 5).motion)
        var fastest: Float = 0
        for (a, b) in zip(character.poses, character.poses.dropFirst()) {
            for (p, q) in zip(a.turns, b.turns) {
                fastest = max(fastest, (p.inverse * q).angle)
                #expect((p.vector * q.vector).sum() + p.real * q.real >= 0)
            }
        }
        print("fastest turn of \(kind.rawValue): \(fastest * 180 / .pi) degrees a frame")
        #expect(fastest < 0.9)
    }

    @Test("a walker seen around the hips goes forward, and the standing foot slides less than half as much")
    func feetStay() {
        for seed in 1...6 as ClosedRange<UInt64> {
            let (motion, room) = Self.puppet(.walk, seed: seed)
            func slide(_ locksFeet: Bool) -> Float {
                let character = CharacterMotion(motion, locksFeet: locksFeet)
                let feet = character.poses.map { $0.origins(character.lengths) }
                var (sum, count) = (Float(0), Float(0))
                for (ankle, bone) in [(27, Bone.leftFoot), (28, Bone.rightFoot)] {
                    for frame in 1..<room.count {
                        let truth = Self.length(room[frame][ankle] - room[frame - 1][ankle]) * 30
                        guard truth < 0.35 else { continue }
                        var step = feet[frame][bone.rawValue] - feet[frame - 1][bone.rawValue]
                        step.y = 0
                        sum += Self.length(step) * 30
                        count += 1
                    }
                }
                return sum / max(count, 1)
            }
            let character = CharacterMotion(motion)
            let way = Self.length(character.poses.last!.root - character.poses[0].root)
            let truth = Self.length((room.last![23] + room.last![24] - room[0][23] - room[0][24]) / 2)
            print("walk \(seed): slide \(slide(false) * 1000) -> \(slide(true) * 1000) mm/s; way \(way) of \(truth) m")
            #expect(slide(true) <= 0.5 * slide(false))
            #expect(abs(way - truth) < 0.3 * truth)
        }
    }

    @Test("gaps are bridged and hips that were never seen are no motion")
    func gaps() throws {
        func pose(_ x: Float?) -> Pose {
            Pose(topology: .common16, worldPoints: (0..<16).map { _ in x.map { [$0, 0, 0] } })
        }
        let motion = try #require(
            SteadyMotion(
                [
                    (.zero, pose(0)), (.milliseconds(100), pose(1)), (.milliseconds(200), pose(nil)),
                    (.milliseconds(300), pose(3)),
                ], frameRate: 10))
        #expect(motion.points.count == 4 && abs(motion.points[2][0]!.x - 2) < 1e-4)
        #expect(SteadyMotion([(.zero, pose(nil))]) == nil)
    }
}
