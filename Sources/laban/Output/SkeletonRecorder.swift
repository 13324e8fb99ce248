import Recordings
import Skeleton

/// Writes the skeletons of a run; what goes wrong is a fault of the output, not of the input.
struct SkeletonRecorder {
    private let writer: SkeletonFileWriter

    /// Begins the file anew.
    ///
    /// - Throws: `OutputError` when it cannot be made.
    init(path: String) throws(OutputError) {
        self.init(try OutputFile(path: path), path: path)
    }

    /// - Parameter path: what errors call it.
    init(_ output: OutputFile, path: String) {
        writer = SkeletonFileWriter(file: path) { bytes in
            do throws(OutputError) { try output.write(bytes) } catch { return error.message }
            return nil
        }
    }

    func append(_ frame: SkeletonFrame) throws(OutputError) {
        do { try writer.append(frame) } catch { throw OutputError(path: error.file, message: error.message) }
    }

    func finish() throws(OutputError) {
        do { try writer.finish() } catch { throw OutputError(path: error.file, message: error.message) }
    }
}
