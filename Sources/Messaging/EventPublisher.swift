import CZeroMQ
package import Events
import JSONLines
import Synchronization

/// Publishes events over ZeroMQ: the topic in one frame, the event line in the next.
///
/// Publishing never waits: a subscriber that falls too far behind loses events and sees a hole in `seq`. May be shared
/// between tasks; closing waits up to the linger time for what is still to be sent.
package final class EventPublisher: Sendable {
    package struct Settings: Sendable, Hashable {
        /// Events kept for each subscriber before some are dropped.
        package var highWaterMark = 10_000
        /// How long closing waits for the last events to go out.
        package var linger = Duration.seconds(1)

        package init() {}
    }

    /// Where it listens; a port of `*` has become a number.
    package let endpoint: String
    package let site: String
    private let state: Mutex<State>

    fileprivate struct State: ~Copyable {
        var socket: ZeroMQSocket
        var stamper: EventStamper
        var line = JSONWriter()
        var topics: [String: [UInt8]] = [:]
        var lastSequences: [String: UInt64] = [:]
        var subscriptions = 0
    }

    /// Listens on `endpoint`: `tcp://127.0.0.1:PORT`, with `*` for any port, or `ipc://PATH`.
    ///
    /// - Parameters:
    ///   - site: the third part of every topic.
    ///   - run: the run of the events, for heartbeats.
    package init(
        endpoint: String, site: String = "local", run: EventID, settings: Settings = .init(),
        clock: EventClock = .system
    ) throws(MessagingError) {
        let address = try Endpoint.checkedForBinding(endpoint)
        let socket = try ZeroMQSocket.open(type: ZMQ_XPUB, endpoint: address, linger: settings.linger)
        try socket.set(ZMQ_SNDHWM, Int32(clamping: max(settings.highWaterMark, 1)))
        try socket.set(ZMQ_XPUB_VERBOSER, 1)
        try socket.setGreatestMessage(bytes: 1 << 16)
        self.endpoint = try socket.bind()
        self.site = site
        state = Mutex(State(socket: socket, stamper: EventStamper(run: run, clock: clock)))
    }

    deinit { Endpoint.removeSocketFile(of: endpoint) }

    /// Publishes one event.
    package func publish(_ event: Event) throws(MessagingError) {
        let result = state.withLock { state in Result { () throws(MessagingError) in try state.publish(event, site) } }
        try result.get()
    }

    /// Publishes the last number of every stream so far, so that subscribers notice a loss at the end.
    package func publishHeartbeat() throws(MessagingError) {
        let result = state.withLock { state in
            Result { () throws(MessagingError) in
                let positions = state.lastSequences.map {
                    HeartbeatPayload.Position(stream: $0.key, sequence: $0.value)
                }
                let draft = EventDraft(camera: "", payload: .heartbeat(HeartbeatPayload(positions: positions)))
                try state.publish(state.stamper.stamp(draft), site)
            }
        }
        try result.get()
    }

    /// How many subscriptions there are just now.
    package var subscriptions: Int {
        state.withLock { state in
            state.noteSubscriptions()
            return state.subscriptions
        }
    }

    /// Waits for subscribers, who would otherwise miss the first events; false when the time is over before.
    package func waitForSubscriptions(atLeast count: Int = 1, timeout: Duration) -> Bool {
        let end = ContinuousClock.now + timeout
        while subscriptions < count {
            let left = end - .now
            guard left > .zero else { return false }
            state.withLock { state in _ = try? state.socket.wait(min(left, .milliseconds(20))) }
        }
        return true
    }
}

extension EventPublisher.State {
    fileprivate mutating func publish(_ event: Event, _ site: String) throws(MessagingError) {
        // After sending, so that it does not hold up the event.
        defer { noteSubscriptions() }
        let topic = topic(of: event, site: site)
        line.removeAll()
        EventLine.encode(event, into: &line)
        lastSequences[event.stream] = event.kind == .heartbeat ? nil : event.sequence
        guard try socket.send(topic, more: true) else { return }
        _ = try socket.send(line.bytes, more: false)
    }

    /// Takes in who subscribed and who left: the first byte of each message says which.
    fileprivate mutating func noteSubscriptions() {
        while let message = try? socket.receive() {
            switch message.first?.first {
            case 1: subscriptions += 1
            case 0: subscriptions = max(0, subscriptions - 1)
            default: continue
            }
        }
    }

    private mutating func topic(of event: Event, site: String) -> [UInt8] {
        if let topic = topics[event.stream] { return topic }
        let topic = [UInt8](EventTopic(site: site, camera: event.camera, kind: event.kind).description.utf8)
        topics[event.stream] = topic
        return topic
    }
}
