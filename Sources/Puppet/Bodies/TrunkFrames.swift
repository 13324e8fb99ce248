/// Where the parts of the trunk are and how they are turned, for hands that reach to them.
struct TrunkFrames {
    let hips: SIMD3<Float>
    let pelvisTurn: Quaternion
    let spine: SIMD3<Float>
    let shoulders: SIMD3<Float>
    let chestTurn: Quaternion
    let skull: SIMD3<Float>
    let headTurn: Quaternion

    init(_ body: PuppetBody, hips: SIMD3<Float>, _ posture: Posture) {
        self.init(
            body, hips: hips, pelvis: posture.pelvis, lumbar: posture.lumbar, chest: posture.chest, neck: posture.neck)
    }

    init(
        _ body: PuppetBody, hips: SIMD3<Float>, pelvis: Quaternion, lumbar: Quaternion, chest: Quaternion,
        neck: Quaternion
    ) {
        self.hips = hips
        pelvisTurn = pelvis
        let lumbarTurn = pelvis * lumbar
        spine = hips + lumbarTurn * SIMD3(0, body.lumbar, 0)
        chestTurn = lumbarTurn * chest
        shoulders = spine + chestTurn * SIMD3(0, body.chest, 0)
        headTurn = chestTurn * neck
        // Half of the head's turn is the neck's.
        let neckTurn = chestTurn * Quaternion.identity.interpolated(to: neck, by: 0.5)
        skull = shoulders + neckTurn * SIMD3(0, body.neck, 0.12 * body.neck)
    }

    func frame(of part: BodyPart) -> (origin: SIMD3<Float>, turn: Quaternion) {
        switch part {
        case .chest: (shoulders, chestTurn)
        case .pelvis: (hips, pelvisTurn)
        case .head: (skull, headTurn)
        case .floor: (.zero, .identity)
        }
    }
}
