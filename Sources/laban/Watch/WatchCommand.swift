import ArgumentParser
import Events
import Foundation
import Messaging

/// `laban watch`: subscribe and print events as they come.
struct WatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Subscribe to a running Laban and print its events as they come.",
        discussion: """
            Connects to the address that 'laban serve' (or 'laban run --publish') publishes on, and prints one line an \
            event until Ctrl-C. Lost events are noticed by their numbers and said on standard error.

            Examples:
              laban watch                                    everything on tcp://127.0.0.1:5570
              laban watch --kind rep --kind gesture          only these kinds
              laban watch --site home --camera gym --json    JSON lines of one camera
              laban watch --address ipc://laban.sock --count 10
            """)

    @Option(help: "Where events are published.")
    var address = ServeSettings.defaultAddress

    @Option(help: "Only events of this site.")
    var site: String?

    @Option(help: "Only events of this camera.")
    var camera: String?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "Only events of this kind; may be given several times.",
            discussion: "\(EventKind.allCases.map(\.rawValue).joined(separator: ", "))"))
    var kind: [EventKind] = []

    @Option(help: "Stop after this many events.")
    var count: Int?

    @Flag(help: "Print JSON lines instead of text.")
    var json = false

    func run() throws {
        let prefix =
            if let site { EventTopic.prefix(site: site, camera: camera) } else { EventTopic.prefix() }
        let subscriber = try EventSubscriber(endpoint: address, prefixes: [prefix])
        let printer = EventPrinter(showsCamera: true)
        let stop = StopSignal()
        Terminal.standardError.write("Listening on \(address); Ctrl-C stops\n")
        var left = count ?? .max
        while left > 0, !stop.isRequested {
            do {
                guard let delivery = try subscriber.receive(timeout: .milliseconds(200)) else { continue }
                if try show(delivery, printer) { left -= 1 }
            } catch let error as MessagingError {
                Terminal.standardError.write("Warning: \(lines: error)\n")
            }
        }
    }

    /// Prints a delivery that was asked for; false when nothing was printed.
    private func show(_ delivery: EventSubscriber.Delivery, _ printer: EventPrinter) throws -> Bool {
        for gap in delivery.gaps {
            Terminal.standardError.write("Warning: lost \(gap.first)…\(gap.last) of \(gap.stream)\n")
        }
        let event = delivery.event
        guard kind.isEmpty ? event.kind != .heartbeat : kind.contains(event.kind),
            camera == nil || event.camera == camera
        else { return false }
        if json {
            // As it came, but on one line: JSON may have line ends and tabs between its values.
            let blanks: Set<UInt8> = [0x09, 0x0A, 0x0D]
            let line = delivery.line.map { blanks.contains($0) ? UInt8(ascii: " ") : $0 }
            try StandardOutput.print(json: String(decoding: line, as: UTF8.self))
            return true
        }
        guard let text = printer.text(of: event) else { return false }
        try StandardOutput.write(text + "\n")
        return true
    }
}

extension EventKind: ExpressibleByArgument {}
