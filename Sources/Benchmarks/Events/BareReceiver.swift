import CZeroMQ
import Foundation
import Waiting

/// A subscriber in bare ZeroMQ that notes when each message came.
final class BareReceiver: @unchecked Sendable {
    private let condition = MonotonicCondition()
    // Guarded by `condition`; nil until the thread is done.
    private var times: [UInt64]?

    init(_ address: String, topic: String, count: Int) throws {
        let thread = Thread { [self] in
            var found: [UInt64] = []
            found.reserveCapacity(count)
            let context = zmq_ctx_new()
            let socket = zmq_socket(context, ZMQ_SUB)
            var none: Int32 = 0
            zmq_setsockopt(socket, ZMQ_RCVHWM, &none, MemoryLayout<Int32>.size)
            var patience: Int32 = 3000
            zmq_setsockopt(socket, ZMQ_RCVTIMEO, &patience, MemoryLayout<Int32>.size)
            zmq_setsockopt(socket, ZMQ_SUBSCRIBE, topic, topic.utf8.count)
            zmq_connect(socket, address)
            var bytes = [UInt8](repeating: 0, count: 4096)
            while found.count < count, zmq_recv(socket, &bytes, bytes.count, 0) >= 0 {
                while Self.hasMore(socket) { zmq_recv(socket, &bytes, bytes.count, 0) }
                found.append(Self.now())
            }
            zmq_close(socket)
            zmq_ctx_term(context)
            condition.withLock { times = found }
            condition.broadcast()
        }
        thread.start()
    }

    /// When the messages came, once all are there or none came for 3 s.
    func wait() -> [UInt64] {
        condition.withLock {
            condition.wait { times != nil }
            return times ?? []
        }
    }

    /// Nanoseconds of the monotonic clock.
    static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    private static func hasMore(_ socket: UnsafeMutableRawPointer?) -> Bool {
        var more: Int32 = 0
        var size = MemoryLayout<Int32>.size
        zmq_getsockopt(socket, ZMQ_RCVMORE, &more, &size)
        return more != 0
    }
}
