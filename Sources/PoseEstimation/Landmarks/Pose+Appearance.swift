package import Imaging
package import Skeleton

extension Pose {
    /// The pose with the mean colours of the clothes on trunk and thighs, taken from the picture it was found in; the
    /// same pose where too little of them is in the picture.
    package func withAppearance(in picture: Picture) -> Pose {
        var pose = self
        pose.appearance = appearance(in: picture)
        return pose
    }

    private func appearance(in picture: Picture) -> Appearance? {
        func place(_ name: String) -> SIMD2<Float>? {
            guard !keypoints.isEmpty, let joint = topology.index(of: name), let keypoint = keypoints[joint] else {
                return nil
            }
            return SIMD2(keypoint.x * Float(picture.width), keypoint.y * Float(picture.height))
        }
        guard let leftShoulder = place("leftShoulder"), let rightShoulder = place("rightShoulder"),
            let leftHip = place("leftHip"), let rightHip = place("rightHip"), let leftKnee = place("leftKnee"),
            let rightKnee = place("rightKnee")
        else { return nil }
        let colors = ColorSamples(
            round: [leftShoulder, rightShoulder, leftHip, rightHip, leftKnee, rightKnee], in: picture)
        guard
            let trunk = colors.mean(along: [
                (leftShoulder, rightHip, 0.2...0.8), (rightShoulder, leftHip, 0.2...0.8),
                ((leftShoulder + rightShoulder) / 2, (leftHip + rightHip) / 2, 0.2...0.85),
            ]), let legs = colors.mean(along: [(leftHip, leftKnee, 0.2...0.7), (rightHip, rightKnee, 0.2...0.7)])
        else { return nil }
        return Appearance(trunk: trunk, legs: legs)
    }
}

/// A coarse look at the part of a picture round some points.
private struct ColorSamples {
    private static let side = 40
    private let region: CropRegion
    private let size: SIMD2<Float>
    /// Shape (side, side, 3), 0…1.
    private let values: [Float]

    init(round points: [SIMD2<Float>], in picture: Picture) {
        let low = points.reduce(SIMD2(repeating: .infinity), pointwiseMin)
        let high = points.reduce(SIMD2(repeating: -.infinity), pointwiseMax)
        let region = CropRegion(center: (low + high) / 2, side: max(1, (high - low).max()) * 1.05)
        self.region = region
        size = SIMD2(Float(picture.width), Float(picture.height))
        let count = Self.side * Self.side * 3
        values = [Float](unsafeUninitializedCapacity: count) { buffer, filled in
            picture.sample(
                region, side: Self.side, range: 0...1, border: .edge,
                into: UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
            filled = count
        }
    }

    /// The mean colour of 12 points along a part of each line; nil when fewer than half of them are in the picture.
    func mean(along lines: [(SIMD2<Float>, SIMD2<Float>, ClosedRange<Float>)]) -> SIMD3<Float>? {
        let count = 12
        var sum = SIMD3<Float>.zero
        var found: Float = 0
        for (start, end, range) in lines {
            for step in 0..<count {
                let share = range.lowerBound + (range.upperBound - range.lowerBound) * Float(step) / Float(count - 1)
                let point = start + (end - start) * share
                guard point.x >= 0, point.y >= 0, point.x < size.x, point.y < size.y else { continue }
                let cell = region.unit(at: point) * Float(Self.side)
                let column = min(max(Int(cell.x), 0), Self.side - 1)
                let row = min(max(Int(cell.y), 0), Self.side - 1)
                let index = (row * Self.side + column) * 3
                sum += SIMD3(values[index], values[index + 1], values[index + 2])
                found += 1
            }
        }
        return found * 2 >= Float(count * lines.count) ? sum / found : nil
    }
}
