package import Imaging
package import Skeleton

extension Pose {
    /// The pose with the mean colours of the clothes on trunk and thighs, taken from the picture it was found in; the
    /// same pose where too little of them is in the picture.
    package func withAppearance(in pixels: PixelBuffer) -> Pose {
        var pose = self
        pose.appearance = appearance(in: pixels)
        return pose
    }

    private func appearance(in pixels: PixelBuffer) -> Appearance? {
        func place(_ name: String) -> SIMD2<Float>? {
            guard !keypoints.isEmpty, let joint = topology.index(of: name), let keypoint = keypoints[joint] else {
                return nil
            }
            return SIMD2(keypoint.x * Float(pixels.width), keypoint.y * Float(pixels.height))
        }
        guard let leftShoulder = place("leftShoulder"), let rightShoulder = place("rightShoulder"),
            let leftHip = place("leftHip"), let rightHip = place("rightHip"), let leftKnee = place("leftKnee"),
            let rightKnee = place("rightKnee"),
            let trunk = Self.meanColor(
                of: pixels,
                along: [
                    (leftShoulder, rightHip, 0.2...0.8), (rightShoulder, leftHip, 0.2...0.8),
                    ((leftShoulder + rightShoulder) / 2, (leftHip + rightHip) / 2, 0.2...0.85),
                ]),
            let legs = Self.meanColor(
                of: pixels, along: [(leftHip, leftKnee, 0.2...0.7), (rightHip, rightKnee, 0.2...0.7)])
        else { return nil }
        return Appearance(trunk: trunk, legs: legs)
    }

    /// The mean colour, 0…1, of 12 points along each line; nil when fewer than half of them are in the picture.
    private static func meanColor(
        of pixels: PixelBuffer, along lines: [(SIMD2<Float>, SIMD2<Float>, ClosedRange<Float>)]
    ) -> SIMD3<Float>? {
        let count = 12
        var sum = SIMD3<Float>.zero
        var found: Float = 0
        for (start, end, range) in lines {
            for step in 0..<count {
                let share = range.lowerBound + (range.upperBound - range.lowerBound) * Float(step) / Float(count - 1)
                let point = start + (end - start) * share
                guard point.x >= 0, point.y >= 0, point.x < Float(pixels.width), point.y < Float(pixels.height) else {
                    continue
                }
                let index = Int(point.y) * pixels.stride + Int(point.x) * 3
                sum += SIMD3(
                    Float(pixels.bytes[index]), Float(pixels.bytes[index + 1]), Float(pixels.bytes[index + 2]))
                found += 1
            }
        }
        return found * 2 >= Float(count * lines.count) ? sum / (255 * found) : nil
    }
}
