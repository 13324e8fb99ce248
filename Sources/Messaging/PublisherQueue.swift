import CZeroMQ
import Events
import Glibc
import Synchronization
import Waiting

/// The socket of a publisher, shared between those who publish and the thread that listens to subscribers.
final class PublisherQueue: Sendable {
    /// Where it listens.
    let endpoint: String
    private let site: String
    private let state: Mutex<State>
    private let waker: Waker
    /// What can be read when connections were accepted.
    private let acceptance: Int32
    private let isClosed = Atomic<Bool>(false)
    /// Told of when the number of subscriptions changes.
    private let change = MonotonicCondition()

    fileprivate struct State: ~Copyable {
        var socket: ZeroMQSocket
        var stamper: EventStamper
        var topics: [String: [UInt8]] = [:]
        var lastSequences: [String: UInt64] = [:]
        var ledger = SubscriptionLedger<PeerConnection>()
        var roll: ConnectionRoll<PeerConnection>
    }

    /// Messages of subscribers that are taken in before those who publish have their turn again.
    private static let batch = 16
    /// Their pause after such a batch.
    private static let pause = Duration.milliseconds(1)

    init(
        endpoint: String, site: String, stamper: EventStamper, settings: EventPublisher.Settings
    ) throws(MessagingError) {
        let address = try Endpoint.checkedForBinding(endpoint)
        var socket = try ZeroMQSocket.open(type: ZMQ_XPUB, endpoint: address, linger: settings.linger)
        try socket.set(ZMQ_SNDHWM, Int32(clamping: max(settings.highWaterMark, 1)))
        try socket.set(ZMQ_XPUB_VERBOSER, 1)
        // ZeroMQ applies whatever a subscriber has sent before it sends an event, and goes on as long as more comes.
        // With a queue of one it can only ever find one message, so a flood is taken in at the pace chosen here.
        try socket.set(ZMQ_RCVHWM, 1)
        try socket.set(ZMQ_RCVBUF, 1 << 14)
        try socket.setGreatestMessage(bytes: SubscriptionLedger<PeerConnection>.longestMessage)
        // ZeroMQ (4.3.5) ends the process when it is time for a heartbeat to a peer that has gone while more of it was
        // to be taken in. Subscribers send theirs, and loopback and ipc connections do not end unnoticed.
        try socket.set(ZMQ_HEARTBEAT_IVL, 0)
        // Without a handler that answers for it, a domain only has the effect that peers of ZeroMQ before 4.0 are
        // refused: their messages do not tell which connection they came over.
        try socket.set(ZMQ_ZAP_DOMAIN, "laban")
        waker = try Waker(endpoint: endpoint)
        acceptance = try socket.watchConnections(.accepted)
        self.endpoint = try socket.bind()
        self.site = site
        let roll = ConnectionRoll<PeerConnection>(most: settings.greatestConnections)
        state = Mutex(State(socket: socket, stamper: stamper, roll: roll))
    }

    func publish(_ event: Event, line: [UInt8]) throws(MessagingError) {
        try withState { (state) throws(MessagingError) in try state.publish(event, line: line, site) }
    }

    func publishHeartbeat() throws(MessagingError) {
        try withState { (state) throws(MessagingError) in try state.publishHeartbeat(site) }
    }

    var subscriptions: Int { state.withLock { $0.ledger.count } }

    func waitForSubscriptions(atLeast count: Int, timeout: Duration) -> Bool {
        change.withLock { change.wait(within: timeout) { subscriptions >= count } }
    }

    /// Lets `keep` return.
    func close() {
        isClosed.store(true, ordering: .relaxed)
        waker.wake()
    }

    /// Takes in connections and subscriptions as they come, and publishes heartbeats, until closed.
    func keep(heartbeatInterval: Duration?) {
        let socketDescriptor = state.withLock { $0.socket.descriptor }
        var nextHeartbeat = heartbeatInterval.map { ContinuousClock.now + $0 }
        while !isClosed.load(ordering: .relaxed) {
            state.withLock { $0.limitConnections() }
            let isMore = takeSubscriptions()
            if let heartbeatInterval, let due = nextHeartbeat, due <= .now {
                // What could not be sent shows in the next one.
                try? publishHeartbeat()
                nextHeartbeat = max(due + heartbeatInterval, .now)
            }
            let rest = nextHeartbeat.map { max(.zero, $0 - .now) }
            waker.wait(
                for: isMore ? [acceptance] : [acceptance, socketDescriptor], within: isMore ? Self.pause : rest)
        }
    }

    /// Takes in a batch; false when there is no more for now.
    private func takeSubscriptions() -> Bool {
        let (isMore, isChanged) = state.withLock { state in
            let before = state.ledger.count
            var taken = 0
            while taken < Self.batch, state.takeSubscription() { taken += 1 }
            return (taken == Self.batch, state.ledger.count != before)
        }
        if isChanged { change.withLock { change.broadcast() } }
        return isMore
    }

    /// Works on the socket, and has what subscribers sent meanwhile looked at: the socket tells of it only once.
    private func withState(
        _ body: @Sendable (inout State) throws(MessagingError) -> Void
    ) throws(MessagingError) {
        let (result, isMore) = state.withLock { state in
            (Result { () throws(MessagingError) in try body(&state) }, state.socket.hasMessage)
        }
        if isMore { waker.wake() }
        try result.get()
    }
}

extension PublisherQueue.State {
    fileprivate mutating func publish(_ event: Event, line: [UInt8], _ site: String) throws(MessagingError) {
        let topic = topic(of: event, site: site)
        lastSequences[event.stream] = event.kind == .heartbeat ? nil : event.sequence
        guard try socket.send(topic, more: true) else { return }
        _ = try socket.send(line, more: false)
    }

    fileprivate mutating func publishHeartbeat(_ site: String) throws(MessagingError) {
        let positions = lastSequences.map { HeartbeatPayload.Position(stream: $0.key, sequence: $0.value) }
        let draft = EventDraft(camera: "", payload: .heartbeat(HeartbeatPayload(positions: positions)))
        let heartbeat = stamper.stamp(draft)
        try publish(heartbeat, line: EventLine.encode(heartbeat), site)
    }

    /// Ends the connections for which there is no room.
    fileprivate mutating func limitConnections() {
        for connection in socket.takeNews().compactMap(PeerConnection.init)
        where !roll.admit(connection, isOpen: \.isOpen) { connection.end() }
    }

    /// Takes in one message of a subscriber; false when there is none.
    fileprivate mutating func takeSubscription() -> Bool {
        guard let (message, connection) = try? socket.receiveWithConnection() else { return false }
        if let connection {
            let time = Duration.nanoseconds(Int64(clamping: EventClock.system.monotonicNanoseconds()))
            ledger.take(message, from: connection, at: time)?.end()
        } else {
            // A cancellation that ZeroMQ made for a subscriber that has left.
            ledger.forget { !$0.isOpen }
        }
        return true
    }

    private mutating func topic(of event: Event, site: String) -> [UInt8] {
        if let topic = topics[event.stream] { return topic }
        let topic = [UInt8](EventTopic(site: site, camera: event.camera, kind: event.kind).description.utf8)
        topics[event.stream] = topic
        return topic
    }
}
