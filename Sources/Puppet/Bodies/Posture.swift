/// Where a hand's target is measured from.
enum BodyPart: Sendable {
    /// The line of the shoulders; axes of the chest.
    case chest
    /// The hip centre; axes of the pelvis.
    case pelvis
    /// The base of the skull; axes of the head.
    case head
    /// The place on the floor the person stands on; x to the left of where they are headed, y up.
    case floor
}

/// What one arm does. Angles in radians, written for the left arm and mirrored for the right.
indirect enum ArmPosture: Sendable {
    /// The hanging arm raised forward by `flexion`, then swung sideways by `abduction`, turned about its own axis by
    /// `rotation` (positive turns the elbow pit inwards), with the elbow bent by `elbow`.
    case angles(flexion: Float, abduction: Float, rotation: Float = 0, elbow: Float, wrist: Float = 0)
    /// The arm raised by `elevation` from hanging, in the plane that lies `plane` outwards from straight ahead (0 forward,
    /// a quarter turn sideways), without turning about its own axis except by `rotation` (positive inwards).
    case raised(elevation: Float, plane: Float, rotation: Float = 0, elbow: Float, wrist: Float = 0)
    /// The wrist at a place, shares of the stature from `part`, x outwards; the elbow points towards `elbow`.
    /// A `flat` hand lies on the floor, its fingers forward.
    case reach(SIMD3<Float>, from: BodyPart, elbow: SIMD3<Float>, wrist: Float = 0, flat: Bool = false)
    /// A share `weight` of the way from one posture to another.
    case mix(ArmPosture, ArmPosture, Float)
}

/// What one leg does. Angles in radians, written for the left leg and mirrored for the right.
indirect enum LegPosture: Sendable {
    /// The foot stands where it is told, and the knee bends as it must.
    case planted(FootPlace, knee: SIMD3<Float>)
    /// The hanging leg raised forward by `flexion` and sideways by `abduction`, turned outwards by `rotation`, the knee
    /// bent by `knee`, the toes pulled up by `ankle`.
    case angles(flexion: Float, abduction: Float = 0, rotation: Float = 0, knee: Float, ankle: Float = 0)
    /// A share `weight` of the way from one posture to another.
    case mix(LegPosture, LegPosture, Float)
}

/// Where a foot stands, in metres from the standing place: x outwards to its own side, z forward.
struct FootPlace: Sendable, Equatable {
    var x: Float
    var z: Float
    /// Sole above the floor.
    var height: Float = 0
    /// Toes turned outwards.
    var outward: Float = 0
    /// Heel lifted about the ball of the foot; negative lifts the toes about the heel.
    var heelLift: Float = 0
}

/// A whole posture in the frame of a person standing at the origin and headed along z: x left, y up.
struct Posture: Sendable {
    /// The hip centre, metres.
    var hips: SIMD3<Float>
    var pelvis = Quaternion.identity
    /// Turns of each part relative to the part below it.
    var lumbar = Quaternion.identity
    var chest = Quaternion.identity
    var neck = Quaternion.identity
    var arms: Sided<ArmPosture>
    var legs: Sided<LegPosture>
    /// When set, the hips are raised or lowered until the lowest foot is this far above the floor, in metres.
    var feetAbove: Float?

    /// Bends the trunk: forward, towards the left, and turned to the left, in radians. The pelvis takes `share` of the
    /// forward bend, the back the rest.
    mutating func bendTrunk(forward: Float = 0, left: Float = 0, turn: Float = 0, pelvis share: Float = 0.4) {
        pelvis = pelvis * .lean(forward * share)
        let back = (1 - share) / 2
        let half = Quaternion.lean(forward * back) * .roll(-left / 2) * .turn(turn / 2)
        lumbar = lumbar * half
        chest = chest * half
    }
}
