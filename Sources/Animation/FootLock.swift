import Foundation

/// Moves a character so that the foot it stands on stays where it is.
///
/// Cameras give points around the hips: the standing foot slides backward under somebody who walks. Taking the standing foot
/// for still instead gives the way through the room. Where the source measured that way, only what slides is taken back.
package struct FootLock: Sendable {
    private let lengths: BoneLengths

    /// The other foot must be so much lower to be stood on, in metres.
    private static let hysteresis: Float = 0.01
    /// A foot of a measured way stands when it is slower than this, in m/s, and no higher than this above the floor, in metres.
    private static let standing: (speed: Float, height: Float) = (0.4, 0.06)
    /// Seconds in which a correction of a measured way fades once no foot stands.
    private static let fading: Float = 0.2

    package init(lengths: BoneLengths) { self.lengths = lengths }

    /// The motion with a standing foot that stays; the floor is at 0.
    package func applied(to poses: [CharacterPose], frameRate: Double) -> [CharacterPose] {
        guard let first = poses.first else { return [] }
        let isMeasured = poses.contains { length($0.root - first.root) > 0.05 }
        let feet = poses.map(feet(of:))
        let lifts = feet.map { pair in
            let lower = pair[0].toe.y < pair[1].toe.y ? pair[0] : pair[1]
            return lower.ankle.y - lower.toe.y
        }.sorted()
        let ankle = min(max(lifts[lifts.count / 2], 0), 0.15)
        let heights = feet.map { pair in pair.map { min($0.ankle.y - ankle, $0.toe.y) } }
        let lows = heights.map { min($0[0], $0[1]) }.sorted()
        let floor = lows[lows.count / 20]
        var shift = SIMD3<Float>(0, -floor, 0)
        var support = heights[0][0] < heights[0][1] ? 0 : 1
        return poses.indices.map { index in
            if heights[index][1 - support] < heights[index][support] - Self.hysteresis { support = 1 - support }
            if index > 0 {
                let slide = slide(feet[index - 1][support], feet[index][support], ankle)
                let isStanding =
                    !isMeasured
                    || length(slide) * Float(frameRate) < Self.standing.speed
                        && heights[index][support] - floor < Self.standing.height
                if isStanding {
                    shift -= slide
                } else {
                    let rest = exp(-1 / (Float(frameRate) * Self.fading))
                    shift = [shift.x * rest, shift.y, shift.z * rest]
                }
            }
            if !isMeasured { shift.y = -min(heights[index][0], heights[index][1]) }
            var pose = poses[index]
            pose.root += shift
            return pose
        }
    }

    private struct Foot {
        var ankle: SIMD3<Float>
        var toe: SIMD3<Float>
    }

    private func feet(of pose: CharacterPose) -> [Foot] {
        let origins = pose.origins(lengths)
        return [Bone.leftFoot, .rightFoot].map { bone in
            let ankle = origins[bone.rawValue]
            return Foot(ankle: ankle, toe: ankle + pose.turns[bone.rawValue] * lengths.end(of: bone)!)
        }
    }

    /// How far the part of a foot that is on the floor moved along it: the heel before the toes come down, the toes once the
    /// heel is up.
    private func slide(_ before: Foot, _ now: Foot, _ ankle: Float) -> SIMD3<Float> {
        let tilt = (before.ankle.y + now.ankle.y) / 2 - ankle - (before.toe.y + now.toe.y) / 2
        let share = max(0, min(1, (tilt + 0.02) / 0.04))
        let way = share * (now.toe - before.toe) + (1 - share) * (now.ankle - before.ankle)
        return [way.x, 0, way.z]
    }

    private func length(_ v: SIMD3<Float>) -> Float { dot(v, v).squareRoot() }
}
