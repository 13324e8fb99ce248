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

    private let state = Mutex<[EventKind: [String: Entry]]>([:])

    func take(_ event: Event, line: [UInt8]) {
        guard event.phase == .end, let label = event.label ?? (event.kind == .track ? "person" : nil) else { return }
        let lasted = (event.presentationTime ?? .zero) - (event.start ?? event.presentationTime ?? .zero)
        state.withLock {
            $0[event.kind, default: [:]][label, default: Entry()].count += 1
            $0[event.kind, default: [:]][label, default: Entry()].total += lasted
        }
    }

    func finish() {}

    /// Lines such as `squat            5 repetitions`, most telling kinds first.
    var lines: [String] {
        state.withLock { kinds in
            var lines: [String] = []
            for (kind, noun) in [
                (EventKind.track, "seen"), (.repetition, "repetitions"), (.action, "times"), (.gesture, "times"),
            ] {
                for (label, entry) in (kinds[kind] ?? [:]).sorted(by: { $0.key < $1.key }) {
                    let name = label.padding(toLength: 16, withPad: " ", startingAt: 0)
                    let count = "\(entry.count)"
                    let seconds = String(format: "%.1f s", entry.total.inSeconds)
                    let title = kind.rawValue.padding(toLength: 9, withPad: " ", startingAt: 0)
                    lines.append(
                        "  \(title) \(name) \(String(repeating: " ", count: max(0, 3 - count.count)))\(count) \(noun)"
                            + (kind == .repetition ? "" : ", \(seconds)"))
                }
            }
            return lines
        }
    }
}
