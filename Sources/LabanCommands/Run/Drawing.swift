import Imaging
import LabanServer
import Pipeline
import Rendering
import Skeleton
import Video

/// Draws what was found over the frames it was found in: as a video, as a sheet of pictures, or both.
struct Drawing {
    private let path: String?
    private let frameRate: Double
    /// Made with the first picture where the source does not tell the size beforehand.
    private var writer: VideoWriter?
    private var sheet: PictureSheet?
    private let overlay = SkeletonOverlay()
    private var labels = LiveLabels()
    private let say: @Sendable (String) -> Void
    /// What ended the video before its time.
    private var failure: OutputError?

    /// - Parameters:
    ///   - video: path of the video; nil for none.
    ///   - sheet: path of the sheet of pictures; nil for none.
    ///   - say: told when the video cannot be written any more.
    init?(video: String?, sheet: String?, reader: SourceReader, say: @escaping @Sendable (String) -> Void) throws {
        guard video != nil || sheet != nil else { return nil }
        path = video
        self.say = say
        frameRate = min(reader.facts.frameRate ?? 25, 1000)
        if let video, let width = reader.facts.width, let height = reader.facts.height {
            writer = try VideoWriter(path: video, width: width, height: height, frameRate: frameRate)
        }
        self.sheet = sheet.map { PictureSheet(path: $0) }
    }

    /// Draws a frame. A video that cannot be written any more is given up, and everything else goes on.
    ///
    /// - Throws: what is wrong with the video's name when its first frame comes.
    mutating func append(_ step: PipelineStep, over frame: Frame) throws {
        for finding in step.findings { labels.take(finding) }
        sheet?.append(step, over: frame.picture.rgb(), at: frame.presentationTime, labels: labels)
        guard let path, failure == nil else { return }
        var pixels = frame.picture.rgb()
        overlay.draw(
            step.skeletons, labels: labels.lines, interactions: labels.shared,
            banner: SkeletonOverlay.banner(for: step.skeletons), on: &pixels)
        let writer =
            try self.writer
            ?? VideoWriter(path: path, width: pixels.width, height: pixels.height, frameRate: frameRate)
        self.writer = writer
        // A camera's pictures may change their size; those of the video cannot.
        if writer.width != pixels.width || writer.height != pixels.height {
            pixels = pixels.fitted(toWidth: writer.width, height: writer.height)
        }
        do { try writer.append(pixels, at: frame.presentationTime) } catch {
            let failure = OutputError(file: path, message: "the video ends here: \(error.message)")
            self.failure = failure
            say("\(failure)")
        }
    }

    func finish() throws {
        let drawn = Result { if let failure { throw failure } else { try writer?.finish() } }
        try sheet?.write()
        try drawn.get()
    }
}
