import ArgumentParser
import Events
import Foundation
import History
import Recognition
import Skeleton

extension GestureTeachCommand {
    /// Refuses places of examples that do not go together.
    func validateExamples() throws {
        let most = TaughtGesture.mostExamples
        guard past.history != nil || event.isEmpty else { throw ValidationError("--event goes with --history") }
        if past.history != nil, inputs.isEmpty {
            try PastOptions.refuse(skeletonOptions)
            if examples != 1 || seconds != 4 {
                throw ValidationError("--examples and --seconds are for a camera: give one, or leave them out")
            }
            if !event.isEmpty, track != nil {
                throw ValidationError("--track goes with inputs, or with --from and --to: --event says who it was")
            }
        }
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

    /// The events that `--event` names.
    func events(of reader: HistoryReader) throws -> [StoredEvent] {
        let events = try event.map { try reader.event($0) }
        if let again = events.indices.first(where: { events[..<$0].contains(events[$0]) }) {
            throw ValidationError("--event: expected each event once, found \(events[again].eventID) twice")
        }
        return events
    }

    /// The stretch of the past that `--from`, `--to`, `--camera` and `--track` name; nil where they name none.
    func stretch(of reader: HistoryReader) throws -> PastSpan? {
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
                message: "expected skeletons of person \(track) of \(camera) from \(start.localText()) to "
                    + "\(end.localText()), found no clip")
        }
        return PastSpan(
            run: run, camera: camera, track: TrackID(track), start: start, end: end,
            name: "person \(track) of \(camera) at \(start.localText())")
    }
}
