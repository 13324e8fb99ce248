import ArgumentParser
import ModelStore

extension ModelStoreError {
    /// Says the message on standard error and gives the code to exit with: 2 for unusable input, 1 for anything else.
    func reported() -> ExitCode {
        Terminal.standardError.write("Error: \(message)\n")
        return ExitCode(code == .badInput ? 2 : 1)
    }
}
