import Events
import Foundation
import History
import Imaging
import LabanServer
import Rendering
import Skeleton
import Video

/// An event shown again as drawn figures, from the skeletons that a history keeps.
struct EventDrawing {
    private let event: StoredEvent
    private let moments: [ClipPlayer.Moment]
    private let stage: FigureStage
    /// What could not be drawn.
    let damaged: DamagedClips

    /// What is drawn of longer events.
    private static let longest = Duration.seconds(600)
    /// A film shows a little of what was before and after.
    private static let margin = Duration.milliseconds(500)
    /// Figures of a strip.
    private static let figures = 6...10
    /// From one figure of a strip to the next, if there is time for it.
    private static let step = Duration.milliseconds(250)

    /// - Throws: why there is nothing to draw.
    init(_ event: StoredEvent, of reader: HistoryReader) throws {
        self.event = event
        let end = min(event.end, event.start.adding(Self.longest))
        let filter = HistoryFilter(since: event.start.adding(.zero - Self.margin), until: end.adding(Self.margin))
        let clips = try reader.clips(filter, of: event)
        var moments: [ClipPlayer.Moment] = []
        damaged = try ClipPlayer(clips, of: reader).play { moment, _ in
            if moment.time >= filter.since ?? moment.time, moment.time < filter.until ?? moment.time {
                moments.append(moment)
            }
        }
        let poses = moments.flatMap { $0.frame.people.map(\.pose) }
        let aspectRatio = moments.first?.frame.aspectRatio ?? 1
        guard let stage = FigureStage(for: poses, aspectRatio: aspectRatio, area: 230_000) else {
            throw try HistoryError(.lacking, path: reader.path, message: Self.reason(event, reader, damaged))
        }
        self.moments = moments
        self.stage = stage
    }

    /// Why there is nothing to see of an event, as a sentence without a full stop.
    static func reason(_ event: StoredEvent, _ reader: HistoryReader, _ damaged: DamagedClips) throws -> String {
        guard damaged.isEmpty else { return "expected skeletons of \(event.eventID), found damaged clips only" }
        return try reader.absence(of: event).sentence(of: event)
    }

    /// Figures side by side from begin to end, with the seconds since the begin.
    func strip() -> PixelBuffer {
        let own = moments.filter { event.start...event.end ~= $0.time }
        let shown = own.isEmpty ? moments : own
        let wanted = Int((event.end.microseconds &- event.start.microseconds) / Self.step.inMicroseconds) + 1
        let count = min(max(wanted, Self.figures.lowerBound), Self.figures.upperBound, shown.count)
        var sheet = ContactSheet(columns: count, tileWidth: min(stage.width, 220))
        let (first, last) = (shown[0].time.microseconds, shown[shown.count - 1].time.microseconds)
        for index in 0..<count {
            let time = first + (count > 1 ? (last - first) * Int64(index) / Int64(count - 1) : 0)
            let place = shown.indices.min {
                abs(shown[$0].time.microseconds - time) < abs(shown[$1].time.microseconds - time)
            }!
            let moment = shown[place]
            var picture = stage.picture(of: moment.frame.people)
            stage.drawWays(shown[...place].map(\.frame.people), on: &picture)
            let seconds = Double(moment.time.microseconds - event.start.microseconds) / 1e6
            sheet.append(picture, caption: String(format: "%.2f s", seconds))
        }
        return Self.titled(sheet.rendered()!, title)
    }

    /// The moving figure; at most ten minutes of it.
    func film(to path: String) throws {
        let writer = try VideoWriter(path: path, width: stage.width, height: stage.height, frameRate: 16)
        let first = moments[0].time
        try ProgressBar.during("Drawing", total: moments.count, unit: "frames") { progress in
            for (index, moment) in moments.enumerated() {
                let time = Duration.microseconds(moment.time.microseconds - first.microseconds)
                try writer.append(stage.picture(of: moment.frame.people), at: time)
                progress(index + 1)
            }
        }
        try writer.finish()
    }

    private var title: String {
        let who = event.tracks.map { "#\($0)" }.joined(separator: " and ")
        let label = event.label.isEmpty ? event.kind.rawValue : event.label
        return "\(label)  \(who)  \(event.camera)  \(event.start.localText())"
    }

    private static func titled(_ picture: PixelBuffer, _ title: String) -> PixelBuffer {
        let height = 28
        var whole = PixelBuffer(width: picture.width, height: picture.height + height, color: Color(24, 24, 28))
        whole.drawText(title, at: SIMD2(8, 6), fitting: Float(picture.width - 16), height: 18, color: .white)
        whole.paste(picture, atColumn: 0, row: height)
        return whole
    }
}
