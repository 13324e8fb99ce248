import Events
import Pipeline

/// Passes on events of some kinds only.
final class KindFilter: EventSink {
    private let sink: any EventSink
    private let kinds: Set<EventKind>

    init(_ sink: any EventSink, kinds: Set<EventKind>) {
        self.sink = sink
        self.kinds = kinds
    }

    func take(_ event: Event, line: [UInt8]) throws {
        if kinds.contains(event.kind) { try sink.take(event, line: line) }
    }

    func finish() throws { try sink.finish() }
}
