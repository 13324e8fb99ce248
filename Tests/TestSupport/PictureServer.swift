public import Foundation
import Glibc
import Synchronization

/// A camera on loopback: sends JPEG pictures over HTTP (motion JPEG) for as long as it is told to, on a port of its own.
public final class PictureServer: Sendable {
    /// What it does to whoever is connected, or connects.
    public enum Mood: Sendable, Equatable {
        /// Sends pictures of this size and shade, 20 a second.
        case sending(width: Int, height: Int, shade: UInt8)
        /// Keeps connections and sends nothing.
        case silent
        /// Hangs up, and nobody listens on the port any more.
        case away
        /// Sends this instead of pictures, once, then hangs up.
        case answering(Data)
    }

    struct Failure: Error {}

    public let port: UInt16
    /// Only who gives this, as `user:password`, gets pictures; nil serves everybody.
    private let credentials: String?
    private let mood: Mutex<Mood>
    private let requests = Atomic<Int>(0)
    private let isOver = Atomic<Bool>(false)

    public init(_ mood: Mood, credentials: String? = nil) throws {
        self.mood = Mutex(mood)
        self.credentials = credentials
        var port: UInt16 = 0
        guard let listener = Self.listen(on: &port) else { throw Failure() }
        self.port = port
        if mood == .away { Glibc.close(listener) }
        let first = mood == .away ? nil : listener
        Thread { [self] in work(listener: first) }.start()
    }

    deinit { isOver.store(true, ordering: .relaxed) }

    /// The address of its pictures, with the user and password given.
    public func url(user: String = "") -> String {
        "http://\(user.isEmpty ? "" : user + "@")127.0.0.1:\(port)/stream"
    }

    /// How many connections were made so far.
    public var requestCount: Int { requests.load(ordering: .relaxed) }

    /// Changes what it does, for all connections at once.
    public func set(_ mood: Mood) { self.mood.withLock { $0 = mood } }

    /// Ends it for good.
    public func close() { isOver.store(true, ordering: .relaxed) }

    /// Listens and serves everybody, in steps of a picture.
    private func work(listener first: Int32?) {
        var listener = first
        var clients: [Client] = []
        while !isOver.load(ordering: .relaxed) {
            let mood = mood.withLock { $0 }
            if mood == .away {
                for client in clients { Glibc.close(client.socket) }
                clients = []
                if let open = listener { Glibc.close(open) }
                listener = nil
            } else if listener == nil {
                var port = port
                listener = Self.listen(on: &port)
            }
            if let listener {
                let socket = accept(listener, nil, nil)
                if socket >= 0 {
                    _ = fcntl(socket, F_SETFL, O_NONBLOCK)
                    _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
                    requests.add(1, ordering: .relaxed)
                    clients.append(Client(socket: socket))
                }
            }
            clients = clients.filter { client in
                if serve(client, mood) { return true }
                Glibc.close(client.socket)
                return false
            }
            usleep(50_000)
        }
        for client in clients { Glibc.close(client.socket) }
        if let listener { Glibc.close(listener) }
    }

    private final class Client {
        let socket: Int32
        var request = ""
        var isAnswered = false

        init(socket: Int32) { self.socket = socket }

        func send(_ data: Data) -> Bool {
            data.withUnsafeBytes { bytes in
                // A picture is small beside the socket's buffer: what does not fit means that nobody reads.
                Glibc.send(socket, bytes.baseAddress, bytes.count, Int32(truncatingIfNeeded: MSG_NOSIGNAL))
                    == bytes.count
            }
        }
    }

    /// Gives a client what it is due; false when the connection is over.
    private func serve(_ client: Client, _ mood: Mood) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = recv(client.socket, &buffer, buffer.count, 0)
        if count == 0 || count < 0 && errno != EAGAIN { return false }
        if count > 0 { client.request += String(decoding: buffer[..<count], as: UTF8.self) }
        guard client.request.contains("\r\n\r\n"), mood != .silent else { return true }
        if !client.isAnswered {
            client.isAnswered = true
            if let credentials {
                let pass = "Authorization: Basic " + Data(credentials.utf8).base64EncodedString()
                guard client.request.contains(pass) else {
                    let refusal =
                        "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"camera\"\r\n"
                        + "Content-Length: 0\r\nConnection: close\r\n\r\n"
                    _ = client.send(Data(refusal.utf8))
                    return false
                }
            }
            if case .answering(let data) = mood {
                _ = client.send(data)
                return false
            }
            let head =
                "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace;boundary=picture\r\n"
                + "Connection: close\r\n\r\n--picture\r\n"
            guard client.send(Data(head.utf8)) else { return false }
        }
        guard case .sending(let width, let height, let shade) = mood else { return true }
        let picture = FlatJPEG.data(width: width, height: height, shade: shade)
        let head = "Content-Type: image/jpeg\r\nContent-Length: \(picture.count)\r\n\r\n"
        return client.send(Data(head.utf8) + picture + Data("\r\n--picture\r\n".utf8))
    }

    private static func listen(on port: inout UInt16) -> Int32? {
        // A process started by a test must not keep the port open.
        let socket = Glibc.socket(
            AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var yes: Int32 = 1
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                bind(socket, raw, length) == 0 && Glibc.listen(socket, 16) == 0
                    && getsockname(socket, raw, &length) == 0
            }
        }
        guard isListening else {
            Glibc.close(socket)
            return nil
        }
        port = UInt16(bigEndian: address.sin_port)
        return socket
    }
}
