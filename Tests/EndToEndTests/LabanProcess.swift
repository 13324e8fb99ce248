import Foundation

/// What a finished command left behind.
struct CommandResult {
    let status: Int32
    let output: String
    let errors: String

    var lines: [String] { output.split(whereSeparator: \.isNewline).map(String.init) }
}

/// The built `laban` binary, run as a user runs it.
final class LabanProcess {
    /// The checkout the tests were built from.
    static let checkout = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A video or truth file of `Fixtures/`.
    static func fixture(_ name: String) -> String { checkout.appending(path: "Fixtures/\(name)").path }

    /// The binary lies beside the test bundle.
    private static let binary: URL = {
        let bundle = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        return bundle.deletingLastPathComponent().appending(path: "laban")
    }()

    let process = Process()
    private let outputFile: URL
    private let errorFile: URL

    /// Starts `laban` (or another program) in the checkout; its output goes to files, so no pipe can fill up.
    init(_ arguments: [String], program: URL? = nil, environment: [String: String] = [:]) throws {
        let place = FileManager.default.temporaryDirectory.appending(path: "laban-e2e-\(UUID().uuidString)")
        outputFile = place.appendingPathExtension("out")
        errorFile = place.appendingPathExtension("err")
        for file in [outputFile, errorFile] { try Data().write(to: file) }
        process.executableURL = program ?? Self.binary
        process.arguments = arguments
        process.currentDirectoryURL = Self.checkout
        process.environment = ProcessInfo.processInfo.environment
            .merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
            .merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: outputFile)
        process.standardError = try FileHandle(forWritingTo: errorFile)
        try process.run()
    }

    deinit {
        if process.isRunning { process.terminate() }
        for file in [outputFile, errorFile] { try? FileManager.default.removeItem(at: file) }
    }

    /// What was printed so far.
    var output: String { (try? String(contentsOf: outputFile, encoding: .utf8)) ?? "" }

    /// Waits for the end.
    func wait() -> CommandResult {
        process.waitUntilExit()
        return CommandResult(
            status: process.terminationStatus, output: output,
            errors: (try? String(contentsOf: errorFile, encoding: .utf8)) ?? "")
    }

    /// Waits until `condition` holds for what was printed; false when the process ended first or two minutes went by,
    /// so that a test fails rather than hangs.
    func waitForOutput(_ condition: (String) -> Bool) -> Bool {
        let start = ContinuousClock.now
        while !condition(output) {
            guard process.isRunning, ContinuousClock.now - start < .seconds(120) else { return condition(output) }
            Thread.sleep(forTimeInterval: 0.02)
        }
        return true
    }

    /// Runs `laban` to its end.
    static func run(_ arguments: String..., environment: [String: String] = [:]) throws -> CommandResult {
        try LabanProcess(arguments, environment: environment).wait()
    }
}
