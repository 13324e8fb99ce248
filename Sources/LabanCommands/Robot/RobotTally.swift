import Events
import Foundation
import Pipeline
import Skeleton
import Synchronization

/// How a robot's arms followed, for the summary after a run.
final class RobotTally: EventSink {
    /// How values of 0 and more lie, in steps of a tenth: as small after a week before a camera as after a minute.
    private struct Spread {
        private(set) var count = 0
        private var sum = 0.0
        private var steps = [Int](repeating: 0, count: 20_000)

        mutating func add(_ value: Double) {
            count += 1
            sum += value
            steps[min(steps.count - 1, max(0, Int(min(value, 1e6) * 10)))] += 1
        }

        var mean: Double { sum / Double(max(1, count)) }

        /// The value that a share of the others lies below.
        func quantile(_ share: Double) -> Double {
            var left = Int(share * Double(count))
            for (step, count) in steps.enumerated() {
                left -= count
                if left < 0 { return Double(step) / 10 }
            }
            return Double(steps.count) / 10
        }
    }

    private struct Entry {
        var counts: [RobotPayload.Status: Int] = [:]
        /// Of upper arm, forearm (degrees) and wrist (millimetres), while it followed.
        var errors = [Spread(), Spread(), Spread()]
        /// Radians (metres) a second.
        var fastest = 0.0
        var reasons: [String: Int] = [:]
    }

    private let entries = Mutex<[String: Entry]>([:])
    /// Time of a command.
    private static let tick = 0.01

    func take(_ event: Event, line: [UInt8]) {
        guard event.phase == .update, let command = event.payload.robot else { return }
        entries.withLock { entries in
            var entry = entries[command.arm] ?? Entry()
            entry.counts[command.status, default: 0] += 1
            entry.fastest = command.velocities.reduce(entry.fastest) { max($0, abs($1)) }
            if let reason = command.message { entry.reasons[reason, default: 0] += 1 }
            if ![.hold, .stopped].contains(command.status) {
                for (index, error) in [command.upperArmError, command.forearmError].enumerated() {
                    if let error { entry.errors[index].add(error * 180 / .pi) }
                }
                if let error = command.wristError { entry.errors[2].add(error * 1_000) }
            }
            entries[command.arm] = entry
        }
    }

    func finish() {}

    /// A row an arm; empty where no robot was led.
    var table: String {
        let entries = entries.withLock { $0 }
        guard !entries.isEmpty else { return "" }
        var table = TextTable([
            ("ARM", .left), ("FOLLOWED", .right), ("AT ITS BOUNDS", .right), ("OUT OF REACH", .right),
            ("STOOD", .right), ("ERRORS (MEAN, 95 IN 100 BELOW)", .left), ("FASTEST", .right),
        ])
        for (arm, entry) in entries.sorted(by: { $0.key < $1.key }) {
            func seconds(_ statuses: RobotPayload.Status...) -> String {
                String(format: "%.1f s", Double(statuses.reduce(0) { $0 + (entry.counts[$1] ?? 0) }) * Self.tick)
            }
            table.append([
                arm, seconds(.ok), seconds(.clamped), seconds(.unreachable), seconds(.hold, .stopped), errors(entry),
                String(format: "%.2f rad/s", entry.fastest),
            ])
        }
        let reasons = entries.values.reduce(into: [:]) { $0.merge($1.reasons, uniquingKeysWith: +) }
        let stood = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(3).map {
            String(format: "%.1f s: ", Double($0.value) * Self.tick) + $0.key
        }
        return table.text + (stood.isEmpty ? "" : "It stood " + stood.joined(separator: "; ") + ".\n")
    }

    private func errors(_ entry: Entry) -> String {
        let words = zip(["upper arm", "forearm", "wrist"], entry.errors).compactMap { name, errors -> String? in
            guard errors.count > 0 else { return nil }
            return String(format: "%@ %.1f, %.1f", name, errors.mean, errors.quantile(0.95))
                + (name == "wrist" ? " mm" : "°")
        }
        return words.isEmpty ? "-" : words.joined(separator: "; ")
    }
}
