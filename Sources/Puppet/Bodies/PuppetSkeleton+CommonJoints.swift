import Skeleton

extension PuppetSkeleton {
    private typealias Joint = MotionSample.Joint

    /// A body of which the common joints are known; face, hands and feet are put where they usually are.
    ///
    /// - Parameters:
    ///   - points: of `SkeletonTopology.common16`, in metres, y down and z away, as in recordings.
    ///   - floor: y of the floor.
    package init(commonJoints points: InlineArray<16, SIMD3<Float>>, floor: Float) {
        // Half a turn about x: what is left stays left.
        func place(_ joint: Int) -> SIMD3<Float> {
            SIMD3(points[joint].x, floor - points[joint].y, -points[joint].z)
        }
        let (neck, head) = (place(Joint.neck), place(Joint.head))
        let left = normalized(place(Joint.leftShoulder) - place(Joint.rightShoulder))
        let up = normalized(head - neck)
        let forward = normalized(cross(left, up))
        self.init(
            joints: Array(repeating: head, count: BlazeJoint.allCases.count), pelvis: place(Joint.pelvis),
            spine: place(Joint.spine), neck: neck, skull: neck + up * 0.08, headTop: head + up * 0.12, headLeft: left,
            headForward: forward)
        self[.nose] = head + forward * 0.1
        for side in PuppetSide.allCases {
            let outward = left * side.sign
            self[.ear(side)] = head + outward * 0.07
            for eye in [BlazeJoint.eyeInner(side), .eye(side), .eyeOuter(side)] {
                self[eye] = head + forward * 0.08 + outward * 0.03 + up * 0.03
            }
            self[.mouth(side)] = head + forward * 0.09 + outward * 0.02 - up * 0.05
            let (arm, leg) = side == .left ? (Joint.leftShoulder, Joint.leftHip) : (Joint.rightShoulder, Joint.rightHip)
            for (joint, common) in [
                (BlazeJoint.shoulder(side), arm), (.elbow(side), arm + 1), (.wrist(side), arm + 2), (.hip(side), leg),
                (.knee(side), leg + 1), (.ankle(side), leg + 2),
            ] {
                self[joint] = place(common)
            }
            let hand = normalized(self[.wrist(side)] - self[.elbow(side)])
            for finger in [BlazeJoint.pinky(side), .index(side), .thumb(side)] {
                self[finger] = self[.wrist(side)] + hand * 0.08
            }
            let shank = normalized(self[.ankle(side)] - self[.knee(side)])
            let toward = normalized(cross(cross(shank, forward), shank))
            self[.heel(side)] = self[.ankle(side)] + shank * 0.05 - toward * 0.05
            self[.toe(side)] = self[.ankle(side)] + shank * 0.06 + toward * 0.15
        }
    }

    /// Left and right exchanged.
    package var mirrored: PuppetSkeleton {
        func over(_ p: SIMD3<Float>) -> SIMD3<Float> { SIMD3(-p.x, p.y, p.z) }
        var other = self
        for (joint, twin) in SkeletonTopology.blazePose33.mirrored.enumerated() {
            other.joints[joint] = over(joints[twin])
        }
        (other.pelvis, other.spine, other.neck) = (over(pelvis), over(spine), over(neck))
        (other.skull, other.headTop) = (over(skull), over(headTop))
        // The head's own left is on the other side now.
        (other.headLeft, other.headForward) = (-over(headLeft), over(headForward))
        return other
    }
}
