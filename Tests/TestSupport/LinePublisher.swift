import CZeroMQ

/// A publisher of any messages at all, for tests of what listens.
public final class LinePublisher {
    struct Failure: Error {}

    /// Where it really listens.
    public let endpoint: String
    private let context: UnsafeMutableRawPointer
    private let socket: UnsafeMutableRawPointer

    /// - Parameter address: where to listen; on any free port of loopback when left out.
    public init(_ address: String = "tcp://127.0.0.1:*") throws {
        guard let context = zmq_ctx_new(), let socket = zmq_socket(context, ZMQ_XPUB),
            zmq_bind(socket, address) == 0
        else { throw Failure() }
        self.context = context
        self.socket = socket
        var text = [CChar](repeating: 0, count: 256)
        var length = text.count
        zmq_getsockopt(socket, ZMQ_LAST_ENDPOINT, &text, &length)
        endpoint = String(decoding: text.prefix(length - 1).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        var linger: Int32 = 0
        zmq_setsockopt(socket, ZMQ_LINGER, &linger, MemoryLayout<Int32>.size)
        zmq_close(socket)
        zmq_ctx_term(context)
    }

    /// Waits until somebody listens.
    public func waitForSubscriber() -> Bool {
        var patience: Int32 = 10_000
        zmq_setsockopt(socket, ZMQ_RCVTIMEO, &patience, MemoryLayout<Int32>.size)
        var subscription = [UInt8](repeating: 0, count: 64)
        return zmq_recv(socket, &subscription, subscription.count, 0) >= 1
    }

    /// Sends one message of these parts.
    public func send(_ parts: [UInt8]...) {
        for (index, part) in parts.enumerated() {
            zmq_send(socket, part, part.count, index < parts.count - 1 ? ZMQ_SNDMORE : 0)
        }
    }
}
