import Foundation
import Randomness
import Retargeting
import Robots

/// An arm led by what no camera should show: numbers that are none, jumps, swaps, silence, times that go back, stops and
/// resets between; and whether a command ever broke a bound.
struct HostileSights {
    private(set) var use: BoundsUse

    /// - Parameter ticks: commands; every third has a sight before it.
    init(_ arm: TestedArm, ticks: Int, seed: UInt64) throws {
        var controller = try arm.controller()
        var random = SplitMix64(seed: seed)
        let motion = ReachingMotion(seed: seed, speed: 2)
        use = BoundsUse(controller.bounds[0], tick: ArmTrial.tick)
        use.add(controller.postures[0])
        var time = 0.0
        for tick in 0..<ticks {
            if tick % 3 == 0 { Self.show(&controller, motion, at: time, wild: tick % 900 < 450, &random) }
            switch random.next() % 2_000 {
            case 0: controller.stop(reason: "test")
            case 1...20: controller.reset()
            case 21, 22: controller.hold(reason: "test")
            case 23...60: controller.release()
            case 61: controller.leave("test")
            default: break
            }
            time += random.next() % 100 == 0 ? Double(random.unit()) : ArmTrial.tick
            use.add(controller.tick(at: .seconds(time))[0].positions)
        }
    }

    private static func show(
        _ controller: inout RobotController, _ motion: ReachingMotion, at time: Double, wild: Bool,
        _ random: inout SplitMix64
    ) {
        var sight = ArmSight(motion.points(at: time, noise: 0.02, &random))
        if wild, random.next() % 4 == 0 { (sight.upperArm, sight.forearm) = (-sight.forearm, sight.upperArm) }
        let kind = wild ? random.next() % 20 : 10
        switch kind {
        case 0: sight.upperArm.y = .nan
        case 1: sight.wrist.z = .infinity
        case 2: sight.forearm = .zero
        case 3: sight.visibility = Double(random.uniform(-1...1))
        case 4: sight.upperArm *= 1e300
        case 5: sight.upperArm *= -1
        case 6, 7: return
        default: break
        }
        let shown = kind == 8 ? time - 2 * Double(random.unit()) : time
        controller.see([kind == 9 ? nil : sight], at: .seconds(shown))
    }
}
