import Foundation
package import Imaging
import Skeleton

extension CropRegion {
    /// The square round a whole hand, fingers up, from its palm (Zhang et al. 2020).
    ///
    /// - Parameter palm: in pixels.
    package init(palm: PalmDetection) {
        let rotation = Self.rotation(from: palm.wrist, to: palm.middleBase)
        self.init(
            box: palm.center, extent: palm.extent, rotation: rotation, shift: Self.palmShift, margin: Self.palmMargin)
    }

    /// The square round a hand, fingers up, from its joints as last read (Zhang et al. 2020): the box round those that
    /// move little when the fingers bend, turned with the hand.
    ///
    /// - Parameter joints: 21 places in pixels.
    package init(handJoints joints: [SIMD2<Float>]) {
        precondition(joints.count == SkeletonTopology.hand21.count, "one place a joint")
        let knuckles = ((joints[5] + joints[13]) / 2 + joints[9]) / 2
        let rotation = Self.rotation(from: joints[0], to: knuckles)
        let turned = CropRegion(center: .zero, side: 1, rotation: rotation)
        var low = SIMD2<Float>(repeating: .infinity)
        var high = -low
        for joint in Self.steadyJoints {
            let place = SIMD2((joints[joint] * turned.xAxis).sum(), (joints[joint] * turned.yAxis).sum())
            low = pointwiseMin(low, place)
            high = pointwiseMax(high, place)
        }
        let middle = (low + high) / 2
        self.init(
            box: middle.x * turned.xAxis + middle.y * turned.yAxis, extent: high - low, rotation: rotation,
            shift: Self.jointShift, margin: Self.jointMargin)
    }

    /// Wrist, the inner joints of the thumb, and the two inner joints of each finger.
    private static let steadyJoints = [0, 1, 2, 3, 5, 6, 9, 10, 13, 14, 17, 18]
    /// How far towards the fingers the square's middle lies from that of the box, in box heights, and how many times the
    /// box's longer edge the square's edge is: from the palm, and from the joints.
    private static let palmShift: Float = 0.5
    private static let palmMargin: Float = 2.6
    private static let jointShift: Float = 0.1
    private static let jointMargin: Float = 2

    private init(box center: SIMD2<Float>, extent: SIMD2<Float>, rotation: Float, shift: Float, margin: Float) {
        self.init(center: center, side: extent.max() * margin, rotation: rotation)
        self.center -= extent.y * shift * yAxis
    }

    /// How far to turn a square so that one point lies straight above another in it.
    static func rotation(from low: SIMD2<Float>, to high: SIMD2<Float>) -> Float {
        let up = high - low
        return wrapped(.pi / 2 - atan2(-up.y, up.x))
    }
}
