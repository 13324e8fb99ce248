import Imaging
import ModelStore
import PoseEstimation
import Puppet
import Skeleton

/// The pose networks, shown scenes as they would be drawn into a video.
struct DrawnSceneEye {
    private let modelFolder: String

    /// - Throws: when the pose weights are not installed.
    init() throws { modelFolder = try ModelFolder.requirePoseWeights() }

    /// What tells the poses seen in the scene's frames, to be asked once a frame and in order.
    func look(at scene: PuppetScene) throws -> (SkeletonFrame) throws -> [Pose] {
        var estimator = try PoseEstimator(modelFolder: modelFolder)
        return { frame in
            let picture = Picture.interleaved(scene.picture(at: frame.index))
            return try estimator.estimate(picture, at: frame.presentationTime).map { $0.withAppearance(in: picture) }
        }
    }
}
