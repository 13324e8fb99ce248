/// The forms in which skeletons are read.
package enum SkeletonFormat: String, Sendable, Hashable, CaseIterable {
    /// Laban's own lines.
    case laban
    /// OpenPose's `--write_json` (Cao et al. 2019): a folder with a file a frame, or such frames in one file.
    case openPose = "openpose"
    /// AlphaPose results (Fang et al. 2022), in its own form or those it calls cmu and open.
    case alphaPose = "alphapose"
    /// COCO keypoints (Lin et al. 2014): annotations or results.
    case coco
    /// MediaPipe pose landmarks as JSON, protocol buffer text or a table.
    case mediaPipe = "mediapipe"
    /// MMPose's inferencer and demos (MMPose contributors 2020).
    case mmPose = "mmpose"
    /// Ultralytics' YOLO pose results, as JSON or text.
    case ultralytics
    /// OpenPifPaf's predictions (Kreiss et al. 2021).
    case openPifPaf = "openpifpaf"
    /// Poses of MoveNet and its like in TensorFlow.js: joints with names.
    case moveNet = "movenet"
    /// What Azure Kinect's offline processor writes.
    case azureKinect = "azurekinect"
    /// NTU RGB+D `.skeleton` text (Shahroudy et al. 2016).
    case ntu

    /// The names a user may say, for errors and help.
    package static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

/// What a user says of a source of skeletons because its files do not.
package struct SkeletonReadingOptions: Sendable, Hashable {
    /// The form; nil finds it out from the content.
    package var format: SkeletonFormat?
    /// Which joints the numbers are: the name of a known topology, or OpenPose's own name such as `BODY_25B`.
    package var layout: String?
    /// Frames a second; nil stands for 30 where the files tell nothing; times of the files come before it.
    package var framesPerSecond: Double?
    /// Size of the picture in pixels; nil takes what the files say, else how far the points reach.
    package var picture: PictureSize?

    package init(
        format: SkeletonFormat? = nil, layout: String? = nil, framesPerSecond: Double? = nil,
        picture: PictureSize? = nil
    ) {
        self.format = format
        self.layout = layout
        self.framesPerSecond = framesPerSecond
        self.picture = picture
    }
}

/// Width and height of a picture in pixels.
package struct PictureSize: Sendable, Hashable, CustomStringConvertible {
    package let width: Int
    package let height: Int

    /// Nil unless both are 1…100,000 and neither is a thousand times the other.
    package init?(width: Int, height: Int) {
        guard (1...100_000).contains(width), (1...100_000).contains(height), width <= height * 1000,
            height <= width * 1000
        else { return nil }
        self.width = width
        self.height = height
    }

    /// Reads `1280x720`.
    package init?(_ text: String) {
        let parts = text.lowercased().split(separator: "x", omittingEmptySubsequences: false)
        guard parts.count == 2, let width = Int(parts[0]), let height = Int(parts[1]) else { return nil }
        self.init(width: width, height: height)
    }

    package var description: String { "\(width)x\(height)" }

    var aspectRatio: Float { Float(width) / Float(height) }
}
