import Foundation
import Glibc

/// The table of a training (`training.csv`), which grows while it lasts: whoever reads it meanwhile, or after the training was
/// killed, finds whole lines.
package struct LearningCurveFile {
    private let path: String
    /// The last step that is in the file; nil where what is there is not, or not surely, of this training.
    private var written: Int?

    /// - Parameter path: a file in a folder that is made with it; what another training left there is replaced.
    package init(path: String) { self.path = path }

    /// Writes what has come since the last time.
    package mutating func save(_ curve: LearningCurve) throws {
        guard let last = written, last <= curve.lastStep else {
            let file = URL(filePath: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(curve.csv.utf8).write(to: file, options: .atomic)
            written = curve.lastStep
            return
        }
        guard last < curve.lastStep else { return }
        // After a failure the file may end amid a line: the next time all of it is written anew.
        written = nil
        try append(curve.rows(after: last))
        written = curve.lastStep
    }

    /// One write, so that no reader sees half of it.
    private func append(_ rows: String) throws(TrainingError) {
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure }
        defer { close(descriptor) }
        var rows = rows
        let isWhole = rows.withUTF8 { bytes in
            write(descriptor, bytes.baseAddress, bytes.count) == bytes.count
        }
        guard isWhole else { throw failure }
    }

    private var failure: TrainingError {
        TrainingError(file: path, "cannot be written: \(String(cString: strerror(errno)))")
    }
}
