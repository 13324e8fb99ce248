import ArgumentParser
import History
import LabanCommands
import LabanServer
import MarkedYAML
import ModelStore
import Testing

@Suite("Exit codes")
struct FailureTests {
    @Test("bad input is 2, what failed on this side 1, and what the parser explains has no code here")
    func codes() {
        #expect(Failure.exitCode(of: YAMLFileError(file: "a.yaml", message: "expected a name")) == ExitCode(2))
        #expect(Failure.exitCode(of: OutputError(file: "a", message: "is full")) == ExitCode(1))
        #expect(Failure.exitCode(of: OutputError(file: "a", message: "is no place", isUsage: true)) == ExitCode(2))
        #expect(Failure.exitCode(of: ModelStoreError(.badInput, "no wheel")) == ExitCode(2))
        #expect(Failure.exitCode(of: ModelStoreError(.missing, "no weights")) == ExitCode(1))
        #expect(Failure.exitCode(of: HistoryError(.system, path: "h.db", message: "is locked")) == ExitCode(1))
        #expect(Failure.exitCode(of: HistoryError(.damaged, path: "h.db", message: "clips only")) == ExitCode(1))
        #expect(Failure.exitCode(of: ValidationError("no such exercise")) == ExitCode(2))
        #expect(Failure.exitCode(of: CancellationError()) == nil)
    }
}
