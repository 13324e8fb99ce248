import Foundation

extension PuppetBody {
    /// The joint turns that give a posture: planted feet and reaching hands by two-bone inverse kinematics, the hips
    /// lowered as far as planted feet need.
    func solve(_ posture: Posture) -> Figure {
        var hips = posture.hips
        if posture.feetAbove == nil {
            for side in PuppetSide.allCases {
                hips.y = min(hips.y, highestHips(over: posture.legs[side], side, at: hips, posture.pelvis))
            }
        }
        var legs = Sided<PuppetSide>(.left, .right).map { side, _ in
            legTurns(posture.legs[side], side, hips: hips, pelvis: posture.pelvis)
        }
        if let above = posture.feetAbove {
            let lowest = PuppetSide.allCases.map { lowestOfFoot(legs[$0], $0, hips: hips, pelvis: posture.pelvis) }
            hips.y += above - lowest.min()!
            legs = Sided<PuppetSide>(.left, .right).map { side, _ in
                legTurns(posture.legs[side], side, hips: hips, pelvis: posture.pelvis)
            }
        }
        let trunk = TrunkFrames(self, hips: hips, posture)
        return Figure(
            hips: hips, pelvis: posture.pelvis, lumbar: posture.lumbar, chest: posture.chest, neck: posture.neck,
            arms: Sided<PuppetSide>(.left, .right).map { side, _ in armTurns(posture.arms[side], side, trunk) },
            legs: legs)
    }

    // MARK: Legs

    /// How high the hips may be for a leg to reach its planted foot.
    private func highestHips(
        over posture: LegPosture, _ side: PuppetSide, at hips: SIMD3<Float>, _ pelvis: Quaternion
    ) -> Float {
        switch posture {
        case .angles: return .infinity
        case .mix(let a, let b, let weight):
            let highest = (highestHips(over: a, side, at: hips, pelvis), highestHips(over: b, side, at: hips, pelvis))
            if weight <= 0 { return highest.0 }
            if weight >= 1 { return highest.1 }
            return highest.0.isFinite && highest.1.isFinite ? max(highest.0, highest.1) : .infinity
        case .planted(let place, _):
            let offset = pelvis * SIMD3(side.sign * hipWidth / 2, 0, 0)
            let way = hips + offset - foot(at: place, side).ankle
            let reach = 0.999 * leg
            let across = way.x * way.x + way.z * way.z
            let up = max(0, reach * reach - across).squareRoot()
            return hips.y - way.y + up
        }
    }

    /// The ankle and the turn of a planted foot.
    private func foot(at place: FootPlace, _ side: PuppetSide) -> (ankle: SIMD3<Float>, turn: Quaternion) {
        let yaw = Quaternion.turn(side.sign * place.outward)
        let pivot = SIMD3(0, 0, place.heelLift >= 0 ? ballFront : -heelBack)
        let pitch = Quaternion.lean(place.heelLift)
        let offset = pivot + pitch * (SIMD3(0, ankleHeight, 0) - pivot)
        return (SIMD3(side.sign * place.x, place.height, place.z) + yaw * offset, yaw * pitch)
    }

    private func legTurns(_ leg: LegPosture, _ side: PuppetSide, hips: SIMD3<Float>, pelvis: Quaternion)
        -> Figure.LegTurns
    {
        switch leg {
        case .mix(let a, let b, let weight):
            return legTurns(a, side, hips: hips, pelvis: pelvis)
                .mixed(with: legTurns(b, side, hips: hips, pelvis: pelvis), weight)
        case .angles(let flexion, let abduction, let rotation, let knee, let ankle):
            let turns = Figure.LegTurns(
                hip: .roll(abduction) * .swing(flexion) * .turn(rotation), knee: .lean(knee), ankle: .swing(ankle))
            return side == .left ? turns : turns.mirrored
        case .planted(let place, let pole):
            let foot = foot(at: place, side)
            let root = hips + pelvis * SIMD3(side.sign * hipWidth / 2, 0, 0)
            let way = foot.ankle - root
            let towards = Quaternion.turn(side.sign * place.outward) * SIMD3(side.sign * pole.x, pole.y, pole.z)
            let bend = TwoBones(first: thigh, second: shank).reach(way, pole: towards)
            let thighTurn = Self.turn(along: bend.first, front: bend.pole)
            let kneeTurn = Quaternion.lean(bend.flexion)
            let shankTurn = thighTurn * kneeTurn
            return Figure.LegTurns(
                hip: pelvis.inverse * thighTurn, knee: kneeTurn, ankle: shankTurn.inverse * foot.turn)
        }
    }

