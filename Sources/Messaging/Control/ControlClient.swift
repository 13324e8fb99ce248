import CZeroMQ
package import JSONLines

/// Asks a running Laban over its control socket. One owner at a time.
package final class ControlClient {
    private var socket: ZeroMQSocket
    private var asked = 0.0

    /// - Parameter endpoint: such as `ipc:///run/laban.control.sock` or `tcp://127.0.0.1:5571`.
    package init(endpoint: String) throws(MessagingError) {
        socket = try ZeroMQSocket.open(type: ZMQ_DEALER, endpoint: try Endpoint.checkedForConnecting(endpoint))
        try socket.connect()
    }

    /// Sends a request and waits for the answer; nil when none came in time.
    ///
    /// - Throws: `MessagingError` where the socket fails, `ControlFault` where the request was refused.
    package func ask(
        _ op: String, _ args: [String: JSONValue] = [:], timeout: Duration = .seconds(2)
    ) throws -> JSONValue? {
        asked += 1
        let request = ControlRequest(id: .number(asked), op: op, args: args)
        guard try socket.send(request.message, more: false) else { return nil }
        let end = ContinuousClock.now + timeout
        while ContinuousClock.now < end {
            guard let message = try socket.receive(timeout: end - .now)?.last, let reply = ControlReply(message)
            else { continue }
            // An answer to what was asked before, and given up, may come late.
            if reply.id == request.id || reply.id == .null { return try reply.result.get() }
        }
        return nil
    }
}
