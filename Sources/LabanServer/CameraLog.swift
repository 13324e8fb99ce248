import Events
import Logging
import Pipeline
import Skeleton
import Synchronization

/// Logs how cameras fare: a line when a camera's state changes, and no more than one a minute for each camera.
final class CameraLog: EventSink {
    private struct Entry {
        var lastLine: ContinuousClock.Instant?
        /// The newest state that was not logged yet.
        var pending: (event: Event, changes: Int)?
    }

    private let logger = Logger(label: "laban.camera")
    private let entries = Mutex<[String: Entry]>([:])

    private static let interval = Duration.seconds(60)

    func take(_ event: Event, line: [UInt8]) {
        guard event.kind == .camera, event.phase == .update else { return }
        entries.withLock { entries in
            let changes = entries[event.camera]?.pending?.changes ?? 0
            entries[event.camera, default: Entry()].pending = (event, changes + 1)
        }
        flush()
    }

    /// Logs what had to wait for its minute.
    func flush() {
        let now = ContinuousClock.now
        entries.withLock { entries in
            for (camera, entry) in entries {
                guard let (event, changes) = entry.pending else { continue }
                if let last = entry.lastLine, now - last < Self.interval { continue }
                log(event, changes: changes)
                entries[camera] = Entry(lastLine: now)
            }
        }
    }

    func finish() {}

    private func log(_ event: Event, changes: Int) {
        guard case .camera(let payload) = event.payload else { return }
        var metadata: Logger.Metadata = ["camera": "\(event.camera)", "state": "\(payload.state.rawValue)"]
        if let message = payload.message { metadata["message"] = "\(message)" }
        if changes > 1 { metadata["changes"] = "\(changes)" }
        let isGood = payload.state == .online
        logger.log(level: isGood ? .info : .warning, isGood ? "camera online" : "camera trouble", metadata: metadata)
    }
}
