import ArgumentParser
import Events
import Foundation
import LabanServer
import Messaging

/// `laban watch`: subscribe and print events as they come.
struct WatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Subscribe to a running Laban and print its events as they come.",
        discussion: """
            Connects to the address that 'laban serve' (or 'laban run --publish') publishes on, and prints one line an \
            event until Ctrl-C. Said on standard error: lost events, noticed by their numbers; a server that is not heard \
            for 2.5 s, heartbeats included, and when it is back; and when a new run began, in which track ids start anew.

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
        help: "Only events of this kind; may be given several times.")
    var kind: [EventKind] = []

    @Option(help: "Stop after this many events.")
    var count: Int?

    @Flag(help: "Print JSON lines instead of text.")
    var json = false

    func run() throws {
        let subscriber = try EventSubscriber(endpoint: address, prefixes: prefixes)
        let printer = EventPrinter(showsCamera: true) { try StandardOutput.print($0) }
        let stop = StopSignal()
        Terminal.standardError.write("Listening on \(address); Ctrl-C stops\n")
        var presence = ServerPresence(address: address)
        let start = ContinuousClock.now
        var left = count ?? .max
        while left > 0, !stop.isRequested {
            do {
                guard let delivery = try subscriber.receive(timeout: .milliseconds(200)) else {
                    say(presence.waited(until: .now - start))
                    continue
                }
                for note in presence.heard(run: delivery.event.run, at: .now - start) { say(note) }
                if try show(delivery, printer) { left -= 1 }
            } catch let error as MessagingError {
                for note in presence.heard(run: nil, at: .now - start) { say(note) }
                say("Warning: \(lines: error)")
            }
        }
    }

    /// What is asked for, and the heartbeats that tell whether there is a server.
    private var prefixes: [String] {
        guard let site else { return [EventTopic.prefix()] }
        let asked = EventTopic.prefix(site: site, camera: camera)
        return camera == nil ? [asked] : [asked, EventTopic.prefix(site: site, camera: "", kind: .heartbeat)]
    }

    private func say(_ note: PrintableText?) {
        if let note { Terminal.standardError.write(note + "\n") }
    }

    /// Prints a delivery that was asked for; false when nothing was printed.
    private func show(_ delivery: EventSubscriber.Delivery, _ printer: EventPrinter) throws -> Bool {
        for gap in delivery.gaps {
            say("Warning: lost \(gap.first)…\(gap.last) of \(gap.stream)")
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
        try StandardOutput.print(text)
        return true
    }
}

extension EventKind: ExpressibleByArgument {}
