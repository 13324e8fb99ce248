import Imaging
import PoseEstimation
import Skeleton

/// A flat-shaded open hand, palm to the camera, with known joints: enough of a hand for the hand networks.
struct DrawnHand {
    /// In pixels.
    var wrist: SIMD2<Float>
    /// Wrist to tip of the middle finger, in pixels.
    var length: Float
    /// A right hand whose palm is seen has its thumb on the picture's right.
    var side: HandPose.Side = .right
    /// How far the hand is turned, clockwise on the screen, in radians; fingers point up at zero.
    var turn: Float = 0

    /// Base, two bends and tip of each finger, thumb first, for a left hand of length 1 pointing up.
    private static let fingers: [[SIMD2<Float>]] = [
        [SIMD2(-0.13, -0.1), SIMD2(-0.25, -0.23), SIMD2(-0.34, -0.35), SIMD2(-0.4, -0.46)],
        [SIMD2(-0.14, -0.5), SIMD2(-0.18, -0.68), SIMD2(-0.2, -0.8), SIMD2(-0.215, -0.9)],
        [SIMD2(-0.03, -0.53), SIMD2(-0.04, -0.74), SIMD2(-0.045, -0.87), SIMD2(-0.05, -1)],
        [SIMD2(0.08, -0.5), SIMD2(0.11, -0.7), SIMD2(0.125, -0.82), SIMD2(0.14, -0.92)],
        [SIMD2(0.18, -0.43), SIMD2(0.24, -0.57), SIMD2(0.275, -0.66), SIMD2(0.3, -0.74)],
    ]

    /// The joints of `hand21`, in pixels.
    var joints: [SIMD2<Float>] { [wrist] + Self.fingers.joined().map(place) }

    func draw(on pixels: inout PixelBuffer) {
        let skin = Color(222, 170, 138)
        let shade = Color(150, 95, 70)
        let outline = [SIMD2<Float>(-0.13, 0), SIMD2(-0.2, -0.5), SIMD2(0.22, -0.44), SIMD2(0.13, 0)].map(place)
        for (margin, color) in [(Float(0.012), shade), (0, skin)] {
            pixels.fillCapsule(
                from: place(SIMD2(0, 0.9)), to: place(.zero), radii: SIMD2(0.17 + margin, 0.125 + margin) * length,
                color: color)
            for (first, second) in zip(outline, outline.dropFirst() + outline.prefix(1)) {
                pixels.strokeLine(from: first, to: second, width: (0.06 + 2 * margin) * length, color: color)
            }
            pixels.fillPolygon(outline, color: color)
            for (index, finger) in Self.fingers.enumerated() {
                let width: Float = index == 0 ? 0.06 : 0.052
                for (first, second) in zip(finger, finger.dropFirst()) {
                    pixels.fillCapsule(
                        from: place(first), to: place(second),
                        radii: SIMD2(width + margin, width * 0.88 + margin) * length, color: color)
                }
            }
        }
        // Creases of the palm and of the fingers.
        for (first, second) in [
            (SIMD2<Float>(-0.16, -0.42), SIMD2<Float>(0.15, -0.36)), (SIMD2(-0.15, -0.36), SIMD2(0.1, -0.22)),
            (SIMD2(-0.12, -0.34), SIMD2(-0.03, -0.03)),
        ] {
            pixels.strokeLine(
                from: place(first), to: place(second), width: 0.012 * length, color: shade, opacity: 0.6)
        }
        for finger in Self.fingers.dropFirst() {
            for bend in finger[1...2] {
                pixels.strokeLine(
                    from: place(bend - SIMD2(0.04, 0)), to: place(bend + SIMD2(0.04, 0)), width: 0.01 * length,
                    color: shade, opacity: 0.6)
            }
        }
    }

    /// A grey wall with these hands.
    static func picture(of hands: [DrawnHand], width: Int = 640, height: Int = 480) -> Picture {
        var pixels = PixelBuffer(width: width, height: height, color: Color(120, 130, 140))
        for hand in hands { hand.draw(on: &pixels) }
        return .interleaved(pixels)
    }

    /// A body that holds these hands, as a tracker would give it: a pose of a person 1.7 m tall of whom a hand of
    /// 0.19 m appears as long as drawn.
    ///
    /// - Parameter offset: how far the body's wrists lie from the true ones, in pixels.
    static func person(
        holding hands: [DrawnHand], offset: SIMD2<Float> = .zero, track: Int = 1, width: Int = 640, height: Int = 480
    ) -> TrackedPose {
        let size = SIMD2(Float(width), Float(height))
        let scale = hands[0].length / 0.19
        var places = (0..<33).map { joint -> SIMD2<Float> in
            let part = SIMD2(Float(joint % 2), Float(joint) / 33) - 0.5
            return part * SIMD2(0.4, 1.7) * scale + size / 2
        }
        let world: [SIMD3<Float>?] = places.map { SIMD3(($0 - size / 2) / scale, 0) }
        for hand in hands {
            let first = hand.side == .left ? 15 : 16
            places[first] = hand.wrist + offset
            places[first + 2] = hand.place(SIMD2(0.18, -0.43)) + offset
            places[first + 4] = hand.place(SIMD2(-0.14, -0.5)) + offset
        }
        let sides = hands.map(\.side)
        let keypoints = places.enumerated().map { joint, place -> Keypoint? in
            let isHidden = (joint == 15 && !sides.contains(.left)) || (joint == 16 && !sides.contains(.right))
            let position = place / size
            return Keypoint(x: position.x, y: position.y, visibility: isHidden ? 0 : 1)
        }
        return TrackedPose(
            track: TrackID(track), pose: Pose(topology: .blazePose33, keypoints: keypoints, worldPoints: world))
    }

    private func place(_ point: SIMD2<Float>) -> SIMD2<Float> {
        let region = CropRegion(center: .zero, side: 1, rotation: turn)
        let mirrored = SIMD2(side == .left ? point.x : -point.x, point.y) * length
        return wrist + mirrored.x * region.xAxis + mirrored.y * region.yAxis
    }
}
