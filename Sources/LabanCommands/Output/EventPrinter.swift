import Events
import Foundation
import Pipeline
import Printing
import Skeleton
import Synchronization

/// Prints events for people to read, one line each; of updates only what cameras say, and labels that are corrected.
final class EventPrinter: EventSink {
    private let showsCamera: Bool
    private let showsModel: Bool
    private let onLine: @Sendable (String) throws -> Void
    /// Of what has begun and not ended.
    private let labels = Mutex<[EventID: String]>([:])

    /// - Parameters:
    ///   - showsCamera: whether each line names the camera.
    ///   - showsModel: whether actions name the model that found them.
    ///   - onLine: prints a line.
    init(
        showsCamera: Bool = false, showsModel: Bool = false,
        onLine: @escaping @Sendable (String) throws -> Void
    ) {
        self.showsCamera = showsCamera
        self.showsModel = showsModel
        self.onLine = onLine
    }

    func take(_ event: Event, line: [UInt8]) throws {
        guard let text = text(of: event) else { return }
        try onLine(text + (showsModel ? event.model.map { "  by \($0.printable)" } ?? "" : ""))
    }

    func finish() {}

    /// `00:07.900  #1  action   squat         begins  0.93` without anything that could steer a screen, or nil for what would
    /// only fill it.
    func text(of event: Event) -> String? {
        let corrected = correctedLabel(event)
        guard event.phase != .update || [.camera, .history].contains(event.kind) || corrected != nil || isNews(event),
            let what = Self.what(event, instead: corrected)
        else { return nil }
        let time = event.presentationTime.map { Self.clockTime($0) } ?? String(repeating: " ", count: 9)
        let who = event.track.map { "#\($0)" } ?? ""
        let fields =
            [time] + (showsCamera ? [Self.padded(event.camera, 10)] : [])
            + [Self.padded(who, 4), Self.padded(event.kind.rawValue, 8), what]
        return fields.joined(separator: "  ").printable
    }

    /// Whether a robot's arm fares otherwise than was told before.
    private func isNews(_ event: Event) -> Bool {
        guard let robot = event.payload.robot else { return false }
        let status = robot.status.rawValue + (robot.message ?? "")
        return labels.withLock { $0.updateValue(status, forKey: event.id) != status }
    }

    /// The label that was told of an action before, where an update has another one.
    private func correctedLabel(_ event: Event) -> String? {
        guard event.kind == .action, let label = event.label else { return nil }
        return labels.withLock { labels in
            let before = labels[event.id]
            labels[event.id] = event.phase == .end ? nil : label
            return event.phase == .update && before != label ? before : nil
        }
    }

    /// Media time as `01:23.456`.
    static func clockTime(_ time: Duration) -> String {
        let milliseconds = Int(abs(time.inMicroseconds / 1000))
        return String(
            format: (time < .zero ? "-" : "") + "%02d:%02d.%03d", milliseconds / 60_000, milliseconds / 1000 % 60,
            milliseconds % 1000)
    }

    /// - Parameter corrected: the label that was told before; nil where it has not changed.
    private static func what(_ event: Event, instead corrected: String?) -> String? {
        switch event.payload {
        case .track:
            return event.phase == .begin ? "comes" : "goes" + because(event.reason)
        case .action(let segment), .gesture(let segment):
            let label = padded(segment.label, 14)
            if event.phase == .begin { return label + "  begins  " + percent(segment.confidence) }
            if let corrected { return label + "  instead of \(corrected)  " + percent(segment.confidence) }
            let lasted = (segment.end ?? event.presentationTime ?? segment.start) - segment.start
            return label + "  ends    after " + seconds(lasted) + because(event.reason)
        case .rep(let repetition):
            var text = padded(repetition.exercise, 14) + "  no. \(repetition.index)"
            if let down = repetition.down, let up = repetition.up { text += "  \(seconds(down)) + \(seconds(up))" }
            if let range = repetition.rangeOfMotion { text += "  \(Int(range.rounded())) degrees" }
            if repetition.isPartial { text += "  partial, not counted" }
            for fault in repetition.faults { text += "; " + fault.words }
            return text
        case .set(let set):
            if let held = set.held { return padded(set.exercise, 14) + "  held " + seconds(held) }
            var text = padded(set.exercise, 14) + "  \(set.count) in \(seconds(set.end - set.start))"
            if set.partialCount > 0 { text += ", \(set.partialCount) partial" }
            if let mean = set.meanDuration { text += ", \(seconds(mean)) each" }
            if let range = set.meanRange { text += ", \(Int(range.rounded())) degrees" }
            if let rest = set.rest { text += ", after \(seconds(rest)) rest" }
            if set.isDisputed, let moved = set.countByMotion { text += "; by motion alone \(moved)" }
            return text
        case .camera(let camera):
            return camera.state.rawValue + (camera.message.map { ": \($0)" } ?? "")
        case .interaction(let interaction):
            let label = padded(interaction.label, 14)
            let whom = (interaction.other.map { "  #\($0)" } ?? "") + (interaction.isMutual ? ", both" : "")
            if event.phase == .begin { return label + "  begins  " + percent(interaction.confidence) + whom }
            let lasted = (interaction.end ?? event.presentationTime ?? interaction.start) - interaction.start
            return label + "  ends    after " + seconds(lasted) + whom + because(event.reason)
        case .history(let history): return history.sentence
        case .robot(let robot):
            return "\(padded(robot.arm, 14))  \(robot.status.rawValue)" + (robot.message.map { ": \($0)" } ?? "")
        case .heartbeat: return nil
        }
    }

    private static func because(_ reason: EndReason?) -> String {
        guard let reason, reason != .completed else { return "" }
        return " (" + reason.rawValue.replacing("_", with: " ") + ")"
    }

    private static func percent(_ confidence: Float) -> String { "\(Int((confidence * 100).rounded())) %" }

    private static func seconds(_ duration: Duration) -> String {
        String(format: "%.1f s", duration.inSeconds)
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
