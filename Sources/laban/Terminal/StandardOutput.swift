import Glibc

/// Where results go. Every command writes them here, so that none is lost in silence on a full disk.
enum StandardOutput {
    /// Writes all of `text`.
    ///
    /// - Throws: `OutputError` when it cannot be written, which ends the command with code 1.
    static func write(_ text: String) throws(OutputError) {
        var text = text
        let code = text.withUTF8 { Terminal.write(UnsafeRawBufferPointer($0), to: STDOUT_FILENO) }
        guard code == 0 else { throw OutputError(path: "standard output", errno: code) }
    }

    /// Writes a line.
    static func print(_ line: String = "", terminator: String = "\n") throws(OutputError) {
        try write(line + terminator)
    }
}
