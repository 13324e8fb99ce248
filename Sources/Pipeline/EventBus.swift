package import Events
package import Skeleton
import Synchronization

/// Somewhere events go. A bus calls one sink at a time, in the order of the events.
package protocol EventSink: AnyObject, Sendable {
    /// Takes one event and the JSON line it is written as, without a line end.
    func take(_ event: Event, line: [UInt8]) throws
    /// Everything has been said: nothing may stay in a buffer.
    func finish() throws
}

/// Where all cameras of a process meet: numbers events, writes each as a line once, and hands both to every sink.
package final class EventBus: Sendable {
    private struct State: ~Copyable {
        var stamper: EventStamper
        let sinks: [any EventSink]
    }

    /// This run of Laban.
    package let run: EventID
    private let state: Mutex<State>

    package init(stamper: EventStamper = EventStamper(), sinks: [any EventSink]) {
        run = stamper.run
        state = Mutex(State(stamper: stamper, sinks: sinks))
    }

    /// Sets how capture times of a camera come about.
    package func setTimeBase(_ base: EventStamper.TimeBase, of camera: String) {
        state.withLock { $0.stamper.setTimeBase(base, of: camera) }
    }

    /// Publishes drafts in their order.
    ///
    /// - Throws: the first error of a sink, after every sink was given every event.
    package func publish(_ drafts: [EventDraft]) throws {
        guard !drafts.isEmpty else { return }
        try state.withLock { state throws in
            let events = drafts.map { state.stamper.stamp($0) }
            try Self.hand(events, to: state.sinks)
        }
    }

    /// Ends whatever a camera that failed has left open.
    package func endAll(of camera: String, reason: EndReason) throws {
        try state.withLock { state throws in
            let events = state.stamper.endAll(of: camera, reason: reason)
            try Self.hand(events, to: state.sinks)
        }
    }

    /// Lets every sink empty its buffers.
    ///
    /// - Throws: the first error, after every sink was asked.
    package func finish() throws {
        try state.withLock { state throws in
            try Self.forEach(state.sinks) { try $0.finish() }
        }
    }

    private static func hand(_ events: [Event], to sinks: [any EventSink]) throws {
        let lines = events.map { EventLine.encode($0) }
        try forEach(sinks) { sink in
            for (event, line) in zip(events, lines) { try sink.take(event, line: line) }
        }
    }

    private static func forEach(_ sinks: [any EventSink], _ body: (any EventSink) throws -> Void) throws {
        var first: (any Error)?
        for sink in sinks {
            do { try body(sink) } catch { first = first ?? error }
        }
        if let first { throw first }
    }
}
