import Imaging
import Skeleton

extension BodyReading {
    /// Fewer pixels than this from head to foot hold no pose worth having.
    private static let leastSize: Float = 16

    /// Diameter in pixels of the circle that holds the whole body.
    var bodySize: Float {
        let span = bodyTop - hipCenter
        return 2 * (span * span).sum().squareRoot()
    }

    /// The square round the body as read, where to look next.
    var nextRegion: CropRegion { CropRegion(hipCenter: hipCenter, bodyTop: bodyTop) }

    /// Whether this could be a person at all: large enough, partly in the picture, with joints that stand apart.
    func isPlausible(in picture: Picture) -> Bool {
        let size = SIMD2(Float(picture.width), Float(picture.height))
        guard bodySize >= Self.leastSize, bodySize <= 4 * size.max() else { return false }
        let extent = box.high - box.low
        guard extent.x.isFinite, extent.y.isFinite, extent.max() >= bodySize / 4 else { return false }
        let inside = pose.keypoints.count { keypoint in
            guard let keypoint else { return false }
            return keypoint.x >= 0 && keypoint.x < 1 && keypoint.y >= 0 && keypoint.y < 1
        }
        return inside >= pose.keypoints.count / 4
    }
}
