import Randomness
import Retargeting
import Testing

struct JointBrakeTests {
    private static let tick = 0.01

    @Test(
        "whatever is asked of a joint, steps that leave room to brake keep position, velocity, acceleration and jerk",
        arguments: [
            JointBounds(lower: -2.9, upper: 2.9, velocity: 2.175, acceleration: 10, jerk: 1_000),
            JointBounds(lower: -0.1, upper: 0.3, velocity: 4, acceleration: 3, jerk: 20),
            JointBounds(lower: -1, upper: 1, velocity: 0.5, acceleration: 40, jerk: 300),
        ])
    func bounds(_ bounds: JointBounds) {
        let brake = JointBrake(bounds, tick: Self.tick)
        var random = SplitMix64(seed: 7)
        var motion = JointMotion(position: bounds.middle)
        var positions = [[motion.position], [motion.position], [motion.position]]
        for step in 0..<20_000 {
            let allowed = brake.allowed(motion)
            // As hard as may be one way for a while, then anything.
            let wish = step / 200 % 3 == 0 ? random.double(-1...1) : step / 200 % 3 == 1 ? 1 : -1
            let wanted = wish * bounds.acceleration
            let next = motion.stepped(
                acceleration: min(max(wanted, allowed.lowerBound), allowed.upperBound), by: Self.tick)
            motion = brake.stopsInside(next) ? next : brake.braked(motion)
            positions.append([motion.position])
        }
        #expect(BoundsUse(positions, [bounds], tick: Self.tick).isKept)
    }

    @Test("braking from any motion that leaves room ends at rest, where it was said to")
    func comesToRest() {
        let brake = JointBrake(
            JointBounds(lower: -3, upper: 3, velocity: 2, acceleration: 10, jerk: 500), tick: Self.tick)
        var random = SplitMix64(seed: 8)
        var motion = JointMotion(position: 0)
        for _ in 0..<2_000 {
            let allowed = brake.allowed(motion)
            let next = motion.stepped(acceleration: random.double(allowed), by: Self.tick)
            motion = brake.stopsInside(next) ? next : brake.braked(motion)
            var braking = motion
            var ticks = 0
            while !brake.isAtRest(braking), ticks < 1_000 {
                braking = brake.braked(braking)
                ticks += 1
            }
            #expect(ticks < 100)
            #expect(abs(braking.position - brake.restingPosition(motion)) < 1e-12)
        }
    }

    @Test("nearly the whole range, speed and acceleration can be used")
    func notTimid() {
        let bounds = JointBounds(lower: -1, upper: 1, velocity: 2, acceleration: 10, jerk: 1_000)
        let brake = JointBrake(bounds, tick: Self.tick)
        var motion = JointMotion(position: -1)
        var fastest = 0.0
        for _ in 0..<300 {
            motion = motion.stepped(acceleration: brake.allowed(motion).upperBound, by: Self.tick)
            fastest = max(fastest, motion.velocity)
        }
        #expect(fastest > 0.99 * bounds.velocity)
        #expect(motion.position > 0.99)
    }
}
