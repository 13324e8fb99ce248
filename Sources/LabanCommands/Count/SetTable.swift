import Events
import Foundation
import Pipeline
import Skeleton
import Synchronization

/// Keeps the sets of a run, for the table at its end.
final class SetTable: EventSink {
    private let sets = Mutex<[SetPayload]>([])

    func take(_ event: Event, line: [UInt8]) {
        guard let set = event.payload.set else { return }
        sets.withLock { $0.append(set) }
    }

    func finish() {}

    /// A line a set, by person and in the order of time; empty where there was none.
    var text: String {
        let sets = sets.withLock { $0 }.sorted { ($0.track, $0.start) < ($1.track, $1.start) }
        guard !sets.isEmpty else { return "" }
        // What no set has to tell takes no column.
        let hasPartials = sets.contains { $0.partialCount > 0 }
        let hasDisputes = sets.contains(where: \.isDisputed)
        var table = TextTable(
            [("WHO", .left), ("SET", .right), ("WHAT", .left), ("COUNT", .right)]
                + (hasPartials ? [("PARTIAL", .right)] : []) + (hasDisputes ? [("BY MOTION", .right)] : [])
                + [("FROM", .right), ("TOOK", .right), ("EACH", .right), ("RANGE", .right), ("REST", .right)])
        for set in sets {
            table.append(
                ["#\(set.track)", "\(set.number)", set.exercise, set.held == nil ? "\(set.count)" : "held"]
                    + (hasPartials ? [set.partialCount > 0 ? "\(set.partialCount)" : ""] : [])
                    + (hasDisputes ? [set.isDisputed ? set.countByMotion.map(String.init) ?? "" : ""] : [])
                    + [
                        EventPrinter.clockTime(set.start), Self.seconds(set.end - set.start),
                        set.held == nil ? Self.seconds(set.meanDuration) : "",
                        set.meanRange.map { "\(Int($0.rounded()))°" } ?? "", Self.seconds(set.rest),
                    ])
        }
        return table.text
    }

    private static func seconds(_ duration: Duration?) -> String {
        duration.map { String(format: "%.1f s", $0.inSeconds) } ?? ""
    }
}
