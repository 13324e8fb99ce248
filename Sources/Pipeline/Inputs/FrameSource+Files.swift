import Events
import Recordings
import Skeleton
import Synchronization
import Video

/// The pictures of a film.
final class FilmSource: FrameSource {
    let facts: SourceFacts
    private let film: any PictureReading
    private let complaint = Mutex<String?>(nil)

    init(_ film: any PictureReading) {
        self.film = film
        facts = SourceFacts(
            frameCount: film.estimatedFrameCount, width: film.width, height: film.height, frameRate: film.frameRate,
            derived: film.derived, isPhotograph: film.isPhotograph)
    }

    var warning: String? { complaint.withLock { $0 } }

    func next(until isOver: () -> Bool) throws -> SourceItem? {
        if let frame = try film.next() { return .picture(frame) }
        let warning = film.warning
        complaint.withLock { $0 = warning }
        return nil
    }
}

/// The frames of a file or folder of skeletons.
final class SkeletonSource: FrameSource {
    let facts: SourceFacts
    private let reader: any SkeletonReading

    init(_ reader: any SkeletonReading) {
        self.reader = reader
        facts = SourceFacts(
            frameCount: reader.frameCount, derived: reader.derived,
            recordedAt: reader.recordedAt.map { UnixTime(microseconds: $0.inMicroseconds) },
            isPhotograph: reader.frameCount == 1)
    }

    func next(until isOver: () -> Bool) throws -> SourceItem? { try reader.next().map(SourceItem.skeletons) }
}

extension LiveSource: FrameSource {
    var mediaTime: Duration? { now }

    func next(until isOver: () -> Bool) throws -> SourceItem? {
        switch try next() {
        case .picture(let frame): .picture(frame)
        case .report(let report): .report(report)
        case nil: nil
        }
    }

    func timeBase(recordedAt: UnixTime?) -> EventStamper.TimeBase? { .live(origin: origin) }
}
