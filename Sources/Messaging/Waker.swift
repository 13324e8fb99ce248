import Glibc

/// Wakes a thread that waits on descriptors.
struct Waker: ~Copyable, Sendable {
    private let reading: Int32
    private let writing: Int32

    /// - Parameter endpoint: what errors are about.
    init(endpoint: String) throws(MessagingError) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else {
            throw MessagingError(.system, endpoint: endpoint, message: String(cString: strerror(errno)))
        }
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        (reading, writing) = (ends[0], ends[1])
    }

    deinit {
        close(reading)
        close(writing)
    }

    /// Ends a wait, or the next one; from any thread.
    func wake() {
        var byte: UInt8 = 0
        // A pipe that is full wakes as well.
        _ = write(writing, &byte, 1)
    }

    /// Waits until woken, or until one of the descriptors can be read, for at most this long.
    func wait(for descriptors: [Int32], within limit: Duration?) {
        var entries = ([reading] + descriptors).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        let milliseconds = limit.map { Int32(max(0, min($0 / .milliseconds(1), 1e9)).rounded(.up)) } ?? -1
        guard poll(&entries, nfds_t(entries.count), milliseconds) > 0, entries[0].revents != 0 else { return }
        var bytes = [UInt8](repeating: 0, count: 64)
        _ = read(reading, &bytes, bytes.count)
    }
}
