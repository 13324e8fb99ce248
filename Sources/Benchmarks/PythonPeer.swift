import Foundation

/// A Python process that runs what Laban is compared with on request, so that both can take turns.
///
/// It is told what to do in lines on its standard input and answers each with one line of milliseconds.
final class PythonPeer {
    private let process = Process()
    private let requests = Pipe()
    private let answers = Pipe()
    private var pending = Data()

    /// Starts `python` with a program; what it needs is found out by asking.
    init(python: String, program: String) throws {
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [python, "-c", program]
        // One thread each, and no words but the answers.
        process.environment = ProcessInfo.processInfo.environment.merging([
            "OMP_NUM_THREADS": "1", "GLOG_minloglevel": "3", "TF_CPP_MIN_LOG_LEVEL": "3",
        ]) { $1 }
        process.standardInput = requests
        process.standardOutput = answers
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    deinit {
        try? requests.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    func ask(_ request: String) throws -> Double {
        try requests.fileHandleForWriting.write(contentsOf: Data((request + "\n").utf8))
        while true {
            if let end = pending.firstIndex(of: 0x0A) {
                let line = String(decoding: pending[pending.startIndex..<end], as: UTF8.self)
                pending = Data(pending[pending.index(after: end)...])
                guard let value = Double(line) else { throw PeerError(message: "the peer said: \(line)") }
                return value
            }
            let more = answers.fileHandleForReading.availableData
            guard !more.isEmpty else { throw PeerError(message: "the peer's Python process ended at '\(request)'") }
            pending += more
        }
    }
}

/// A peer that could not do what it was asked.
struct PeerError: Error, CustomStringConvertible {
    let message: String
    var description: String { message }
}
