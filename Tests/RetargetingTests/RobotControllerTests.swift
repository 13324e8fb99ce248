import Foundation
import Randomness
import Retargeting
import Robots
import Skeleton
import Testing

struct RobotControllerTests {
    private static let names = [
        "leftShoulder", "rightShoulder", "leftHip", "rightHip", "leftElbow", "leftWrist", "rightElbow", "rightWrist",
    ]

    /// Somebody whose left arm points so in the trunk's own axes; the right arm hangs. The trunk is turned by `yaw`
    /// radians to the person's left; nought looks into the camera.
    private func person(
        _ upperArm: Vector3, _ forearm: Vector3, yaw: Double = 0, track: Int = 1, x: Double = 0.5, height: Double = 0.6
    ) -> TrackedPose {
        let topology = SkeletonTopology.blazePose33
        let trunk = Rotation(x: [0, 0, -1], y: [1, 0, 0], z: [0, -1, 0]) * Rotation(yaw, round: [0, 0, 1])
        var world = [SIMD3<Float>?](repeating: nil, count: topology.count)
        var keypoints = [Keypoint?](repeating: nil, count: topology.count)
        let shoulder = Vector3(0, 0.18, 0.5)
        let places: [Vector3] = [
            shoulder, [0, -0.18, 0.5], [0, 0.1, 0], [0, -0.1, 0], shoulder + upperArm * 0.3,
            shoulder + upperArm * 0.3 + forearm * 0.25, [0, -0.18, 0.2], [0, -0.18, -0.05],
        ]
        for (name, place) in zip(Self.names, places) {
            let joint = topology.index(of: name)!
            let point = trunk * place
            world[joint] = SIMD3<Float>(point)
            keypoints[joint] = Keypoint(
                x: Float(x + 0.5 * height * point.x), y: Float(0.5 + 0.5 * height * point.y))
        }
        return TrackedPose(
            track: TrackID(track), pose: Pose(topology: topology, keypoints: keypoints, worldPoints: world))
    }

    private func frame(_ index: Int, _ people: [TrackedPose]) -> SkeletonFrame {
        SkeletonFrame(
            camera: "cam", index: index, presentationTime: .seconds(Double(index) / 30), aspectRatio: 1, people: people)
    }

    private func controller(_ person: OperatorChoice = .largest, mirrored: Bool = false) throws -> RobotController {
        var mapping = TestArms.sevenMapping
        mapping.isMirrored = mirrored
        return try RobotController(mapping: mapping, robot: TestArms.seven, person: person)
    }

    /// Runs frames 30 a second and ticks 100 a second; all commands of the first arm.
    @discardableResult
    private func run(
        _ controller: inout RobotController, frames: Range<Int>, swapped: Set<TrackID> = [],
        _ people: (Int) -> [TrackedPose]
    ) -> [RobotCommand] {
        var commands: [RobotCommand] = []
        for index in frames {
            controller.update(frame(index, people(index)), swapped: swapped)
            for tick in (index * 10 / 3)..<((index + 1) * 10 / 3) {
                commands.append(controller.tick(at: .milliseconds(10 * tick + 10))[0])
            }
        }
        return commands
    }

    private func vectors(_ command: RobotCommand) throws -> [Vector3] {
        var task = try ArmTask(TestArms.sevenArm, of: TestArms.seven)
        task.update(command.positions)
        return task.vectors
    }

    private static let upper = Vector3(0.6, 0.5, -0.62) / Vector3(0.6, 0.5, -0.62).length
    private static let fore = Vector3(0.9, -0.1, 0.4) / Vector3(0.9, -0.1, 0.4).length

    @Test("the robot's arm points as the person's does, however the person stands", arguments: [0, 0.7, -1.4, 3])
    func trunk(_ yaw: Double) throws {
        var controller = try controller()
        let last = run(&controller, frames: 0..<120) { _ in [person(Self.upper, Self.fore, yaw: yaw)] }.last!
        let found = try vectors(last)
        #expect((found[0] - Self.upper).length < 0.01)
        #expect((found[1] - Self.fore).length < 0.01)
    }

    @Test("a mirrored robot points to the other side")
    func mirrored() throws {
        var controller = try controller(mirrored: true)
        let last = run(&controller, frames: 0..<150) { _ in [person(Self.upper, Self.fore)] }.last!
        #expect((try vectors(last)[0] - Self.upper * Vector3(1, -1, 1)).length < 0.01)
    }

