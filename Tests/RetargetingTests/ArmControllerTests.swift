import Foundation
import Randomness
import Retargeting
import Robots
import Testing

struct ArmControllerTests {
    private static let tick = 0.01
    private typealias Case = (robot: RobotDescription, mapping: RobotMapping)
    private static let cases: [Case] = [
        (TestArms.seven, TestArms.sevenMapping), (TestArms.five, TestArms.fiveMapping),
    ]

    private static func controller(_ one: Case) throws -> ArmController {
        try ArmController(arm: one.mapping.arms[0], mapping: one.mapping, robot: one.robot)
    }

    private func sight(_ upperArm: Vector3, _ forearm: Vector3, visibility: Double = 1) -> ArmSight {
        ArmSight(
            upperArm: upperArm / upperArm.length, forearm: forearm / forearm.length, lengths: (0.3, 0.3),
            visibility: visibility)
    }

    /// Ticks from the beginning, 30 frames a second: what `seen` gives at each, nil for no frame at all.
    private func commands(
        _ controller: inout ArmController, ticks: Range<Int>, seen: (Double) -> ArmSight?
    ) -> [RobotCommand] {
        ticks.map { index in
            if index % 10 % 3 == 0, let sight = seen(Double(index) * Self.tick) {
                controller.see(sight, at: .milliseconds(10 * index))
            }
            return controller.tick(at: .milliseconds(10 * index))
        }
    }

    /// An arm that waves about slowly.
    private func waving(_ time: Double) -> ArmSight {
        let (a, b) = (0.5 + 0.5 * sin(1.3 * time), 0.8 + 0.5 * cos(0.9 * time))
        return sight([sin(a), 0.3, -cos(a)], [sin(a + b), 0.2, -cos(a + b)])
    }

    @Test("an arm that holds still is followed until nothing is left to go")
    func converges() throws {
        var controller = try Self.controller(Self.cases[0])
        let target = sight([0.6, 0.6, -0.53], [0.9, -0.1, 0.4])
        let last = try #require(commands(&controller, ticks: 0..<400) { _ in target }.last)
        #expect(last.status == .ok)
        #expect(try #require(last.upperArmError) < 0.005)
        #expect(try #require(last.forearmError) < 0.005)
        #expect(last.velocities.allSatisfy { abs($0) < 1e-3 })
    }

