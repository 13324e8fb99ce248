import Imaging
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

    /// - Parameters:
    ///   - video: path of the video; nil for none.
    ///   - sheet: path of the sheet of pictures; nil for none.
    init?(video: String?, sheet: String?, reader: SourceReader) throws {
        guard video != nil || sheet != nil else { return nil }
        path = video
        frameRate = min(reader.frameRate ?? 25, 1000)
        if let video, let width = reader.width, let height = reader.height {
            writer = try VideoWriter(path: video, width: width, height: height, frameRate: frameRate)
        }
        self.sheet = sheet.map { PictureSheet(path: $0) }
    }

    mutating func append(_ step: PipelineStep, over frame: Frame) throws {
        for finding in step.findings { labels.take(finding) }
        guard path != nil || sheet?.wantsNext == true else {
            sheet?.skip()
            return
        }
        var pixels = frame.picture.rgb()
        overlay.draw(
            step.skeletons, labels: labels.lines(at: frame.presentationTime), bonds: labels.bonds,
            banner: SkeletonOverlay.banner(for: step.skeletons), on: &pixels)
        if let path {
            let writer =
                try self.writer
                ?? VideoWriter(path: path, width: pixels.width, height: pixels.height, frameRate: frameRate)
            self.writer = writer
            // A camera's pictures may change their size; those of the video cannot.
            if writer.width != pixels.width || writer.height != pixels.height {
                pixels = pixels.fitted(toWidth: writer.width, height: writer.height)
            }
            try writer.append(pixels, at: frame.presentationTime)
        }
        sheet?.append(pixels)
    }

    func finish() throws {
        try writer?.finish()
        try sheet?.write()
    }
}

/// Pictures evenly spread over a source of unknown length, on one sheet.
///
/// Every so many frames one is kept; when there are too many, every second goes and the distance doubles.
struct PictureSheet {
    private let path: String
    private var pictures: [PixelBuffer] = []
    private var distance = 1
    private var frames = 0

    private static let columns = 4
    private static let most = 12
    private static let tileWidth = 480

    init(path: String) { self.path = path }

    /// Whether the next frame is one of those to keep.
    var wantsNext: Bool { frames.isMultiple(of: distance) }

    mutating func skip() { frames += 1 }

    mutating func append(_ pixels: PixelBuffer) {
        defer { frames += 1 }
        guard wantsNext else { return }
        pictures.append(
            pixels.resized(toWidth: Self.tileWidth, height: max(1, pixels.height * Self.tileWidth / pixels.width)))
        guard pictures.count == Self.most * 2 else { return }
        pictures = stride(from: 0, to: pictures.count, by: 2).map { pictures[$0] }
        distance *= 2
    }

    func write() throws {
        let shown = min(pictures.count, Self.most)
        var sheet = ContactSheet(columns: min(Self.columns, max(1, shown)), tileWidth: Self.tileWidth)
        for index in 0..<shown { sheet.append(pictures[index * pictures.count / shown], caption: "") }
        if let picture = sheet.rendered() { try PictureFile.write(picture, to: path) }
    }
}