    private func lowestOfFoot(_ leg: Figure.LegTurns, _ side: PuppetSide, hips: SIMD3<Float>, pelvis: Quaternion)
        -> Float
    {
        let root = hips + pelvis * SIMD3(side.sign * hipWidth / 2, 0, 0)
        let points = legPoints(leg, from: root, pelvis)
        return min(points.heel.y, points.toe.y)
    }

    // MARK: Arms

    private func armTurns(_ arm: ArmPosture, _ side: PuppetSide, _ trunk: TrunkFrames) -> Figure.ArmTurns {
        switch arm {
        case .mix(let a, let b, let weight):
            return armTurns(a, side, trunk).mixed(with: armTurns(b, side, trunk), weight)
        case .angles(let flexion, let abduction, let rotation, let elbow, let wrist):
            let turns = Figure.ArmTurns(
                shoulder: .roll(abduction) * .swing(flexion) * .turn(-rotation), elbow: .swing(elbow),
                wrist: .swing(wrist))
            return side == .left ? turns : turns.mirrored
        case .raised(let elevation, let plane, let rotation, let elbow, let wrist):
            let turns = Figure.ArmTurns(
                shoulder: .turn(plane) * .swing(elevation) * .turn(-plane - rotation), elbow: .swing(elbow),
                wrist: .swing(wrist))
            return side == .left ? turns : turns.mirrored
        case .reach(let target, let part, let pole, let wrist, let flat):
            let mirror = SIMD3<Float>(side.sign, 1, 1)
            let frame = trunk.frame(of: part)
            let place = frame.origin + frame.turn * (target * stature * mirror)
            let goal = trunk.chestTurn.inverse * (place - trunk.shoulders) * mirror
            // The shoulder rises with the arm, so where the arm starts depends on where it goes: two rounds settle it.
            var shoulder = SIMD3(shoulderWidth / 2, 0, 0)
            var bend = TwoBones(first: upperArm, second: forearm).reach(goal - shoulder, pole: pole)
            shoulder = shoulderPlace(forArmAlong: bend.first)
            bend = TwoBones(first: upperArm, second: forearm).reach(goal - shoulder, pole: pole)
            var turns = Figure.ArmTurns(
                shoulder: Self.turn(along: bend.first, front: -bend.pole), elbow: .swing(bend.flexion),
                wrist: .swing(wrist))
            if side == .right { turns = turns.mirrored }
            if flat {
                // Fingers forward, palm down.
                let hand = Quaternion(x: SIMD3(0, 1, 0), y: SIMD3(0, 0, -1), z: SIMD3(-1, 0, 0))
                let forearm = trunk.chestTurn * turns.shoulder * turns.elbow
                turns.wrist = forearm.inverse * (side == .left ? hand : hand.mirrored)
            }
            return turns
        }
    }

    /// Where the left shoulder joint is in the chest's frame: it rises and closes in as the arm goes overhead.
    func shoulderPlace(forArmAlong direction: SIMD3<Float>) -> SIMD3<Float> {
        let raised = acos(max(-1, min(1, -direction.y)))
        let share = max(0, (raised - degrees(40)) / degrees(140))
        return SIMD3(
            shoulderWidth / 2 * (1 - 0.16 * share * share),
            0.2 * shoulderWidth * share,
            0.1 * shoulderWidth * max(0, direction.z) * (1 - share))
    }

    /// The turn of a bone that points along `direction` when it hangs along -y at rest, its front towards `front`.
    private static func turn(along direction: SIMD3<Float>, front: SIMD3<Float>) -> Quaternion {
        let up = -direction
        let forward = perpendicular(front, to: up)
        return Quaternion(x: cross(up, forward), y: up, z: forward)
    }
}
