import ArgumentParser
import JSONLines
import LabanServer
import Messaging

/// How a command reaches a running Laban.
struct ControlOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Control socket of the running Laban; the one beside --address when left out.", valueName: "endpoint"))
    var control: String?

    @Option(help: "Where the running Laban publishes.")
    var address = ServeSettings.defaultAddress

    /// How long an answer is waited for. A Laban that runs gives it in milliseconds.
    private static let patience = Duration.seconds(2)

    /// The answer to a request.
    ///
    /// - Parameter otherwise: what it means that none comes.
    func ask(_ op: String, _ args: [String: JSONValue] = [:], otherwise: String) throws -> JSONValue {
        let endpoint = control ?? ControlAddress.beside(address)
        guard let answer = try ControlClient(endpoint: endpoint).ask(op, args, timeout: Self.patience) else {
            throw ControlFault(
                .failed, "\(endpoint): expected an answer, found none within \(Self.patience.components.seconds) s",
                hint: otherwise)
        }
        return answer
    }

    /// Prints an answer as one JSON line.
    func print(_ answer: JSONValue) throws {
        var writer = JSONWriter()
        writer.value(answer)
        try StandardOutput.print(json: String(decoding: writer.bytes, as: UTF8.self))
    }
}
