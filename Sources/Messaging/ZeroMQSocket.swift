import CZeroMQ

/// Owns one ZeroMQ socket and its context; both are closed when it goes.
struct ZeroMQSocket: ~Copyable {
    let endpoint: String
    private let context: UnsafeMutableRawPointer
    private let socket: UnsafeMutableRawPointer
    /// Where ZeroMQ tells of connections; nil where nobody asks.
    private var monitor: UnsafeMutableRawPointer?
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
        if let monitor {
            zmq_socket_monitor(socket, nil, 0)
            zmq_close(monitor)
        }
        zmq_close(socket)
        while zmq_ctx_term(context) != 0 && zmq_errno() == EINTR {}
    }

    func set(_ option: Int32, _ value: Int32) throws(MessagingError) {
        var value = value
        if zmq_setsockopt(socket, option, &value, MemoryLayout<Int32>.size) != 0 {
            throw MessagingError(lastCall: "cannot set option \(option)", endpoint: endpoint)
        }
    }

    func set(_ option: Int32, _ text: String) throws(MessagingError) {
        if zmq_setsockopt(socket, option, text, text.utf8.count) != 0 {
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

    /// Connects anew, also where ZeroMQ has given up because the peer broke a rule.
    func reconnect() throws(MessagingError) {
        zmq_disconnect(socket, endpoint)
        try connect()
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

    /// What can be read when the socket has news. It tells of them once: `hasMessage` must be asked after each call.
    var descriptor: Int32 { Self.descriptor(of: socket) }

    private static func descriptor(of socket: UnsafeMutableRawPointer) -> Int32 {
        var descriptor: Int32 = -1
        var size = MemoryLayout<Int32>.size
        zmq_getsockopt(socket, ZMQ_FD, &descriptor, &size)
        return descriptor
    }

    /// What ZeroMQ can tell of connections.
    enum News: Int32 {
        case accepted = 0x0020
        case ended = 0x0200
    }

    /// Has ZeroMQ tell of connections, before it listens or connects.
    ///
    /// - Returns: what can be read when there is news, until `takeNews` has taken all of it.
    mutating func watchConnections(_ news: News) throws(MessagingError) -> Int32 {
        let address = "inproc://connections"
        guard zmq_socket_monitor(socket, address, news.rawValue) == 0, let monitor = zmq_socket(context, ZMQ_PAIR)
        else { throw MessagingError(lastCall: "cannot watch connections", endpoint: endpoint) }
        self.monitor = monitor
        // News without limit: ZeroMQ's own thread would wait for room.
        var none: Int32 = 0
        zmq_setsockopt(monitor, ZMQ_RCVHWM, &none, MemoryLayout<Int32>.size)
        zmq_setsockopt(monitor, ZMQ_LINGER, &none, MemoryLayout<Int32>.size)
        guard zmq_connect(monitor, address) == 0 else {
            throw MessagingError(lastCall: "cannot watch connections", endpoint: endpoint)
        }
        return Self.descriptor(of: monitor)
    }

    /// The descriptors of connections of which there is news since the last time.
    func takeNews() -> [Int32] {
        guard let monitor else { return [] }
        var descriptors: [Int32] = []
        // Two bytes say what happened, four with which descriptor; the second part is the address.
        var news = [UInt8](repeating: 0, count: 6)
        var address = [UInt8](repeating: 0, count: 1)
        while zmq_recv(monitor, &news, news.count, ZMQ_DONTWAIT) == news.count {
            _ = zmq_recv(monitor, &address, address.count, ZMQ_DONTWAIT)
            descriptors.append(news.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 2, as: Int32.self) })
        }
        return descriptors
    }

    /// Whether a message is there.
    var hasMessage: Bool {
        var events: Int32 = 0
        var size = MemoryLayout<Int32>.size
        return zmq_getsockopt(socket, ZMQ_EVENTS, &events, &size) == 0 && events & Int32(ZMQ_POLLIN) != 0
    }

    /// The first part of the next message and the connection it came over, or nil when none is there. ZeroMQ's own
    /// messages came over none.
    func receiveWithConnection() throws(MessagingError) -> (message: [UInt8], connection: PeerConnection?)? {
        var message = zmq_msg_t()
        zmq_msg_init(&message)
        defer { zmq_msg_close(&message) }
        guard try receive(&message) else { return nil }
        let connection = zmq_msg_gets(&message, "__fd").flatMap { Int32(String(cString: $0)) }
            .flatMap { PeerConnection(descriptor: $0) }
        let first = Self.bytes(of: &message)
        while zmq_msg_more(&message) != 0, try receive(&message) {}
        return (first, connection)
    }

    /// Takes the next part without waiting; false when none is there.
    private func receive(_ message: inout zmq_msg_t) throws(MessagingError) -> Bool {
        while zmq_msg_recv(&message, socket, ZMQ_DONTWAIT) < 0 {
            if zmq_errno() == EAGAIN { return false }
            guard zmq_errno() == EINTR else { throw MessagingError(lastCall: "cannot receive", endpoint: endpoint) }
        }
        return true
    }

    private static func bytes(of message: inout zmq_msg_t) -> [UInt8] {
        [UInt8](UnsafeRawBufferPointer(start: zmq_msg_data(&message), count: zmq_msg_size(&message)))
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
            parts.append(Self.bytes(of: &message))
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
