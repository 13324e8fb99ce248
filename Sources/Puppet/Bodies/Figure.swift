/// A body's joint turns, each relative to its parent: what postures are worked out to, and what can be blended.
struct Figure: Sendable, Equatable {
    var hips: SIMD3<Float>
    var pelvis: Quaternion
    var lumbar: Quaternion
    var chest: Quaternion
    var neck: Quaternion
    var arms: Sided<ArmTurns>
    var legs: Sided<LegTurns>

    struct ArmTurns: Sendable, Equatable {
        var shoulder: Quaternion
        var elbow: Quaternion
        var wrist: Quaternion

        var mirrored: ArmTurns {
            ArmTurns(shoulder: shoulder.mirrored, elbow: elbow.mirrored, wrist: wrist.mirrored)
        }

        func mixed(with other: ArmTurns, _ weight: Float) -> ArmTurns {
            ArmTurns(
                shoulder: shoulder.interpolated(to: other.shoulder, by: weight),
                elbow: elbow.interpolated(to: other.elbow, by: weight),
                wrist: wrist.interpolated(to: other.wrist, by: weight))
        }
    }

    struct LegTurns: Sendable, Equatable {
        var hip: Quaternion
        var knee: Quaternion
        var ankle: Quaternion

        var mirrored: LegTurns { LegTurns(hip: hip.mirrored, knee: knee.mirrored, ankle: ankle.mirrored) }

        func mixed(with other: LegTurns, _ weight: Float) -> LegTurns {
            LegTurns(
                hip: hip.interpolated(to: other.hip, by: weight),
                knee: knee.interpolated(to: other.knee, by: weight),
                ankle: ankle.interpolated(to: other.ankle, by: weight))
        }
    }

    /// The same figure in a mirror: what the left did, the right does.
    var mirrored: Figure {
        Figure(
            hips: hips * SIMD3(-1, 1, 1), pelvis: pelvis.mirrored, lumbar: lumbar.mirrored, chest: chest.mirrored,
            neck: neck.mirrored, arms: arms.swapped.map { $1.mirrored }, legs: legs.swapped.map { $1.mirrored })
    }

    /// A share `weight` of the way to another figure; bone lengths stay what they are.
    func mixed(with other: Figure, _ weight: Float) -> Figure {
        Figure(
            hips: hips + (other.hips - hips) * weight,
            pelvis: pelvis.interpolated(to: other.pelvis, by: weight),
            lumbar: lumbar.interpolated(to: other.lumbar, by: weight),
            chest: chest.interpolated(to: other.chest, by: weight),
            neck: neck.interpolated(to: other.neck, by: weight),
            arms: arms.map { $1.mixed(with: other.arms[$0], weight) },
            legs: legs.map { $1.mixed(with: other.legs[$0], weight) })
    }
}
