extension PuppetBody {
    /// Where the joints are when the body takes a figure.
    func skeleton(_ figure: Figure) -> PuppetSkeleton {
        let trunk = TrunkFrames(
            self, hips: figure.hips, pelvis: figure.pelvis, lumbar: figure.lumbar, chest: figure.chest,
            neck: figure.neck)
        var skeleton = PuppetSkeleton(
            joints: Array(repeating: .zero, count: BlazeJoint.allCases.count), pelvis: figure.hips, spine: trunk.spine,
            neck: trunk.shoulders, skull: trunk.skull, headTop: trunk.skull + trunk.headTurn * SIMD3(0, head, 0),
            headLeft: trunk.headTurn * SIMD3(1, 0, 0), headForward: trunk.headTurn * SIMD3(0, 0, 1))
        placeFace(trunk, in: &skeleton)
        for side in PuppetSide.allCases {
            placeArm(figure.arms[side], side, trunk, in: &skeleton)
            let hip = figure.hips + figure.pelvis * SIMD3(side.sign * hipWidth / 2, 0, 0)
            let leg = legPoints(figure.legs[side], from: hip, figure.pelvis)
            skeleton[.hip(side)] = hip
            skeleton[.knee(side)] = leg.knee
            skeleton[.ankle(side)] = leg.ankle
            skeleton[.heel(side)] = leg.heel
            skeleton[.toe(side)] = leg.toe
        }
        return skeleton
    }

    /// The joints of a leg that hangs from `hip`.
    func legPoints(
        _ leg: Figure.LegTurns, from hip: SIMD3<Float>, _ pelvis: Quaternion
    ) -> (knee: SIMD3<Float>, ankle: SIMD3<Float>, heel: SIMD3<Float>, toe: SIMD3<Float>) {
        let thighTurn = pelvis * leg.hip
        let shankTurn = thighTurn * leg.knee
        let footTurn = shankTurn * leg.ankle
        let knee = hip + thighTurn * SIMD3(0, -thigh, 0)
        let ankle = knee + shankTurn * SIMD3(0, -shank, 0)
        return (
            knee, ankle, ankle + footTurn * SIMD3(0, -ankleHeight, -heelBack),
            ankle + footTurn * SIMD3(0, -ankleHeight, toeFront)
        )
    }

    private func placeArm(
        _ arm: Figure.ArmTurns, _ side: PuppetSide, _ trunk: TrunkFrames, in skeleton: inout PuppetSkeleton
    ) {
        let mirror = SIMD3<Float>(side.sign, 1, 1)
        let direction = (arm.shoulder * SIMD3(0, -1, 0)) * mirror
        let shoulder = trunk.shoulders + trunk.chestTurn * (shoulderPlace(forArmAlong: direction) * mirror)
        let upperTurn = trunk.chestTurn * arm.shoulder
        let lowerTurn = upperTurn * arm.elbow
        let handTurn = lowerTurn * arm.wrist
        let elbow = shoulder + upperTurn * SIMD3(0, -upperArm, 0)
        let wrist = elbow + lowerTurn * SIMD3(0, -forearm, 0)
        skeleton[.shoulder(side)] = shoulder
        skeleton[.elbow(side)] = elbow
        skeleton[.wrist(side)] = wrist
        skeleton[.pinky(side)] = wrist + handTurn * (SIMD3(0.02, -0.74, -0.26) * hand * mirror)
        skeleton[.index(side)] = wrist + handTurn * (SIMD3(0.02, -0.82, 0.18) * hand * mirror)
        skeleton[.thumb(side)] = wrist + handTurn * (SIMD3(-0.12, -0.42, 0.32) * hand * mirror)
    }

    private func placeFace(_ trunk: TrunkFrames, in skeleton: inout PuppetSkeleton) {
        func place(_ x: Float, _ y: Float, _ z: Float) -> SIMD3<Float> {
            trunk.skull + trunk.headTurn * (SIMD3(x, y, z) * head)
        }
        skeleton[.nose] = place(0, 0.36, 0.55)
        for side in PuppetSide.allCases {
            let x = side.sign
            skeleton[.eyeInner(side)] = place(0.075 * x, 0.52, 0.46)
            skeleton[.eye(side)] = place(0.14 * x, 0.52, 0.44)
            skeleton[.eyeOuter(side)] = place(0.2 * x, 0.52, 0.4)
            skeleton[.ear(side)] = place(0.33 * x, 0.42, 0.02)
            skeleton[.mouth(side)] = place(0.11 * x, 0.17, 0.45)
        }
    }

    /// The figure lifted until no joint is below the floor.
    func onFloor(_ figure: Figure) -> Figure {
        let lowest = skeleton(figure).joints.map(\.y).min() ?? 0
        var raised = figure
        raised.hips.y -= min(0, lowest)
        return raised
    }
}
