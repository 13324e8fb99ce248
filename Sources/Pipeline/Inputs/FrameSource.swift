package import Events
import Recordings
package import Skeleton
package import Video

/// One element of a source.
package enum SourceItem: Sendable {
    case picture(Frame)
    case skeletons(SkeletonFrame)
    /// A live source's connection changed.
    case report(ConnectionReport)

    var presentationTime: Duration? {
        switch self {
        case .picture(let frame): frame.presentationTime
        case .skeletons(let frame): frame.presentationTime
        case .report: nil
        }
    }

    /// The same at another pace.
    func faster(by speed: Double) -> SourceItem {
        switch self {
        case .picture(var frame):
            frame.presentationTime = frame.presentationTime / speed
            return .picture(frame)
        case .skeletons(var frame):
            frame.presentationTime = frame.presentationTime / speed
            return .skeletons(frame)
        case .report: return self
        }
    }
}

/// What is known of a source before its first frame.
package struct SourceFacts: Sendable {
    package var frameCount: Int?
    /// Size of the pictures in pixels, as shown.
    package var width: Int?
    package var height: Int?
    package var frameRate: Double?
    /// What was not in the source and had to be assumed or computed, one phrase each.
    package var derived: [String] = []
    /// When the first frame of a file of skeletons was recorded, where the file tells.
    package var recordedAt: UnixTime?
    /// Whether the source is a single picture, and no film.
    package var isPhotograph = false
}

/// Gives the elements of a film, a file of skeletons, a camera or a publisher in order.
///
/// `next` belongs to one thread, all else may be asked for from anywhere.
protocol FrameSource: AnyObject {
    var facts: SourceFacts { get }
    /// What the source complained about although it could be read; of a file, known once `next` has given nil.
    var warning: String? { get }
    /// Media time now of a source that goes on by itself; nil for files, and before the first published skeletons.
    var mediaTime: Duration? { get }
    /// The next element, waiting for it; nil at the end, and soon after `isOver` says that nobody wants more.
    func next(until isOver: () -> Bool) throws -> SourceItem?
    /// Ends a `next` that waits.
    func stop()
    /// How capture times come about; nil where frames are captured when they arrive.
    func timeBase(recordedAt: UnixTime?) -> EventStamper.TimeBase?
}

extension FrameSource {
    var facts: SourceFacts { SourceFacts() }
    var warning: String? { nil }
    var mediaTime: Duration? { nil }
    func stop() {}

    func timeBase(recordedAt: UnixTime?) -> EventStamper.TimeBase? {
        .file(start: recordedAt ?? facts.recordedAt ?? EventClock.system.now())
    }
}

extension PipelineInput {
    /// Opens it.
    func open(options: SkeletonReadingOptions, live settings: LiveSettings) throws -> any FrameSource {
        switch self {
        case .camera(let address): LiveSource(address, settings: settings)
        case .video(let path): FilmSource(try FilmReader.open(path, framesPerSecond: options.framesPerSecond))
        case .skeletons(let path): SkeletonSource(try SkeletonReader.open(path: path, options: options))
        case .standardInput: SkeletonSource(try SkeletonFileReader(path: "-"))
        case .socket(let address): try LiveSkeletons(address: address, silenceLimit: settings.stallLimit)
        }
    }
}
