import JSONLines
import LabanServer
import Recordings
import Skeleton

/// Writes the skeletons of a run; what goes wrong is a fault of the output, not of the input, and stops nobody.
struct SkeletonRecorder: ~Copyable {
    private var file: SteadyFile
    private var line = JSONWriter()

    /// - Parameter say: told when nothing can be written, and when it can again.
    init(_ output: OutputFile, say: @escaping @Sendable (String) -> Void = { _ in }) {
        file = SteadyFile(output, say: say)
    }

    mutating func append(_ frame: SkeletonFrame) {
        line.removeAll()
        SkeletonLine.encode(frame, into: &line)
        line.endLine()
        file.write(line.bytes)
    }

    /// Why nothing can be written just now; nil while all is well.
    var failure: OutputError? { file.failure }

    mutating func finish() throws(OutputError) { try file.finish() }
}
