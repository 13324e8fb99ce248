package import JSONLines

/// Answers requests over ZeroMQ (ROUTER), one at a time, on a thread of its own, so that nothing else makes them wait.
///
/// Whatever comes is answered, with an error where it is no request.
package final class ControlServer: Sendable {
    /// What makes an answer of a request; it must not wait.
    package typealias Handler = @Sendable (ControlRequest) throws(ControlFault) -> JSONValue

    /// Where it listens; a port of `*` has become a number.
    package let endpoint: String
    private let queue: ControlQueue
    private let thread: JoinedThread

    /// Longer requests are refused.
    package static let longestRequest = 64 << 10

    /// Listens on `endpoint`: `ipc://PATH`, where only its owner may ask, or `tcp://127.0.0.1:PORT`.
    package init(endpoint: String, handler: @escaping Handler) throws(MessagingError) {
        let address = try Endpoint.checkedForBinding(endpoint)
        let queue = try ControlQueue(endpoint: address)
        self.endpoint = queue.endpoint
        self.queue = queue
        thread = JoinedThread { queue.answer(handler) }
    }

    deinit {
        queue.close()
        thread.join()
        Endpoint.removeSocketFile(of: endpoint)
    }

    /// The answer to one message.
    package static func reply(to message: [UInt8], _ handler: Handler) -> ControlReply {
        guard message.count <= longestRequest else {
            let words = "expected at most \(longestRequest) bytes, found \(message.count)"
            return ControlReply(id: .null, result: .failure(ControlFault(.tooLong, words)))
        }
        let (id, request) = ControlRequest.read(message)
        return ControlReply(
            id: id,
            result: request.flatMap { request in
                Result { () throws(ControlFault) in try handler(request) }
            })
    }
}
