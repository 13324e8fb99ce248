import Foundation
import Randomness

/// The postures of a stride.
struct Gait: Sendable {
    let running: Bool
    /// Metres forward in one stride.
    private(set) var strideLength: Float = 0
    /// How fast strides follow each other compared with those of somebody who comes along.
    private(set) var haste: Float = 1
    private let hip: PeriodicCurve
    private let knee: PeriodicCurve
    private let ankle: PeriodicCurve
    private var legRange: Float
    private var hipOffset: Float
    private var kneeRange: Float
    private var armRange: Float
    private let armOffset: Float
    private var elbow: Float
    private var elbowRange: Float
    private var armsOut: Float
    private let armsIn: Float
    private var trunkLean: Float
    private let pelvisTurn: Float
    private var sideShift: Float
    private var flight: Float
    private let feetOut: Float
    private var spread: Float

    /// Share of the stride that a foot is on the floor.
    private var stanceShare: Float { running ? 0.37 : 0.6 }

    /// - Parameter isBroad: lively, tired and stooping walks too, and jogs that hardly lift the feet.
    init(
        running: Bool, style: PuppetStyle, body: PuppetBody, isBroad: Bool = false, using random: inout SplitMix64
    ) {
        self.running = running
        let drive = max(0.55, min(1.25, (0.55 + 0.45 * style.speed) * (0.7 + 0.3 * style.amplitude)))
        if running {
            hip = PeriodicCurve([
                (0, 36), (0.15, 20), (0.34, -11), (0.43, -14), (0.6, 18), (0.76, 46), (0.86, 49), (0.95, 41),
            ])
            knee = PeriodicCurve([
                (0, 18), (0.14, 40), (0.3, 22), (0.38, 20), (0.5, 55), (0.65, 100), (0.8, 70), (0.93, 22),
            ])
            ankle = PeriodicCurve([(0, 4), (0.17, 22), (0.35, -18), (0.46, -16), (0.7, 0), (0.9, 3)])
            let onTheSpot = random.chance(0.25)
            legRange = onTheSpot ? random.uniform(0.35, 0.8) : drive * random.uniform(0.8, 1.15)
            hipOffset = onTheSpot ? degrees(random.uniform(5, 25)) : 0
            kneeRange = (onTheSpot ? 1 : drive) * random.uniform(0.75, 1.15)
            armRange = degrees(random.uniform(18, 45)) * drive
            armOffset = degrees(random.uniform(-12, 8))
            elbow = degrees(random.uniform(65, 105))
            elbowRange = degrees(random.uniform(0, 20))
            trunkLean = degrees(random.uniform(2, 14))
            flight = random.uniform(0.015, 0.07) * drive
            pelvisTurn = degrees(random.uniform(3, 9))
            sideShift = 0.008
            spread = degrees(random.uniform(0, 3))
        } else {
            hip = PeriodicCurve([
                (0, 27), (0.1, 23), (0.3, 4), (0.5, -12), (0.6, -5), (0.75, 21), (0.87, 31), (0.95, 29),
            ])
            knee = PeriodicCurve([
                (0, 4), (0.13, 17), (0.28, 9), (0.4, 4), (0.5, 9), (0.6, 32), (0.72, 61), (0.85, 30), (0.95, 4),
            ])
            ankle = PeriodicCurve([
                (0, 0), (0.07, -6), (0.25, 6), (0.45, 11), (0.55, 0), (0.63, -17), (0.75, -3), (0.87, 1),
            ])
            legRange = drive * random.uniform(0.9, 1.35)
            hipOffset = 0
            kneeRange = mix(1, drive, 0.5) * random.uniform(0.85, 1.08)
            armRange = degrees(random.uniform(5, 32)) * drive
            armOffset = degrees(random.uniform(-3, 10))
            elbow = degrees(random.uniform(8, 35))
            elbowRange = degrees(random.uniform(3, 22))
            trunkLean = degrees(random.uniform(-1, 8))
            flight = 0
            pelvisTurn = degrees(random.uniform(2, 8))
            sideShift = random.uniform(0.008, 0.022)
            spread = degrees(random.uniform(0, 4))
        }
        armsOut = degrees(random.uniform(4, 14))
        armsIn = degrees(random.uniform(0, 30))
        feetOut = degrees(random.uniform(0, 12))
        if isBroad { broaden(using: &random) }
        strideLength = measuredStride(body)
    }

