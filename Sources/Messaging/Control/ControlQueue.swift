import CZeroMQ
import Glibc
import JSONLines
import Synchronization

/// The socket of a control server; the thread that answers alone works on it.
final class ControlQueue: Sendable {
    let endpoint: String
    private let socket: Mutex<ZeroMQSocket>
    private let isClosed = Atomic<Bool>(false)

    /// Longer messages are not taken into memory: ZeroMQ ends their connection.
    private static let longestMessage: Int64 = 1 << 20
    /// How long closing may take.
    private static let patience = Duration.milliseconds(50)

    init(endpoint: String) throws(MessagingError) {
        let socket = try ZeroMQSocket.open(type: ZMQ_ROUTER, endpoint: endpoint, linger: .milliseconds(200))
        try socket.setGreatestMessage(bytes: Self.longestMessage)
        // As with publishers: a heartbeat to a peer that has gone can end the process.
        try socket.set(ZMQ_HEARTBEAT_IVL, 0)
        self.endpoint = try socket.bind()
        self.socket = Mutex(socket)
        if self.endpoint.hasPrefix("ipc:///") { chmod(String(self.endpoint.dropFirst("ipc://".count)), 0o600) }
    }

    /// Lets `answer` return.
    func close() { isClosed.store(true, ordering: .relaxed) }

    /// Answers what comes, until closed.
    func answer(_ handler: ControlServer.Handler) {
        while !isClosed.load(ordering: .relaxed) { socket.withLock { Self.answerOne(&$0, handler) } }
    }

    private static func answerOne(_ socket: inout ZeroMQSocket, _ handler: ControlServer.Handler) {
        // What cannot be received or sent is gone; who asked notices that no answer comes.
        guard let parts = try? socket.receive(timeout: patience), let peer = parts.first else { return }
        // A REQ socket puts an empty part before the message, and waits for one before the answer.
        let isRequest = parts.count == 3 && parts[1].isEmpty
        let reply =
            parts.count == 2 || isRequest
            ? ControlServer.reply(to: parts[parts.count - 1], handler)
            : ControlReply(
                id: .null,
                result: .failure(.malformed("expected a message of one part, found \(parts.count - 1) parts")))
        let message = [peer] + (isRequest ? [[]] : []) + [reply.message]
        for (index, part) in message.enumerated() {
            guard (try? socket.send(part, more: index < message.count - 1)) == true else { return }
        }
    }
}
