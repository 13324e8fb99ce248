import Foundation
import Inference
package import Randomness
import Recognition
package import Skeleton

/// Varies clips of evenly spaced samples as `AugmentationSettings` say.
package struct MotionAugmenter {
    private typealias Joint = MotionSample.Joint

    let settings: AugmentationSettings

    package init(settings: AugmentationSettings) { self.settings = settings }

    /// Varies bodies, views, errors of the camera and what is out of sight.
    ///
    /// - Parameter isSeenByCamera: the clip has a camera's view and errors in it: they are varied only a little.
    package func vary(_ samples: inout [MotionSample], isSeenByCamera: Bool, using stream: inout SplitMix64) {
        let share: Float = isSeenByCamera ? 0.7 : 1
        let size = samples.torso
        varyAmplitude(&samples, using: &stream)
        if settings.posture > 0 { varyPosture(&samples, using: &stream) }
        varyBones(&samples, using: &stream)
        if settings.landmarks > 0 { varyLandmarks(&samples, using: &stream) }
        turn(&samples, isSeenByCamera: isSeenByCamera, using: &stream)
        lean(&samples, using: &stream)
        varyRoot(&samples, size: size, using: &stream)
        disturb(&samples, size: size * share, using: &stream)
        if stream.chance(settings.lag) { smooth(&samples, keep: stream.uniform(0.2...0.6)) }
        if settings.swaps > 0, stream.chance(settings.swaps) { swapSides(&samples, using: &stream) }
        if settings.sparse > 0, stream.chance(settings.sparse) { thin(&samples, using: &stream) }
        if settings.flicker > 0, stream.chance(settings.flicker) { flicker(&samples, size: size, using: &stream) }
        if settings.flat > 0, stream.chance(settings.flat) { samples.flatten() }
        hide(&samples, using: &stream)
    }

    private func varyAmplitude(_ samples: inout [MotionSample], using stream: inout SplitMix64) {
        guard settings.amplitude > 0 else { return }
        let factor = max(0.5, 1 + settings.amplitude * stream.normal())
        for joint in 0..<MotionSample.jointCount {
            let seen = samples.indices.filter { samples[$0].isSeen(joint) }
            guard !seen.isEmpty else { continue }
            let mean = seen.reduce(SIMD3<Float>.zero) { $0 + samples[$1].points[joint] } / Float(seen.count)
            for index in seen {
                samples[index].points[joint] = mean + (samples[index].points[joint] - mean) * factor
            }
        }
    }

    /// What is held otherwise: the joint it turns about, the joints that go along, and its share of the angle.
    private static let heldParts: [(about: Int, joints: ClosedRange<Int>, share: Float)] = [
        (Joint.pelvis, Joint.spine...Joint.rightWrist, 0.5),
        (Joint.leftShoulder, Joint.leftElbow...Joint.leftWrist, 1),
        (Joint.rightShoulder, Joint.rightElbow...Joint.rightWrist, 1),
        (Joint.leftHip, Joint.leftKnee...Joint.leftAnkle, 0.8),
        (Joint.rightHip, Joint.rightKnee...Joint.rightAnkle, 0.8),
        (Joint.leftElbow, Joint.leftWrist...Joint.leftWrist, 0.8),
        (Joint.rightElbow, Joint.rightWrist...Joint.rightWrist, 0.8),
        (Joint.leftKnee, Joint.leftAnkle...Joint.leftAnkle, 0.6),
        (Joint.rightKnee, Joint.rightAnkle...Joint.rightAnkle, 0.6),
    ]

    /// Turns the trunk about the pelvis, each limb about its shoulder or hip and its lower half about its elbow or knee,
    /// by the same angle in every frame.
    private func varyPosture(_ samples: inout [MotionSample], using stream: inout SplitMix64) {
        for part in Self.heldParts {
            let turn =
                SIMD3(stream.normal(), stream.normal(), stream.normal())
                * (settings.posture * part.share / 1.7 * .pi / 180)
            let angle = (turn * turn).sum().squareRoot()
            guard angle > 1e-6 else { continue }
            let axis = turn / angle
            let (c, s) = (cos(angle), sin(angle))
            for index in samples.indices where samples[index].isSeen(part.about) {
                let center = samples[index].points[part.about]
                for joint in part.joints {
                    // Rodrigues's rotation.
                    let p = samples[index].points[joint] - center
                    let across = SIMD3(
                        axis.y * p.z - axis.z * p.y, axis.z * p.x - axis.x * p.z, axis.x * p.y - axis.y * p.x)
                    let along = axis * (axis * p).sum()
                    samples[index].points[joint] = center + p * c + across * s + along * (1 - c)
                }
            }
        }
    }

    /// Leaves frames out, and fills them in from those beside.
    private func thin(_ samples: inout [MotionSample], using stream: inout SplitMix64) {
        guard let last = samples.last else { return }
        let step = stream.chance(0.6) ? 2 : 3
        let kept = stride(from: Int(stream.unit() * Float(step)), to: samples.count, by: step).map { samples[$0] }
        guard kept.count > 1 else { return }
        samples = MotionResampling.resample(
            [samples[0]] + kept.filter { $0.time > samples[0].time } + [last], at: samples.map(\.time))
    }

    private func varyBones(_ samples: inout [MotionSample], using stream: inout SplitMix64) {
        guard settings.bones > 0 else { return }
        // Left and right bones keep to the same length.
        var factors = [Float](repeating: 1, count: MotionSample.jointCount)
        for edge in MotionSample.bones {
            let twin = MotionSample.mirroredJoints[edge.child]
            factors[edge.child] = twin < edge.child ? factors[twin] : max(0.5, 1 + settings.bones * stream.normal())
        }
        samples.scaleBones(by: factors)
    }

    private func varyLandmarks(_ samples: inout [MotionSample], using stream: inout SplitMix64) {
        let deviation = settings.landmarks
        let (hips, shoulders) = (deviation * stream.normal(), 0.5 * deviation * stream.normal())
        let hipWidth = exp(2.5 * deviation * stream.normal())
        let shoulderWidth = exp(1.2 * deviation * stream.normal())
        let head = exp(3 * deviation * stream.normal())
        for index in samples.indices {
            let before = samples[index]
            guard before.isSeen(Joint.pelvis), before.isSeen(Joint.neck) else { continue }
            let (pelvis, neck) = (before.points[Joint.pelvis], before.points[Joint.neck])
            let up = neck - pelvis
            samples[index].points[Joint.pelvis] = pelvis + up * hips
            samples[index].points[Joint.neck] = neck + up * shoulders
            samples[index].points[Joint.spine] =
                (samples[index].points[Joint.pelvis] + samples[index].points[Joint.neck]) / 2
            samples[index].points[Joint.head] =
                samples[index].points[Joint.neck] + (before.points[Joint.head] - neck) * head
            for joint in [Joint.leftHip, Joint.rightHip] {
                samples[index].points[joint] =
                    samples[index].points[Joint.pelvis] + (before.points[joint] - pelvis) * hipWidth
            }
            for joint in [Joint.leftShoulder, Joint.rightShoulder] {
                samples[index].points[joint] =
                    samples[index].points[Joint.neck] + (before.points[joint] - neck) * shoulderWidth
            }
        }
    }

    private func turn(_ samples: inout [MotionSample], isSeenByCamera: Bool, using stream: inout SplitMix64) {
        let range = isSeenByCamera ? min(settings.rotation, 20) : settings.rotation
        let yaw = stream.uniform(-range...range) * .pi / 180
        let share: Float = isSeenByCamera ? 0.5 : 1
        let pitch = share * settings.tilt * stream.normal() * .pi / 180
        let roll = share * settings.tilt * 0.6 * stream.normal() * .pi / 180
        let depth = isSeenByCamera ? 1 : stream.uniform(settings.depth...max(settings.depth, 2 - settings.depth))
        samples.turn(yaw: yaw, pitch: pitch, roll: roll, depth: depth)
    }

    /// Pose networks judge depth worst where a limb points along the line of sight: whole legs and trunks lean.
    private func lean(_ samples: inout [MotionSample], using stream: inout SplitMix64) {
        guard settings.lean > 0 else { return }
        let both = settings.lean * stream.normal()
        let slopes = (0..<2).map { _ in both + 0.3 * settings.lean * stream.normal() }
        let trunk = 0.5 * settings.lean * stream.normal()
        for index in samples.indices {
            let before = samples[index].points
            for (side, hip) in [10, 13].enumerated() {
                for joint in [hip + 1, hip + 2] {
                    samples[index].points[joint].z += slopes[side] * (before[joint].y - before[hip].y)
                }
            }
            for joint in 1...9 { samples[index].points[joint].z += trunk * (before[joint].y - before[0].y) }
        }
    }

    private func varyRoot(_ samples: inout [MotionSample], size: Float, using stream: inout SplitMix64) {
        let isHidden = stream.chance(settings.rootless)
        let drift = SIMD3(stream.normal(), 0.4 * stream.normal(), stream.normal()) * settings.drift * size
        guard let start = samples.first?.time else { return }
        for index in samples.indices {
            let way = drift * Float(samples[index].time - start)
            samples[index].root =
                switch samples[index].root {
                case _ where isHidden: .unknown
                case .unknown: .unknown
                case .world(let point): .world(point + way)
                case .image(let point, let perMetre):
                    .image(point + SIMD2(way.x, way.y) * perMetre, perMetre: perMetre)
                }
        }
    }

    private func disturb(_ samples: inout [MotionSample], size: Float, using stream: inout SplitMix64) {
        let bias = (0..<MotionSample.jointCount).map { _ in
            SIMD3(stream.normal(), stream.normal(), 1.5 * stream.normal()) * settings.bias * size
        }
        // Some clips are steady, some very unsteady; hands and feet most of all.
        let jitter = settings.jitter * size * exp(0.8 * stream.normal())
        samples.shake(by: jitter, bias: bias, using: &stream)
    }

    private func smooth(_ samples: inout [MotionSample], keep: Float) {
        for index in samples.indices.dropFirst() {
            for joint in 0..<MotionSample.jointCount {
                let (before, now) = (samples[index - 1].points[joint], samples[index].points[joint])
                if samples[index - 1].isSeen(joint) { samples[index].points[joint] = now + (before - now) * keep }
            }
        }
    }

    /// Exchanges left and right knees and ankles, or elbows and wrists, for some moments.
    private func swapSides(_ samples: inout [MotionSample], using stream: inout SplitMix64) {
        let pairs =
            stream.chance(0.8)
            ? [(Joint.leftKnee, Joint.rightKnee), (Joint.leftAnkle, Joint.rightAnkle)]
            : [(Joint.leftElbow, Joint.rightElbow), (Joint.leftWrist, Joint.rightWrist)]
        var isSwapped = false
        for index in samples.indices {
            if stream.chance(isSwapped ? 0.35 : 0.12) { isSwapped.toggle() }
            guard isSwapped else { continue }
            for (left, right) in pairs { samples[index].exchange(left, right) }
        }
    }

    /// Joints come and go, each by turns of its own, or are seen where they are not.
    private func flicker(_ samples: inout [MotionSample], size: Float, using stream: inout SplitMix64) {
        let strength = stream.uniform(0.05...0.6)
        for joint in 0..<MotionSample.jointCount {
            let share = min(0.9, strength * max(0, MotionSample.restlessness[joint] - 0.5))
            guard share > 0 else { continue }
            let length = stream.uniform(1.5...12)
            var isLost = stream.chance(share)
            var error: SIMD3<Float>?
            for index in samples.indices {
                if !isLost {
                    error =
                        stream.chance(0.25)
                        ? size * 0.35 * SIMD3(stream.normal(), stream.normal(), stream.normal()) : nil
                } else if let error {
                    samples[index].points[joint] += error
                } else {
                    samples[index].seen &= ~(1 << UInt16(joint))
                }
                isLost = isLost ? !stream.chance(1 / length) : stream.chance(share / (1 - share) / length)
            }
        }
    }

    private func hide(_ samples: inout [MotionSample], using stream: inout SplitMix64) {
        var hidden: UInt16 = 0
        if stream.chance(settings.limbs) {
            let groups: [UInt16] = [0b110_0000, 0b11_0000_0000, 0b1_1000_0000_0000, 0b1100_0000_0000_0000, 0b1000]
            let pick = Int(stream.unit() * Float(groups.count + 4))
            hidden |= pick < groups.count ? groups[pick] : 1 << UInt16(1 + Int(stream.unit() * 15))
        }
        if stream.chance(settings.legs) {
            // Ankles, and mostly the knees too.
            hidden |= 0b1001_0000_0000_0000
            if stream.chance(0.7) { hidden |= 0b0100_1000_0000_0000 }
        }
        // From some moment on, or up to it, or throughout.
        let cut = Int(stream.unit() * Float(samples.count))
        let pattern = stream.unit()
        for index in samples.indices where pattern < 0.5 || (pattern < 0.75) == (index < cut) {
            samples[index].seen &= ~hidden
        }
    }
}