    /// Takes the postures of a stride further than an able adult's.
    private mutating func broaden(using random: inout SplitMix64) {
        if running {
            guard random.chance(0.25) else { return }
            // On the spot, the knees hardly up.
            haste = random.uniform(0.85, 1.9)
            elbow = degrees(random.uniform(15, 100))
            legRange = random.uniform(0.15, 0.45)
            hipOffset = degrees(random.uniform(0, 18))
            kneeRange = random.uniform(0.4, 0.9)
            flight = random.uniform(0, 0.03)
            return
        }
        switch random.unit() {
        case ..<0.2:
            // Lively: arms bent and swung high, long steps.
            armRange = degrees(random.uniform(25, 60))
            elbow = degrees(random.uniform(20, 95))
            elbowRange = degrees(random.uniform(5, 35))
            legRange *= random.uniform(1, 1.25)
            kneeRange *= random.uniform(1, 1.3)
            trunkLean = degrees(random.uniform(-8, 8))
        case ..<0.4:
            // Tired or old: short steps, stooping, the arms hanging.
            armRange = degrees(random.uniform(0, 12))
            legRange *= random.uniform(0.45, 0.85)
            kneeRange *= random.uniform(0.5, 0.9)
            trunkLean = degrees(random.uniform(8, 32))
            sideShift = random.uniform(0.01, 0.05)
        case ..<0.5:
            // Swaggering: wide steps, arms held off the body.
            armsOut = degrees(random.uniform(14, 35))
            spread = degrees(random.uniform(3, 9))
            sideShift = random.uniform(0.02, 0.06)
            elbow = degrees(random.uniform(15, 60))
        case ..<0.72:
            // On the spot, at leisure or in haste, the feet hardly off the floor or the knees as high as the hips.
            let high = random.chance(0.3)
            haste = random.uniform(0.6, high ? 1.5 : 2.6)
            legRange = high ? random.uniform(0.4, 1.1) : random.uniform(0.1, 0.5)
            hipOffset = degrees(high ? random.uniform(8, 35) : random.uniform(0, 20))
            kneeRange = high ? random.uniform(0.9, 1.5) : random.uniform(0.3, 1.1)
            armRange *= random.chance(0.4) ? random.uniform(0, 0.2) : random.uniform(0.2, 1.4)
        default: break
        }
    }

    /// Lays one moment of the stride over a standing posture; phase 0 is the left foot's touch-down.
    func apply(_ phase: Float, to posture: inout Posture) {
        let swing = cos(2 * .pi * phase)
        let right = phase + 0.5
        posture.legs = Sided(leg(phase), leg(right))
        posture.feetAbove = flightHeight(phase)
        posture.hips.x += sideShift * sin(2 * .pi * phase + 0.4)
        let turn = Quaternion.turn(-pelvisTurn * swing)
        posture.pelvis =
            turn * .roll(degrees(2.5) * sin(2 * .pi * phase + 0.5)) * posture.pelvis * .lean(0.5 * trunkLean)
        posture.lumbar = posture.lumbar * .turn(pelvisTurn * 0.9 * swing) * .lean(0.3 * trunkLean)
        posture.chest = posture.chest * .turn(pelvisTurn * 0.9 * swing) * .lean(0.2 * trunkLean)
        posture.arms = Sided(arm(-swing), arm(swing))
    }

    private func leg(_ phase: Float) -> LegPosture {
        .angles(
            flexion: degrees(hip(phase)) * legRange + hipOffset + 0.5 * trunkLean, abduction: spread, rotation: feetOut,
            knee: max(0.02, degrees(knee(phase)) * kneeRange + 0.6 * hipOffset),
            ankle: degrees(ankle(phase)) * legRange)
    }

    private func arm(_ forward: Float) -> ArmPosture {
        .angles(
            flexion: armOffset + armRange * forward, abduction: armsOut, rotation: armsIn,
            elbow: max(0.05, elbow + elbowRange * forward))
    }

    /// Lowest foot above the floor: a parabola between toe-off and the other foot's touch-down.
    private func flightHeight(_ phase: Float) -> Float {
        guard running else { return 0 }
        let half = phase * 2
        let p = (half - half.rounded(.down)) / 2
        guard p > stanceShare else { return 0 }
        let t = (p - stanceShare) / (0.5 - stanceShare)
        return 4 * flight * t * (1 - t)
    }

    /// How far the standing foot goes back under the body, scaled to a whole stride.
    private func measuredStride(_ body: PuppetBody) -> Float {
        func ankleForward(_ phase: Float) -> Float {
            let thigh = degrees(hip(phase)) * legRange + hipOffset
            let shank = thigh - max(0.02, degrees(knee(phase)) * kneeRange + 0.6 * hipOffset)
            return body.thigh * sin(thigh) + body.shank * sin(shank)
        }
        let share: Float = running ? 0.3 : 0.45
        return max(0, ankleForward(0.03) - ankleForward(0.03 + share)) / share
    }
}
