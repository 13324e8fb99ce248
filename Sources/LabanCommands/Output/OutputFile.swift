import Glibc
import LabanServer
import Synchronization

/// Where results go as they come: a file, a pipe, a device, or standard output.
///
/// A pipe is written to as long as somebody reads: once its reader has gone, what follows is left out in silence, as
/// `head` wants it. A reader that only pauses is waited for, until the user asks to stop.
final class OutputFile: Sendable {
    /// What errors call it.
    let path: String
    private let descriptor: Int32
    private let readerHasGone = Atomic<Bool>(false)

    /// Standard output, whose reader may leave before the command is done.
    static let standardOutput = OutputFile(path: "standard output", descriptor: STDOUT_FILENO)

    private init(path: String, descriptor: Int32) {
        self.path = path
        self.descriptor = descriptor
    }

    /// Begins the file anew; for a named pipe, once somebody reads from it.
    ///
    /// - Throws: `OutputError` when it cannot be made, or nobody had opened a pipe when the user asked to stop.
    convenience init(path: String) throws(OutputError) {
        self.init(path: path, descriptor: try Self.open(path))
    }

    deinit {
        if descriptor > STDERR_FILENO { close(descriptor) }
    }

    /// Whether anybody can still get what is written.
    var hasReader: Bool { !readerHasGone.load(ordering: .relaxed) }

    /// Writes all bytes, or nothing any more once the reader has gone.
    func write(_ bytes: UnsafeRawBufferPointer) throws(OutputError) {
        let code = offer(bytes).code
        if code != 0 { throw OutputError(file: path, errno: code) }
    }

    /// Writes what can be written; once the reader has gone everything counts as written.
    ///
    /// - Returns: how many bytes need not be offered again, and the system's number for what stopped the others; 0 when
    ///   nothing did.
    func offer(_ bytes: UnsafeRawBufferPointer) -> (count: Int, code: Int32) {
        guard hasReader else { return (bytes.count, 0) }
        let (count, code) = Terminal.send(bytes, to: descriptor)
        guard code == EPIPE else { return (count, code) }
        readerHasGone.store(true, ordering: .relaxed)
        return (bytes.count, 0)
    }

    /// Writes a line, made printable.
    func print(_ line: String) throws(OutputError) {
        let line: PrintableText = "\(line)\n"
        let bytes = Array(line.description.utf8)
        let result = bytes.withUnsafeBytes { bytes in
            Result { () throws(OutputError) in try write(bytes) }
        }
        try result.get()
    }

    private static func open(_ path: String) throws(OutputError) -> Int32 {
        // A pipe without a reader is refused instead of waited for within the call, where no signal would end it.
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
        var isSaid = false
        while true {
            let descriptor = Glibc.open(path, flags, 0o666)
            if descriptor >= 0 { return descriptor }
            let code = errno
            guard code == ENXIO, isPipe(path) else { throw OutputError(file: path, errno: code, isUsage: true) }
            // /dev/stdout and its like: the pipe has no name by which another reader could come.
            guard let name = realpath(path, nil) else { throw OutputError(file: path, errno: EPIPE) }
            free(name)
            if !isSaid { Terminal.standardError.write("Waiting for a reader of \(path)\n") }
            isSaid = true
            guard !StopSignal().wait(.milliseconds(50)) else {
                throw OutputError(file: path, message: "cannot be written: nobody reads from this pipe")
            }
        }
    }

    private static func isPipe(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
    }
}