    @Test(
        "who leads is told by size or place",
        arguments: [
            (OperatorChoice.largest, 3), (.middle, 2), (.left, 1), (.right, 4), (.track(TrackID(4)), 4),
        ])
    func choice(_ choice: OperatorChoice, _ track: Int) throws {
        var controller = try controller(choice)
        run(&controller, frames: 0..<20) { _ in
            [
                person(Self.upper, Self.fore, track: 1, x: 0.1), person(Self.upper, Self.fore, track: 2, x: 0.45),
                person(Self.upper, Self.fore, track: 3, x: 0.7, height: 0.9),
                person(Self.upper, Self.fore, track: 4, x: 0.9),
            ]
        }
        #expect(controller.operatorTrack == TrackID(track))
    }

    @Test("the person who leads goes on leading though another looks larger; once lost, another may after a while")
    func lock() throws {
        var controller = try controller()
        let one = person(Self.upper, Self.fore, track: 1)
        let other = person([0.28, 0.96, 0], Self.upper, track: 2, x: 0.2, height: 0.9)
        run(&controller, frames: 0..<60) { $0 < 30 ? [one] : [one, other] }
        #expect(controller.operatorTrack == TrackID(1))
        let alone = run(&controller, frames: 60..<85) { _ in [other] }
        #expect(alone.dropFirst(11).allSatisfy { $0.status == .hold })
        #expect(controller.operatorTrack == TrackID(1))
        let last = run(&controller, frames: 85..<240) { _ in [other] }.last!
        #expect(controller.operatorTrack == TrackID(2))
        #expect(last.status == .ok)
    }

    @Test("a person who may have been swapped with another leads no more, and the arm holds")
    func swap() throws {
        var controller = try controller()
        run(&controller, frames: 0..<60) { _ in [person(Self.upper, Self.fore)] }
        let held = run(&controller, frames: 60..<61, swapped: [TrackID(1)]) { _ in [person(Self.upper, Self.fore)] }
        #expect(held.allSatisfy { $0.status == .hold })
        #expect(held[0].reason == "the person may have been mistaken for another")
        #expect(controller.operatorTrack == nil)
    }

    @Test("a forearm far longer than before is another's, and is not followed")
    func lengths() throws {
        var controller = try controller()
        run(&controller, frames: 0..<60) { _ in [person(Self.upper, Self.fore)] }
        let stretched = run(&controller, frames: 60..<80) { _ in [person(Self.upper, Self.fore * 3)] }
        #expect(stretched.last?.status == .hold)
    }

    @Test("a flat hand opens the gripper and a fist closes it")
    func openness() throws {
        func hand(_ stretch: Float) -> HandPose {
            var points = [SIMD3<Float>](repeating: .zero, count: SkeletonTopology.hand21.count)
            for finger in 0..<5 {
                for joint in 1...4 {
                    let way = joint == 1 ? 0.09 : 0.09 + stretch * 0.025 * Float(joint - 1)
                    points[finger * 4 + joint] = SIMD3(0.01 * Float(finger), way, 0)
                }
            }
            return HandPose(side: .left, imagePoints: points, worldPoints: points)
        }
        #expect(try #require(hand(1).openness) > 0.9)
        #expect(try #require(hand(-0.2).openness) < 0.1)
        #expect(try #require(hand(0.5).openness) > 0.3)
        #expect(HandPose(side: .left, imagePoints: Array(repeating: .zero, count: 21)).openness == nil)

        var mapping = TestArms.sevenMapping
        mapping.arms[0].grip = RobotMapping.Grip(joint: "spin", open: 1, closed: -1)
        mapping.arms[0].joints = ["yaw", "lift", "turn", "elbow"]
        var controller = try RobotController(mapping: mapping, robot: TestArms.seven)
        func grip(_ frames: Range<Int>, _ stretch: Float) -> Double? {
            run(&controller, frames: frames) { _ in
                var person = person(Self.upper, Self.fore)
                person.pose.hands = [hand(stretch)]
                return [person]
            }.last?.grip
        }
        #expect(try #require(grip(0..<90, 1)) > 0.9)
        #expect(try #require(grip(90..<180, -0.2)) < -0.9)
    }

    @Test("poses with nothing in them, other topologies and numbers that are none move nothing")
    func hostile() throws {
        var controller = try controller()
        var broken = person(Self.upper, Self.fore)
        for joint in broken.pose.worldPoints.indices where broken.pose.worldPoints[joint] != nil {
            broken.pose.worldPoints[joint] = SIMD3(.nan, .infinity, 0)
        }
        let empty = TrackedPose(track: TrackID(1), pose: Pose(topology: .hand21))
        let bare = TrackedPose(track: TrackID(1), pose: Pose(topology: .blazePose33))
        let commands = run(&controller, frames: 0..<90) { index in [[broken], [empty], [bare], []][index % 4] }
        #expect(commands.allSatisfy { $0.status == .hold && $0.positions == commands[0].positions })
    }
}