    @Test("a wrist follows the way from shoulder to wrist")
    func wrist() throws {
        var controller = try Self.controller(Self.cases[1])
        let last = try #require(
            commands(&controller, ticks: 0..<400) { _ in sight([0.7, 0.1, 0.7], [0.9, -0.4, 0]) }.last)
        #expect(last.status == .ok)
        #expect(try #require(last.wristError) < 0.002)
        #expect(last.upperArmError == nil)
    }

    @Test("what the arm cannot do is called unreachable")
    func unreachable() throws {
        var mapping = TestArms.sevenMapping
        mapping.jointBounds["elbow"] = RobotMapping.Bounds(lower: -0.3)
        var controller = try Self.controller((TestArms.seven, mapping))
        let last = try #require(
            commands(&controller, ticks: 0..<300) { _ in sight([1, 0, 0], [-0.7, 0, 0.7]) }.last)
        #expect(last.status == .unreachable)
    }

    @Test("hostile sights never lead outside the bounds", arguments: cases.indices, [1, 2, 3] as [UInt64])
    func hostile(_ index: Int, _ seed: UInt64) throws {
        var controller = try Self.controller(Self.cases[index])
        var random = SplitMix64(seed: seed)
        var positions: [[Double]] = [controller.posture, controller.posture, controller.posture]
        var time = 0.0
        for tick in 0..<6_000 {
            let kind = random.next() % 12
            if tick % 3 == 0, kind > 1 {
                var seen = tick % 900 < 450 ? waving(time) : sight(random.direction(), random.direction())
                switch kind {
                case 2: seen.upperArm.y = .nan
                case 3: seen.wrist.z = .infinity
                case 4: seen.forearm = .zero
                case 5: seen.visibility = random.double(-1...1)
                case 6: seen.upperArm *= 1e300
                case 7: seen.openness = .nan
                default: break
                }
                // Times may stand still, or go back.
                let shown = kind == 8 ? time - random.double(0...2) : time
                controller.see(kind == 9 ? nil : seen, at: .seconds(shown))
            }
            if random.next() % 700 == 0 { controller.stop(reason: "test") }
            if random.next() % 200 == 0 { controller.reset() }
            if random.next() % 500 == 0 { controller.hold(reason: "test") }
            if random.next() % 100 == 0 { controller.release() }
            if random.next() % 900 == 0 { controller.forget(reason: "test") }
            time += random.next() % 50 == 0 ? random.double(0...1) : Self.tick
            positions.append(controller.tick(at: .seconds(time)).positions)
        }
        let use = BoundsUse(positions, controller.bounds, tick: Self.tick)
        #expect(use.isKept, "\(use)")
        #expect(use.velocity > 0.2, "it moved")
    }

    @Test("silence brakes within a tenth of a second, and the way back begins slowly")
    func silence() throws {
        var controller = try Self.controller(Self.cases[0])
        let before = commands(&controller, ticks: 0..<300, seen: waving)
        #expect(before.last?.status == .ok)
        let silent = commands(&controller, ticks: 300..<400) { _ in nil }
        let began = try #require(silent.firstIndex { $0.status == .hold })
        #expect(began <= 10)
        #expect(silent.last?.reason == "no frame has come")
        #expect(controller.isAtRest)
        let again = commands(&controller, ticks: 400..<500, seen: waving)
        let peak = again.prefix(10).flatMap(\.velocities).map(abs).max() ?? 0
        #expect(peak < 0.25 * (controller.bounds.map(\.velocity).max() ?? 0))
        #expect(again.last?.status == .ok)
    }

    @Test("an arm that is not seen well for a tenth of a second makes it brake, a single bad frame does not")
    func visibility() throws {
        var controller = try Self.controller(Self.cases[0])
        var frames = 0
        let flickering = commands(&controller, ticks: 0..<300) { time in
            frames += 1
            var sight = waving(time)
            if frames % 3 == 2 { sight.visibility = 0.4 }
            return sight
        }
        #expect(flickering.dropFirst(10).allSatisfy { $0.status != .hold })
        let unseen = commands(&controller, ticks: 300..<330) { time in
            var sight = waving(time)
            sight.visibility = 0.49
            return sight
        }
        #expect(unseen.last?.status == .hold)
        #expect(unseen.last?.reason == "the arm is not seen well enough")
    }

    @Test("a stop is kept until it is reset, whoever is seen")
    func stop() throws {
        var controller = try Self.controller(Self.cases[0])
        _ = commands(&controller, ticks: 0..<200, seen: waving)
        controller.stop(reason: "somebody said so")
        let stopped = commands(&controller, ticks: 200..<400, seen: waving)
        #expect(stopped.allSatisfy { $0.status == .stopped && $0.reason == "somebody said so" })
        #expect(stopped.last?.velocities.allSatisfy { $0 == 0 } == true)
        controller.release()
        #expect(commands(&controller, ticks: 400..<420, seen: waving).last?.status == .stopped)
        controller.reset()
        #expect(commands(&controller, ticks: 420..<600, seen: waving).last?.status == .ok)
    }

    @Test("elbow, wrist and tip never leave the fence")
    func fence() throws {
        var mapping = TestArms.sevenMapping
        mapping.safety.fence = RobotMapping.Fence(lowest: [-0.35, -0.35, -0.45], highest: [0.35, 0.35, 0.25])
        let arm = mapping.arms[0]
        var controller = try Self.controller((TestArms.seven, mapping))
        let tip = try #require(TestArms.seven.link(named: "link7"))
        let chain = KinematicChain(of: TestArms.seven, to: tip)
        let points = [arm.elbow, arm.wrist, arm.tip!].map { chain.point(of: TestArms.seven.link(named: $0)!)! }
        var random = SplitMix64(seed: 9)
        var (upper, fore) = (random.direction(), random.direction())
        var farthest = 0.0
        for index in 0..<4_000 {
            if index % 120 == 0 { (upper, fore) = (random.direction(), random.direction()) }
            let command = commands(&controller, ticks: index..<(index + 1)) { _ in sight(upper, fore) }[0]
            let placements = chain.placements(at: command.positions)
            for point in points {
                let place = chain.place(of: point, placements)
                #expect(all(place .>= mapping.safety.fence!.lowest) && all(place .<= mapping.safety.fence!.highest))
                farthest = max(farthest, abs(place.x), abs(place.y))
            }
        }
        #expect(farthest > 0.33, "it came near")
    }

    @Test("a posture at rest outside the fence is refused")
    func fenceAtRest() {
        var mapping = TestArms.sevenMapping
        mapping.safety.fence = RobotMapping.Fence(lowest: [1, 1, 1], highest: [2, 2, 2])
        #expect(throws: RetargetingError.self) { try Self.controller((TestArms.seven, mapping)) }
    }

    @Test("links that the robot does not have, or that are not on the way, are refused by name")
    func links() {
        var mapping = TestArms.sevenMapping
        mapping.arms[0].elbow = "elbow_link"
        let error = #expect(throws: RetargetingError.self) { try Self.controller((TestArms.seven, mapping)) }
        #expect(error?.description.contains("elbow_link") == true)
    }

    @Test("the speed share of the mapping is kept")
    func speed() throws {
        var mapping = TestArms.sevenMapping
        mapping.safety.speed = 0.25
        var controller = try Self.controller((TestArms.seven, mapping))
        let all = commands(&controller, ticks: 0..<600, seen: waving)
        let share = all.flatMap { zip($0.velocities, controller.bounds).map { abs($0) / $1.velocity } }.max() ?? 0
        #expect(share < 0.25 + 1e-9)
        #expect(share > 0.1)
    }

    @Test("the same sights give the same commands")
    func reproducible() throws {
        var (one, other) = (try Self.controller(Self.cases[0]), try Self.controller(Self.cases[0]))
        #expect(commands(&one, ticks: 0..<500, seen: waving) == commands(&other, ticks: 0..<500, seen: waving))
    }

    @Test("one wild frame does not move the arm")
    func wildFrame() throws {
        var (calm, other) = (try Self.controller(Self.cases[0]), try Self.controller(Self.cases[0]))
        let still = sight([0.5, 0.3, -0.8], [0.9, 0.2, 0.1])
        let expected = commands(&calm, ticks: 0..<400) { _ in still }
        var frames = 0
        let found = commands(&other, ticks: 0..<400) { _ in
            frames += 1
            return frames == 60 ? sight(-still.upperArm, -still.forearm) : still
        }
        let worst = zip(expected, found).flatMap { zip($0.positions, $1.positions).map { abs($0 - $1) } }.max()
        #expect(try #require(worst) < 0.01)
    }
}
