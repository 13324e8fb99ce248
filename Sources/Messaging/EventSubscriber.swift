import CZeroMQ
package import Events

/// Receives events over ZeroMQ and notices when some were lost. One owner at a time.
package final class EventSubscriber {
    /// An event as it came.
    package struct Delivery: Sendable, Equatable {
        package let topic: String
        package let event: Event
        /// The event's line, byte for byte as it was sent.
        package let line: [UInt8]
        /// What was lost before this event, as far as this event shows.
        package let gaps: [SequenceGap]
    }

    private var socket: ZeroMQSocket
    private let prefixes: [String]
    private var tracker = SequenceTracker()

    /// Connects to a publisher, whether it is there already or not.
    ///
    /// - Parameters:
    ///   - endpoint: such as `tcp://127.0.0.1:5555` or `ipc:///run/laban.sock`; an address to listen on, and a name
    ///     that does not resolve, are refused.
    ///   - prefixes: what to hear of, as made by `EventTopic.prefix`; few are better than many.
    ///   - highWaterMark: events kept until they are received.
    package init(
        endpoint: String, prefixes: [String] = [EventTopic.prefix()], highWaterMark: Int = 10_000
    ) throws(MessagingError) {
        let socket = try ZeroMQSocket.open(type: ZMQ_SUB, endpoint: try Endpoint.checkedForConnecting(endpoint))
        try socket.set(ZMQ_RCVHWM, Int32(clamping: max(highWaterMark, 1)))
        try socket.setGreatestMessage(bytes: 1 << 20)
        for prefix in prefixes { try socket.subscribe(prefix) }
        try socket.connect()
        self.socket = socket
        self.prefixes = prefixes
    }

    /// The next event, or nil when none came in time or a signal came first. A message that is no event is an error; the next call goes on.
    package func receive(timeout: Duration) throws(MessagingError) -> Delivery? {
        guard let message = try socket.receive(timeout: timeout) else { return nil }
        return try delivery(of: message)
    }

    private func delivery(of message: [[UInt8]]) throws(MessagingError) -> Delivery {
        func malformed(_ text: String) -> MessagingError {
            MessagingError(.malformedMessage, endpoint: socket.endpoint, message: text)
        }
        guard message.count >= 2 else {
            throw malformed("expected a topic and an event, found \(message.count) frames")
        }
        guard let name = String(validating: message[0], as: UTF8.self), let topic = EventTopic(name) else {
            throw malformed("expected a topic, found '\(String(decoding: message[0].prefix(80), as: UTF8.self))'")
        }
        let event: Event
        do { event = try EventLine.decode(message[1]) } catch { throw malformed(error.message) }
        let gaps = tracker.note(event) { [prefixes] stream in
            let topic = EventTopic.prefix(site: topic.site) + stream + "/"
            return prefixes.contains { topic.hasPrefix($0) }
        }
        return Delivery(topic: name, event: event, line: message[1], gaps: gaps)
    }
}
