import CZeroMQ

/// Receives lines over ZeroMQ that are no events, such as skeletons: alone in a message, or after a topic.
/// One owner at a time.
package final class LineSubscriber {
    private var socket: ZeroMQSocket

    /// Longer lines are refused one by one: a limit of the socket's own would end the connection for good.
    private static let longestLine = 1 << 20
    /// A longer message is not taken into memory: its connection is ended and made anew.
    private static let longestMessage: Int64 = 16 << 20

    /// Connects to a publisher, whether it is there already or not.
    ///
    /// - Parameters:
    ///   - endpoint: such as `tcp://127.0.0.1:5580` or `ipc:///run/poses.sock`; an address to listen on is refused.
    ///   - prefix: what topics, or lines without a topic, must begin with.
    ///   - highWaterMark: messages kept until they are received.
    package init(endpoint: String, prefix: String = "", highWaterMark: Int = 20) throws(MessagingError) {
        var socket = try ZeroMQSocket.open(type: ZMQ_SUB, endpoint: try Endpoint.checkedForConnecting(endpoint))
        try socket.set(ZMQ_RCVHWM, Int32(clamping: max(highWaterMark, 1)))
        try socket.setGreatestMessage(bytes: Self.longestMessage)
        try socket.subscribe(prefix)
        _ = try socket.watchConnections(.ended)
        try socket.connect()
        self.socket = socket
    }

    /// The next line, or nil when none came in time or a signal came first.
    ///
    /// A message of more than a topic and a line is an error; the next call goes on.
    package func receive(timeout: Duration) throws(MessagingError) -> [UInt8]? {
        guard let message = try socket.receive(timeout: timeout) else {
            if !socket.takeNews().isEmpty { try socket.reconnect() }
            return nil
        }
        guard let line = message.last, message.count <= 2 else {
            throw MessagingError(
                .malformedMessage, endpoint: socket.endpoint,
                message: "expected a line, or a topic and a line, found \(message.count) frames")
        }
        guard line.count <= Self.longestLine else {
            throw MessagingError(
                .malformedMessage, endpoint: socket.endpoint,
                message: "expected a line of at most \(Self.longestLine) bytes, found \(line.count)")
        }
        return line
    }
}
