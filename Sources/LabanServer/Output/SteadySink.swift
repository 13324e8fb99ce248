package import Events
package import Pipeline
import Synchronization

/// Passes events on to a sink that must stop no camera: what goes wrong is said once, and told again at the end.
package final class SteadySink: EventSink {
    private let sink: any EventSink
    private let say: @Sendable (String) -> Void
    private let failure = Mutex<(any Error)?>(nil)

    package init(_ sink: any EventSink, say: @escaping @Sendable (String) -> Void) {
        self.sink = sink
        self.say = say
    }

    package func take(_ event: Event, line: [UInt8]) {
        do { try sink.take(event, line: line) } catch {
            let isFirst = failure.withLock { failure in
                defer { failure = failure ?? error }
                return failure == nil
            }
            if isFirst { say("\(error)") }
        }
    }

    package func finish() throws {
        try sink.finish()
        if let failure = failure.withLock({ $0 }) { throw failure }
    }
}
