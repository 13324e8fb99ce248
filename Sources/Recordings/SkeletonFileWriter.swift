import Foundation
import JSONLines
package import Skeleton

/// Writes `laban.skeleton` lines to a file through a buffer. One owner at a time.
package final class SkeletonFileWriter {
    private let file: String
    private let handle: Int32
    private let owned: Bool
    private let topology: SkeletonTopology
    private var text = JSONWriter()

    /// Makes or empties the file at `path`; `-` is standard output.
    ///
    /// - Parameter topology: what frames without people say.
    package init(path: String, topology: SkeletonTopology = .blazePose33) throws(RecordingsError) {
        file = path == "-" ? "standard output" : path
        owned = path != "-"
        handle = owned ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644) : 1
        self.topology = topology
        guard handle >= 0 else {
            throw RecordingsError(file: file, message: "cannot be written: " + String(cString: strerror(errno)))
        }
    }

    deinit {
        try? finish()
        if owned { _ = close(handle) }
    }

    /// Writes one frame; everyone in it must have the same topology.
    package func append(_ frame: SkeletonFrame) throws(RecordingsError) {
        if let first = frame.people.first?.pose.topology,
            let other = frame.people.first(where: { $0.pose.topology != first })
        {
            throw RecordingsError(
                file: file,
                message: "expected one topology in frame \(frame.index), found \(first.name) and "
                    + other.pose.topology.name)
        }
        SkeletonLine.encode(frame, topology: topology, into: &text)
        text.endLine()
        if text.bytes.count >= 1 << 16 { try finish() }
    }

    /// Hands everything written so far to the system. Call it at the end: only then are write errors seen.
    package func finish() throws(RecordingsError) {
        defer { text.removeAll() }
        var written = 0
        while written < text.bytes.count {
            let count = text.bytes.withUnsafeBytes { write(handle, $0.baseAddress! + written, $0.count - written) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else {
                throw RecordingsError(file: file, message: "cannot be written: " + String(cString: strerror(errno)))
            }
            written += count
        }
    }
}
