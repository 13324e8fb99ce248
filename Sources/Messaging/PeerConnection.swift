import Glibc

/// The connection a message came over, as long as it stands.
struct PeerConnection: Hashable {
    private let descriptor: Int32
    /// The socket's own number: descriptors are given anew once a connection has ended, this is not.
    private let node: UInt

    /// The connection behind a descriptor of ZeroMQ's; nil if it is none any more.
    init?(descriptor: Int32) {
        guard let node = Self.node(of: descriptor) else { return nil }
        self.descriptor = descriptor
        self.node = node
    }

    /// Whether it still stands.
    var isOpen: Bool { Self.node(of: descriptor) == node }

    /// Ends it; ZeroMQ then sees a peer that has gone.
    func end() {
        if isOpen { shutdown(descriptor, Int32(SHUT_RDWR)) }
    }

    private static func node(of descriptor: Int32) -> UInt? {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else { return nil }
        return UInt(status.st_ino)
    }
}
