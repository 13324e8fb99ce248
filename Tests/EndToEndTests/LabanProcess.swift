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
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The checkout the tests were built from.
    static let checkout = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A video or truth file of `Fixtures/`.
    static func fixture(_ name: String) -> String { checkout.appending(path: "Fixtures/\(name)").path }

    /// The binary lies beside the test bundle.
    static let binary = program("laban")

    /// The program for development that compares with peers.
    static let benchmarks = program("Benchmarks")

    private static func program(_ name: String) -> URL {
        let bundle = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        return bundle.deletingLastPathComponent().appending(path: name)
    }

    /// No command a test runs takes this long.
    private static let patience = Duration.seconds(90)

    private var process: pid_t = 0
    private var status: Int32?
    private let outputFile: URL
    private let errorFile: URL

    /// Starts `laban` (or another program) in the checkout, or another folder; its output goes to files, so no pipe can
    /// fill up.
    init(
        _ arguments: [String], program: URL? = nil, variables: [String: String] = [:], folder: URL = checkout
    ) throws {
        let place = FileManager.default.temporaryDirectory.appending(path: "laban-e2e-\(UUID().uuidString)")
        outputFile = place.appendingPathExtension("out")
        errorFile = place.appendingPathExtension("err")
        let program = program ?? Self.binary
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let flags = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, outputFile.path, flags, 0o600)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errorFile.path, flags, 0o600)
        // The tests' own threads block signals; what they start must not.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
            .merging(variables) { $1 }
        // `env` goes to the folder and then becomes the program.
        let command = ["/usr/bin/env", "-C", folder.path, program.path] + arguments
        let code = Self.withCStrings(command) { words in
            Self.withCStrings(environment.map { "\($0.key)=\($0.value)" }) { variables in
                posix_spawn(&process, command[0], &actions, &attributes, words, variables)
            }
        }
        guard code == 0 else {
            throw Failure(description: "\(program.path) does not start: \(String(cString: strerror(code)))")
        }
    }

    deinit {
        if isRunning {
            kill(process, SIGKILL)
            _ = finish()
        }
        for file in [outputFile, errorFile] { try? FileManager.default.removeItem(at: file) }
    }

    /// What was printed so far.
    var output: String { (try? String(contentsOf: outputFile, encoding: .utf8)) ?? "" }

    /// What was said on standard error so far.
    var errors: String { (try? String(contentsOf: errorFile, encoding: .utf8)) ?? "" }

    /// Asks the process to stop as Ctrl-C does.
    func interrupt() { kill(process, SIGINT) }

    /// Kills the process as nothing can be prepared for.
    func stopAtOnce() { kill(process, SIGKILL) }

    /// Asks the process to stop as a service manager does.
    func terminate() { kill(process, SIGTERM) }

    /// Waits for the end; a process that outlasts the tests' patience is killed, and its status says so.
    func wait() -> CommandResult {
        _ = wait { !isRunning }
        if isRunning { kill(process, SIGKILL) }
        return CommandResult(status: finish(), output: output, errors: errors)
    }

    /// Waits until `condition` holds for what was printed; false when the process ended or patience ran out first.
    func waitForOutput(_ condition: (String) -> Bool) -> Bool {
        wait { condition(output) || !isRunning } && condition(output)
    }

    /// Runs `laban` to its end.
    static func run(_ arguments: String...) throws -> CommandResult { try LabanProcess(arguments).wait() }

    /// Waits until `condition` holds; false when patience ran out first.
    func wait(until condition: () -> Bool) -> Bool {
        let start = ContinuousClock.now
        while !condition() {
            guard ContinuousClock.now - start < Self.patience else { return false }
            Thread.sleep(forTimeInterval: 0.01)
        }
        return true
    }

    private var isRunning: Bool {
        guard status == nil else { return false }
        var raw: Int32 = 0
        guard waitpid(process, &raw, WNOHANG) != 0 else { return true }
        status = Self.exitStatus(raw)
        return false
    }

    /// The exit status, or 128 and the signal that ended it.
    private func finish() -> Int32 {
        if let status { return status }
        var raw: Int32 = 0
        while waitpid(process, &raw, 0) < 0, errno == EINTR {}
        status = Self.exitStatus(raw)
        return status!
    }

    private static func exitStatus(_ raw: Int32) -> Int32 { raw & 0x7F == 0 ? (raw >> 8) & 0xFF : 128 + (raw & 0x7F) }

    private static func withCStrings<R>(
        _ texts: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> R
    ) -> R {
        var pointers: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return pointers.withUnsafeMutableBufferPointer { body($0.baseAddress!) }
    }
}
