import CZeroMQ

/// Owns one ZeroMQ socket and its context; both are closed when it goes.
struct ZeroMQSocket: ~Copyable {
    let endpoint: String
    private let context: UnsafeMutableRawPointer
    private let socket: UnsafeMutableRawPointer
    /// Milliseconds that a waiting receive is set to; 0 before the first.
    private var receiveTimeout: Int32 = 0

    /// Makes a socket of a ZeroMQ type such as `ZMQ_SUB`. Peers that fall silent are noticed after 3 s.
    static func open(
        type: Int32, endpoint: String, linger: Duration = .zero
    ) throws(MessagingError) -> ZeroMQSocket {
        guard let context = zmq_ctx_new() else { throw MessagingError(lastCall: "cannot start", endpoint: endpoint) }
        guard let socket = zmq_socket(context, type) else {
            let error = MessagingError(lastCall: "cannot open a socket", endpoint: endpoint)
            zmq_ctx_term(context)
            throw error
        }
        let opened = ZeroMQSocket(endpoint: endpoint, context: context, socket: socket)
        try opened.set(ZMQ_LINGER, Int32(clamping: linger.inMilliseconds))
        try opened.set(ZMQ_HEARTBEAT_IVL, 1000)
        try opened.set(ZMQ_HEARTBEAT_TIMEOUT, 3000)
        try opened.set(ZMQ_HEARTBEAT_TTL, 3000)
        try opened.set(ZMQ_HANDSHAKE_IVL, 5000)
        return opened
    }

    private init(endpoint: String, context: UnsafeMutableRawPointer, socket: UnsafeMutableRawPointer) {
        self.endpoint = endpoint
        self.context = context
        self.socket = socket
    }

    deinit {
        zmq_close(socket)
        while zmq_ctx_term(context) != 0 && zmq_errno() == EINTR {}
    }

    func set(_ option: Int32, _ value: Int32) throws(MessagingError) {
        var value = value
        if zmq_setsockopt(socket, option, &value, MemoryLayout<Int32>.size) != 0 {
            throw MessagingError(lastCall: "cannot set option \(option)", endpoint: endpoint)
        }
    }

    func setGreatestMessage(bytes: Int64) throws(MessagingError) {
        var value = bytes
        if zmq_setsockopt(socket, ZMQ_MAXMSGSIZE, &value, MemoryLayout<Int64>.size) != 0 {
            throw MessagingError(lastCall: "cannot limit messages", endpoint: endpoint)
        }
    }

    func subscribe(_ prefix: String) throws(MessagingError) {
        if zmq_setsockopt(socket, ZMQ_SUBSCRIBE, prefix, prefix.utf8.count) != 0 {
            throw MessagingError(lastCall: "cannot subscribe to '\(prefix)'", endpoint: endpoint)
        }
    }

    /// Listens, and says on which address: a `*` for the port has become a number.
    func bind() throws(MessagingError) -> String {
        if zmq_bind(socket, endpoint) != 0 { throw MessagingError(lastCall: "cannot listen", endpoint: endpoint) }
        var text = [CChar](repeating: 0, count: 512)
        var length = text.count
        if zmq_getsockopt(socket, ZMQ_LAST_ENDPOINT, &text, &length) != 0 {
            throw MessagingError(lastCall: "cannot tell the address", endpoint: endpoint)
        }
        return String(decoding: text.prefix(max(length - 1, 0)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    func connect() throws(MessagingError) {
        if zmq_connect(socket, endpoint) != 0 { throw MessagingError(lastCall: "cannot connect", endpoint: endpoint) }
    }

    /// Sends one part without ever waiting; false when the message was dropped.
    func send(_ part: [UInt8], more: Bool) throws(MessagingError) -> Bool {
        let flags = ZMQ_DONTWAIT | (more ? ZMQ_SNDMORE : 0)
        while zmq_send(socket, part, part.count, flags) < 0 {
            if zmq_errno() == EAGAIN { return false }
            guard zmq_errno() == EINTR else { throw MessagingError(lastCall: "cannot send", endpoint: endpoint) }
        }
        return true
    }

    /// Waits until a message is there; false when the time is over or a signal came.
    func wait(_ time: Duration) throws(MessagingError) -> Bool {
        var item = zmq_pollitem_t(socket: socket, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0)
        let count = zmq_poll(&item, 1, Int(clamping: time.inMilliseconds))
        if count < 0 && zmq_errno() != EINTR { throw MessagingError(lastCall: "cannot wait", endpoint: endpoint) }
        return count > 0
    }

    /// Every part of the next message, or nil when none came in time or a signal came first.
    ///
    /// Waiting within the call is quicker than polling before it.
    mutating func receive(timeout: Duration = .zero) throws(MessagingError) -> [[UInt8]]? {
        let milliseconds = Int32(clamping: timeout.inMilliseconds)
        if milliseconds > 0 && milliseconds != receiveTimeout {
            try set(ZMQ_RCVTIMEO, milliseconds)
            receiveTimeout = milliseconds
        }
        var parts: [[UInt8]] = []
        var message = zmq_msg_t()
        zmq_msg_init(&message)
        defer { zmq_msg_close(&message) }
        while true {
            let waits = parts.isEmpty && milliseconds > 0
            if zmq_msg_recv(&message, socket, waits ? 0 : ZMQ_DONTWAIT) < 0 {
                if parts.isEmpty && (zmq_errno() == EAGAIN || zmq_errno() == EINTR) { return nil }
                if zmq_errno() == EINTR { continue }
                throw MessagingError(lastCall: "cannot receive", endpoint: endpoint)
            }
            parts.append(
                [UInt8](UnsafeRawBufferPointer(start: zmq_msg_data(&message), count: zmq_msg_size(&message))))
            if zmq_msg_more(&message) == 0 { return parts }
        }
    }
}

extension Duration {
    /// Whole milliseconds, rounded up so that waiting never spins.
    fileprivate var inMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        if overflow { return seconds < 0 ? 0 : .max }
        return max(0, whole + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
