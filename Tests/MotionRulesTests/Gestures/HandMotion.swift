import Skeleton

/// A person of whom only hands are in the picture, at one place a moment.
enum HandMotion {
    /// A hand with straight fingers whose wrist is at `place` of a square picture; its palm is a tenth of it long.
    static func hand(at place: SIMD2<Float>, side: HandPose.Side = .right, curl: Float = 0) -> HandPose {
        var points = [SIMD3<Float>](repeating: SIMD3(place.x, place.y, 0), count: 21)
        for finger in 0..<5 {
            // Up and back again, so that the tip is as far from the base as the curl has it.
            let up = 0.075 * (1 - curl / 2)
            for (joint, reach) in [0, up / 2, up, up - 0.075 * curl / 2].enumerated() {
                points[4 * finger + joint + 1] = SIMD3(place.x + 0.02 * Float(finger - 2), place.y - 0.1 - reach, 0)
            }
        }
        return HandPose(side: side, imagePoints: points)
    }

    /// Frames of one hand, thirty a second.
    static func frames(_ hands: [HandPose], track: Int = 1) -> [SkeletonFrame] {
        hands.enumerated().map { index, hand in
            SkeletonFrame(
                camera: "desk", index: index, presentationTime: .milliseconds(index * 1000 / 30), aspectRatio: 1,
                people: [
                    TrackedPose(track: TrackID(track), pose: Pose(topology: .blazePose33, hands: [hand]))
                ])
        }
    }

    /// Still, then `way` within so many frames, then still.
    static func move(_ way: SIMD2<Float>, frames count: Int = 8, side: HandPose.Side = .right) -> [SkeletonFrame] {
        let start = SIMD2<Float>(0.5, 0.5)
        let still = Array(repeating: hand(at: start, side: side), count: 10)
        let moving = (1...count).map { hand(at: start + way * (Float($0) / Float(count)), side: side) }
        return frames(still + moving + Array(repeating: hand(at: start + way, side: side), count: 20))
    }
}
