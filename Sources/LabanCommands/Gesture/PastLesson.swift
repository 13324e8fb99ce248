import ArgumentParser
import Events
import Foundation
import History
import LabanServer
import Recognition
import Skeleton

/// What a history has for the teaching of a gesture: examples, and what must not be taken for it.
struct PastLesson {
    let examples: [TaughtGesture.Example]
    private let spans: [PastSpan]
    private let reader: HistoryReader
    private let clips: [ClipRecord]

    /// Nil where no history is named.
    init?(_ command: GestureTeachCommand) throws {
        guard let (reader, filter) = try command.past.open() else { return nil }
        self.reader = reader
        spans =
            try command.event.map { head in
                let event = try reader.event(head)
                return PastSpan(event, name: "event \(event.eventID)")
            } + (try command.stretch(of: reader).map { [$0] } ?? [])
        clips = try PastOptions.clips(of: reader, filter)
        examples = try spans.map { try $0.example(from: reader) }
        for (span, example) in zip(spans, examples) {
            let first = span.start.adding(.init(clampingSeconds: example.span.lowerBound))
            let length = example.span.upperBound - example.span.lowerBound
            Terminal.standardError.write(
                "\(span.name): the gesture begins at \(first) and lasts \(String(format: "%.2f s", length))\n")
        }
    }

    /// How near what people did came to the gesture.
    func alarms(of gesture: TaughtGesture) throws -> PastAlarms {
        try PastAlarms(of: gesture, in: clips, of: reader, sparing: spans, model: try GestureFolder.model())
    }
}

extension GestureTeachCommand {
    /// Refuses places of examples that do not go together.
    func validateExamples() throws {
        let most = TaughtGesture.mostExamples
        guard past.history != nil || event.isEmpty else { throw ValidationError("--event goes with --history") }
        let count = inputs.count + event.count
        if inputs.isEmpty, event.isEmpty, past.history != nil {
            guard from != nil, to != nil, past.camera != nil, track != nil else {
                throw ValidationError(
                    "expected an example: inputs, --event, or --from, --to, --camera and --track of the history")
            }
            return
        }
        guard (1...most).contains(count) else {
            throw ValidationError("expected one to \(most) inputs, found \(count)")
        }
        guard from != nil || to != nil else { return }
        guard inputs.count == 1, event.isEmpty else { throw ValidationError("--from and --to go with one input") }
        for (option, text) in [("--from", from), ("--to", to)] {
            guard let text, Double(text).map({ $0.isFinite }) != true else { continue }
            throw ValidationError("\(option): expected seconds within the input, found '\(text)'")
        }
        if let from = from.flatMap(Double.init), let to = to.flatMap(Double.init), from >= to {
            throw ValidationError("expected --from before --to, found \(from), \(to)")
        }
    }

    /// The stretch of the past that `--from`, `--to`, `--camera` and `--track` name; nil where they name none.
    fileprivate func stretch(of reader: HistoryReader) throws -> PastSpan? {
        guard inputs.isEmpty, event.isEmpty, let from, let to, let camera = past.camera, let track else { return nil }
        let now = UnixTime(Date())
        let (start, end) = (
            try TimeOption.read(from, of: "--from", now: now).start, try TimeOption.read(to, of: "--to", now: now).end
        )
        guard start < end else { throw ValidationError("expected --from before --to, found '\(from)', '\(to)'") }
        let filter = HistoryFilter(since: start, until: end, camera: camera, track: track)
        guard let run = try reader.clips(filter).last?.run else {
            throw HistoryError(
                .lacking, path: reader.path,
                message: "expected skeletons of person \(track) of \(camera) from \(start) to \(end), found no clip")
        }
        return PastSpan(
            run: run, camera: camera, track: TrackID(track), start: start, end: end,
            name: "person \(track) of \(camera) at \(start)")
    }
}
