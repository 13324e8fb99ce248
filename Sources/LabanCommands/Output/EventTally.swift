import Events
import Foundation
import Pipeline
import Skeleton
import Synchronization

/// Counts what was found, for the summary after a run.
final class EventTally: EventSink {
    /// How often and how long a label was seen.
    struct Entry {
        var count = 0
        var total = Duration.zero
    }

    private struct Key: Hashable, Comparable {
        let kind: EventKind
        let label: String
        /// Told apart for repetitions and sets only.
        let track: TrackID?
        /// Of actions.
        let model: String?

        static func < (a: Self, b: Self) -> Bool {
            (a.label, a.track ?? TrackID(0), a.model ?? "") < (b.label, b.track ?? TrackID(0), b.model ?? "")
        }
    }

    /// What is told of, in this order.
    private static let kinds = [EventKind.track, .rep, .set, .action, .gesture, .interaction]

    private let entries = Mutex<[Key: Entry]>([:])

    func take(_ event: Event, line: [UInt8]) {
        guard event.phase == .end, Self.kinds.contains(event.kind),
            let label = event.label ?? (event.kind == .track ? "person" : nil)
        else { return }
        if event.payload.repetition?.isPartial == true { return }
        let key = Key(
            kind: event.kind, label: label, track: [.rep, .set].contains(event.kind) ? event.track : nil,
            model: event.kind == .action ? event.model : nil)
        let end = event.end ?? event.presentationTime ?? .zero
        let lasted = end - (event.start ?? end)
        entries.withLock {
            $0[key, default: Entry()].count += 1
            $0[key, default: Entry()].total += lasted
        }
    }

    func finish() {}

    /// A table of who and what was found, most telling kinds first; empty when nothing was.
    var table: String {
        let entries = entries.withLock { $0 }
        guard !entries.isEmpty else { return "" }
        let hasSeveralModels = Set(entries.keys.compactMap(\.model)).count > 1
        var table = TextTable([
            ("KIND", .left), ("WHAT", .left), ("WHO", .left), ("TIMES", .right), ("SECONDS", .right),
        ])
        for kind in Self.kinds {
            for (key, entry) in entries.filter({ $0.key.kind == kind }).sorted(by: { $0.key < $1.key }) {
                table.append([
                    kind.rawValue, key.label,
                    key.track.map { "#\($0)" } ?? (hasSeveralModels ? key.model.map { "by \($0)" } ?? "" : ""),
                    "\(entry.count)",
                    String(format: "%.1f", entry.total.inSeconds),
                ])
            }
        }
        return table.text
    }
}
