import Foundation

/// Turns points of a body into turns of bones whose lengths are fixed.
///
/// Points say where a bone leads, not how it is twisted about itself. The twist of a limb comes from the plane it bends in,
/// as elbows and knees are hinges, and is kept while the limb is straight and has no plane. One owner at a time, frames in
/// order.
package struct BoneRotations: Sendable {
    package let lengths: BoneLengths
    private let frameRate: Double
    private var limbs: [Limb?] = Array(repeating: nil, count: 4)
    private var last: CharacterPose?

    /// How a limb bent when it was last seen.
    private struct Limb: Sendable {
        var upper: SIMD3<Float>
        var normal: SIMD3<Float>
    }

    /// Sines of the angle at elbow or knee: below the first a limb has no plane, above the second it shows it fully.
    private static let plane: (none: Float, full: Float) = (0.15, 0.4)
    /// Radians a second that the twist of a limb changes at most.
    private static let fastestTwist: Float = 12

    package init(lengths: BoneLengths, frameRate: Double) {
        self.lengths = lengths
        self.frameRate = frameRate
    }

    /// The pose of the next frame; what is not seen stays as it was.
    ///
    /// - Parameter points: one entry a `BodyPoint`, in metres, y up.
    package mutating func next(_ points: [SIMD3<Float>?]) -> CharacterPose {
        var pose = last ?? CharacterPose(root: .zero, turns: Array(repeating: .identity, count: Bone.allCases.count))
        func point(_ place: BodyPoint) -> SIMD3<Float>? { points[place.rawValue] }
        if let pelvis = point(.pelvis) { pose.root = pelvis }
        turnTrunk(&pose, point)
        turnHead(&pose, point)
        turnArm(&pose, 0, [.leftShoulder, .leftUpperArm, .leftLowerArm, .leftHand], [1, 0, 0], point)
        turnArm(&pose, 1, [.rightShoulder, .rightUpperArm, .rightLowerArm, .rightHand], [-1, 0, 0], point)
        turnLeg(&pose, 2, [.leftUpperLeg, .leftLowerLeg, .leftFoot], point)
        turnLeg(&pose, 3, [.rightUpperLeg, .rightLowerLeg, .rightFoot], point)
        if let last {
            for index in pose.turns.indices { pose.turns[index] = pose.turns[index].near(last.turns[index]) }
        }
        last = pose
        return pose
    }

    private typealias Points = (BodyPoint) -> SIMD3<Float>?

    private func turnTrunk(_ pose: inout CharacterPose, _ point: Points) {
        guard let pelvis = point(.pelvis), let neck = point(.neck), let up = unit(neck - pelvis) else { return }
        let hipLine = line(point(.leftHip), point(.rightHip)) ?? pose.turns[Bone.hips.rawValue] * [1, 0, 0]
        let hips = frame(x: hipLine, nearY: up) ?? pose.turns[Bone.hips.rawValue]
        pose.turns[Bone.hips.rawValue] = hips
        let foot = pelvis + hips * lengths.offset(of: .spine)
        let rise = unit(neck - foot) ?? up
        let shoulderLine =
            line(point(.leftShoulder), point(.rightShoulder)) ?? pose.turns[Bone.chest.rawValue] * [1, 0, 0]
        let chest = frame(y: rise, nearX: shoulderLine) ?? pose.turns[Bone.chest.rawValue]
        // The spine shares the twist between hips and shoulders and leads exactly to the neck.
        let halfway = (hips * SIMD3(1, 0, 0)) + (chest * SIMD3(1, 0, 0))
        pose.turns[Bone.spine.rawValue] = frame(y: rise, nearX: halfway) ?? chest
        pose.turns[Bone.chest.rawValue] = chest
    }

    private func turnHead(_ pose: inout CharacterPose, _ point: Points) {
        let chest = pose.turns[Bone.chest.rawValue]
        guard let neck = point(.neck), let head = point(.head), let up = unit(head - neck) else { return }
        pose.turns[Bone.neck.rawValue] = frame(y: up, nearX: chest * [1, 0, 0]) ?? chest
        guard let left = point(.leftEar), let right = point(.rightEar), let nose = point(.nose),
            let across = unit(left - right), let ahead = unit(nose - (left + right) / 2),
            let upright = unit(cross(ahead, across))
        else {
            pose.turns[Bone.head.rawValue] = pose.turns[Bone.neck.rawValue]
            return
        }
        pose.turns[Bone.head.rawValue] = frame(x: across, nearY: upright) ?? pose.turns[Bone.neck.rawValue]
    }

    /// - Parameter out: where the arm leads at rest.
    private mutating func turnArm(
        _ pose: inout CharacterPose, _ limb: Int, _ bones: [Bone], _ out: SIMD3<Float>, _ point: Points
    ) {
        let places: [BodyPoint] =
            limb == 0
            ? [.neck, .leftShoulder, .leftElbow, .leftWrist, .leftHand, .leftIndex, .leftPinky]
            : [.neck, .rightShoulder, .rightElbow, .rightWrist, .rightHand, .rightIndex, .rightPinky]
        let chest = pose.turns[Bone.chest.rawValue]
        if let way = line(point(places[1]), point(places[0])) {
            pose.turns[bones[0].rawValue] = Quaternion(from: chest * out, to: way) * chest
        }
        guard let upper = line(point(places[2]), point(places[1])) else { return }
        let lower = line(point(places[3]), point(places[2])) ?? upper
        // Palms down, an elbow bends forward: its axis is down on the left and up on the right.
        let axis = SIMD3<Float>(0, -out.x, 0)
        let rest = Quaternion(from: chest * out, to: upper) * (chest * axis)
        let normal = settle(limb, upper: upper, lower: lower, rest: rest)
        pose.turns[bones[1].rawValue] = frame(x: upper * out.x, y: normal * axis.y)
        let lowerNormal = unit(normal - lower * dot(normal, lower)) ?? normal
        let lowerTurn = frame(x: lower * out.x, y: lowerNormal * axis.y)
        pose.turns[bones[2].rawValue] = lowerTurn
        guard let hand = line(point(places[4]), point(places[3])) else {
            pose.turns[bones[3].rawValue] = lowerTurn
            return
        }
        let across = line(point(places[5]), point(places[6])) ?? lowerTurn * [0, 0, 1]
        let flat = unit(across - hand * dot(across, hand)) ?? lowerTurn * [0, 0, 1]
        pose.turns[bones[3].rawValue] = Quaternion(x: hand * out.x, y: cross(flat, hand * out.x), z: flat)
    }

    private mutating func turnLeg(_ pose: inout CharacterPose, _ limb: Int, _ bones: [Bone], _ point: Points) {
        let places: [BodyPoint] =
            limb == 2
            ? [.leftHip, .leftKnee, .leftAnkle, .leftToe] : [.rightHip, .rightKnee, .rightAnkle, .rightToe]
        let hips = pose.turns[Bone.hips.rawValue]
        guard let upper = line(point(places[1]), point(places[0])) else { return }
        let lower = line(point(places[2]), point(places[1])) ?? upper
        let rest = Quaternion(from: hips * [0, -1, 0], to: upper) * (hips * [1, 0, 0])
        let normal = settle(limb, upper: upper, lower: lower, rest: rest)
        pose.turns[bones[0].rawValue] = Quaternion(x: normal, y: -upper, z: cross(normal, -upper))
        let across = unit(normal - lower * dot(normal, lower)) ?? normal
        let shank = Quaternion(x: across, y: -lower, z: cross(across, -lower))
        pose.turns[bones[1].rawValue] = shank
        guard let foot = line(point(places[3]), point(places[2])) else {
            pose.turns[bones[2].rawValue] = shank
            return
        }
        let sole = unit(across - foot * dot(across, foot)) ?? across
        pose.turns[bones[2].rawValue] = Quaternion(x: sole, y: cross(foot, sole), z: foot)
    }

    /// The axis that elbow or knee bends about: at right angles to the upper bone.
    ///
    /// - Parameter rest: the axis of a limb of which nothing is known yet.
    private mutating func settle(
        _ limb: Int, upper: SIMD3<Float>, lower: SIMD3<Float>, rest: SIMD3<Float>
    ) -> SIMD3<Float> {
        let before = limbs[limb].map { Quaternion(from: $0.upper, to: upper) * $0.normal } ?? rest
        let kept = unit(before - upper * dot(before, upper)) ?? rest
        let bend = cross(upper, lower)
        let sine = dot(bend, bend).squareRoot()
        var normal = kept
        let share = max(0, min(1, (sine - Self.plane.none) / (Self.plane.full - Self.plane.none)))
        if share > 0 {
            let seen = bend / sine
            let angle = share * atan2(dot(cross(kept, seen), upper), dot(kept, seen))
            let most = limbs[limb] == nil ? Float.pi : Self.fastestTwist / Float(frameRate)
            normal = Quaternion(about: upper, by: max(-most, min(most, angle))) * kept
            normal = unit(normal - upper * dot(normal, upper)) ?? kept
        }
        limbs[limb] = Limb(upper: upper, normal: normal)
        return normal
    }

    private func line(_ a: SIMD3<Float>?, _ b: SIMD3<Float>?) -> SIMD3<Float>? {
        guard let a, let b else { return nil }
        return unit(a - b)
    }

    /// The turn with this x axis and a y axis as near to another as can be.
    private func frame(x: SIMD3<Float>, nearY: SIMD3<Float>) -> Quaternion? {
        guard let y = unit(nearY - x * dot(nearY, x)) else { return nil }
        return Quaternion(x: x, y: y, z: cross(x, y))
    }

    private func frame(y: SIMD3<Float>, nearX: SIMD3<Float>) -> Quaternion? {
        guard let x = unit(nearX - y * dot(nearX, y)) else { return nil }
        return Quaternion(x: x, y: y, z: cross(x, y))
    }

    private func frame(x: SIMD3<Float>, y: SIMD3<Float>) -> Quaternion {
        Quaternion(x: x, y: y, z: cross(x, y))
    }
}
