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

/// Where all cameras of a process meet: numbers events, has them kept, writes each as a line once, and hands both to every
/// sink.
package final class EventBus: Sendable {
    private struct State: ~Copyable {
        var stamper: EventStamper
        let sinks: [any EventSink]
    }

    /// This run of Laban.
    package let run: EventID
    private let keeper: (any EventKeeper)?
    private let state: Mutex<State>

    /// - Parameter keeper: has every event before the sinks do.
    package init(
        stamper: EventStamper = EventStamper(), keeper: (any EventKeeper)? = nil, sinks: [any EventSink]
    ) {
        run = stamper.run
        self.keeper = keeper
        state = Mutex(State(stamper: stamper, sinks: sinks))
    }

    /// Sets how capture times of a camera come about.
    package func setTimeBase(_ base: EventStamper.TimeBase, of camera: String) {
        state.withLock { $0.stamper.setTimeBase(base, of: camera) }
    }

    /// Publishes drafts in their order, and after them what there is to tell of the keeping.
    ///
    /// - Throws: the first error of a sink, after every sink was given every event.
    package func publish(_ drafts: [EventDraft]) throws {
        guard !drafts.isEmpty else { return }
        try state.withLock { state throws in try hand(drafts.map { state.stamper.stamp($0) }, to: &state) }
    }

    /// Tells what there is to tell of the keeping, for when nothing else is published.
    package func publishNotices() throws {
        try state.withLock { state throws in try hand([], to: &state) }
    }

    /// Notes for the history who is in a camera's picture.
    package func note(_ tracks: [TrackID], camera: String, at presentationTime: Duration) {
        guard let keeper, !tracks.isEmpty else { return }
        let time = state.withLock { $0.stamper.captureTime(camera: camera, at: presentationTime) }
        keeper.note(tracks, camera: camera, at: time, presentationTime: presentationTime)
    }

    /// Hands everyone in a camera's picture to whoever keeps skeletons.
    package func record(_ frame: SkeletonFrame) {
        guard let keeper else { return }
        let time = state.withLock { $0.stamper.captureTime(camera: frame.camera, at: frame.presentationTime) }
        keeper.record(frame, run: run, at: time)
    }

    /// Lets the keeper and every sink empty their buffers.
    ///
    /// - Throws: the first error, after every sink was asked.
    package func finish() throws {
        try state.withLock { state throws in
            let kept = Result { try keeper?.finish() }
            let told = Result { try hand([], to: &state) }
            try Self.forEach(state.sinks) { try $0.finish() }
            try kept.get()
            try told.get()
        }
    }

    private func hand(_ events: [Event], to state: inout State) throws {
        let handed = Result { try Self.hand(events, keeper, state.sinks) }
        let notices = (keeper?.takeNotices() ?? []).map { state.stamper.stamp($0) }
        let told = Result { try Self.hand(notices, keeper, state.sinks) }
        try handed.get()
        try told.get()
    }

    private static func hand(_ events: [Event], _ keeper: (any EventKeeper)?, _ sinks: [any EventSink]) throws {
        guard !events.isEmpty else { return }
        var events = events
        if let keeper, !keeper.keep(events) {
            for index in events.indices { events[index].isDurable = false }
        }
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
