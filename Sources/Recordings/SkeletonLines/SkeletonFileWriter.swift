import Files
import Foundation
import JSONLines
package import Skeleton

/// Writes `laban.skeleton` lines through a buffer. One owner at a time.
package final class SkeletonFileWriter {
    /// Takes all of these bytes, or says what went wrong.
    package typealias Output = (UnsafeRawBufferPointer) -> String?

    private let file: String
    private let topology: SkeletonTopology
    private let output: Output
    private var text = JSONWriter()

    /// Writes to whatever `output` stands for.
    ///
    /// - Parameters:
    ///   - file: what errors call it.
    ///   - topology: what frames without people say.
    package init(file: String, topology: SkeletonTopology = .blazePose33, output: @escaping Output) {
        self.file = file
        self.topology = topology
        self.output = output
    }

    deinit { try? finish() }

    /// Makes or empties the file at `path`.
    package convenience init(path: String, topology: SkeletonTopology = .blazePose33) throws(RecordingsError) {
        guard let descriptor = OwnedDescriptor(path: path) else {
            throw RecordingsError(file: path, message: "cannot be written: " + String(cString: strerror(errno)))
        }
        self.init(file: path, topology: topology) { descriptor.write($0) }
    }

    /// Writes all frames to a file that takes its name, or the place of the file before, once it is whole.
    package static func write(_ frames: some Sequence<SkeletonFrame>, to path: String) throws(RecordingsError) {
        let partial = PartialFile(for: path)
        defer { partial.remove() }
        let writer = try SkeletonFileWriter(path: partial.growingPath)
        for frame in frames { try writer.append(frame) }
        try writer.finish()
        try reading { () throws(FileError) in try partial.finish() }
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

    /// Hands everything written so far on. Call it at the end: only then are write errors seen.
    package func finish() throws(RecordingsError) {
        defer { text.removeAll() }
        if let fault = text.bytes.withUnsafeBytes(output) { throw RecordingsError(file: file, message: fault) }
    }
}

/// A file that is written to, closed when nobody needs it any more.
private final class OwnedDescriptor {
    private let descriptor: Int32

    init?(path: String) {
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        if descriptor < 0 { return nil }
    }

    deinit { close(descriptor) }

    /// What went wrong, if anything did.
    func write(_ bytes: UnsafeRawBufferPointer) -> String? {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress!, rest.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return "cannot be written: " + String(cString: strerror(errno)) }
            rest = rest.dropFirst(count)
        }
        return nil
    }
}
