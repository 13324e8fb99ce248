import Foundation

/// Checks addresses before anything listens on them.
///
/// Events tell where people are, so without keys only this machine may hear them: loopback and ipc addresses.
enum Endpoint {
    /// The address to bind, with `localhost` spelt out; refuses those that other machines could reach.
    static func checkedForBinding(_ endpoint: String) throws(MessagingError) -> String {
        if endpoint.hasPrefix("ipc://") {
            try checkPath(String(endpoint.dropFirst("ipc://".count)), endpoint)
            return endpoint
        }
        let address = endpoint.dropFirst("tcp://".count)
        guard endpoint.hasPrefix("tcp://"), let colon = address.lastIndex(of: ":"), colon > address.startIndex
        else {
            throw MessagingError(
                .refusedAddress, endpoint: endpoint,
                message: "expected an address such as tcp://127.0.0.1:5555 or ipc:///run/laban.sock")
        }
        let port = address[address.index(after: colon)...]
        guard port == "*" || UInt16(port) != nil else {
            throw MessagingError(
                .refusedAddress, endpoint: endpoint, message: "expected a port from 0 to 65535 or *, found '\(port)'")
        }
        switch address[..<colon] {
        case "localhost", "127.0.0.1": return "tcp://127.0.0.1:" + port
        case "[::1]": return endpoint
        default:
            throw MessagingError(
                .refusedAddress, endpoint: endpoint,
                message:
                    "events tell where people are, so only this machine may hear them: use tcp://127.0.0.1:\(port) "
                    + "or an ipc:// address until keys (CURVE) can be set")
        }
    }

    /// The address to connect to; refuses what only makes sense for listening.
    static func checkedForConnecting(_ endpoint: String) throws(MessagingError) -> String {
        if endpoint.hasPrefix("ipc://"), endpoint.count > "ipc://".count, endpoint != "ipc://*" { return endpoint }
        let address = endpoint.dropFirst("tcp://".count)
        guard endpoint.hasPrefix("tcp://"), let colon = address.lastIndex(of: ":"),
            let port = UInt16(address[address.index(after: colon)...]), port > 0,
            !["", "*", "0.0.0.0", "[::]"].contains(address[..<colon])
        else {
            throw MessagingError(
                .refusedAddress, endpoint: endpoint,
                message: "expected the address of a publisher, such as tcp://127.0.0.1:5580 or ipc:///run/poses.sock")
        }
        try checkName(String(address[..<colon]), endpoint)
        return endpoint
    }

    /// ZeroMQ would try a name that does not resolve again and again without a word.
    private static func checkName(_ host: String, _ endpoint: String) throws(MessagingError) {
        // A source address may stand before the name.
        let name = host.split(separator: ";").last.map { $0.trimmingPrefix("[") }?.prefix { $0 != "]" } ?? ""
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(String(name), nil, &hints, &found)
        defer { if let found { freeaddrinfo(found) } }
        guard code != 0 else { return }
        throw MessagingError(
            .refusedAddress, endpoint: endpoint,
            message: "expected the name of a machine, found '\(name)': \(String(cString: gai_strerror(code)))")
    }

    /// Removes the file of an ipc address that was bound; ZeroMQ itself leaves it behind.
    static func removeSocketFile(of endpoint: String) {
        guard endpoint.hasPrefix("ipc://") else { return }
        let path = String(endpoint.dropFirst("ipc://".count))
        var status = stat()
        if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK { unlink(path) }
    }

    /// ZeroMQ would delete whatever lies at the path, so only a socket nobody listens on may lie there.
    private static func checkPath(_ path: String, _ endpoint: String) throws(MessagingError) {
        if path.hasPrefix("@") || path == "*" { return }
        let length = MemoryLayout.size(ofValue: sockaddr_un().sun_path)
        guard !path.isEmpty, path.utf8.count < length else {
            throw MessagingError(
                .refusedAddress, endpoint: endpoint,
                message: "expected a path of 1 to \(length - 1) bytes, found \(path.utf8.count)")
        }
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw MessagingError(
                .refusedAddress, endpoint: endpoint, message: "expected no file or an old socket there, found a file")
        }
        if isListening(path) {
            throw MessagingError(.addressInUse, endpoint: endpoint, message: "another program is listening there")
        }
    }

    private static func isListening(_ path: String) -> Bool {
        let handle = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard handle >= 0 else { return false }
        defer { close(handle) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(handle, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
    }
}
