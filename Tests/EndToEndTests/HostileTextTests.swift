import Foundation
import TestSupport
import Testing

/// What strangers put into names and labels, and whether it reaches whoever looks at a terminal, a log or a table.
@Suite("Hostile texts")
struct HostileTextTests {
    /// A title, a cleared screen, colours, a line of its own, C1, a text turned round, other ends of lines.
    static let attacks = [
        "\u{1B}]0;title\u{7}\u{1B}[2J\u{1B}[31mgym", "gym\nFAKE 00:00 action", "\u{9B}31mgym\u{9C}\u{7F}",
        "\u{202E}myg",
        "gym\u{2028}FAKE\u{85}FAKE\rFAKE",
    ]

    /// Those and many mutations of them.
    static func attacks(seed: UInt64, mutations: Int) -> [String] {
        var generator = SeededGenerator(seed: seed)
        return attacks
            + (0..<mutations).map { round in
                let bytes = [UInt8](attacks[round % attacks.count].utf8).mutated(using: &generator).filter { $0 > 0 }
                return "x" + String(decoding: bytes, as: UTF8.self)
            }
    }

    /// Says what of a text could steer a terminal or pass for a line of Laban's own; nil when nothing does.
    static func fault(in text: String, mayEndWithCRLF: Bool = false) -> String? {
        let text = mayEndWithCRLF ? text.replacing("\r\n", with: "\n") : text
        if text.contains("\nFAKE") || text.hasPrefix("FAKE") { return "a forged line in \(text.debugDescription)" }
        let bad = text.unicodeScalars.first {
            $0.value < 0x20 && $0 != "\n" || (0x7F...0x9F).contains($0.value)
                || [0x2028, 0x2029, 0x202E].contains($0.value)
        }
        return bad.map { "\($0.debugDescription) in \(text.debugDescription)" }
    }

    @Test("a camera's name steers neither a run's summary, nor any answer of its history, in any form")
    func histories() throws {
        let folder = try TemporaryFolder()
        let name = Self.attacks.joined()
        let history = folder.file("\(UUID()).db").path
        let run = try LabanProcess.run(
            "run", LabanProcess.fixture("crossing.truth.jsonl"), "--camera", name, "--history", history)
        #expect(run.status == 0, "\(run.errors)")
        #expect(Self.fault(in: run.output + run.errors) == nil)
        let line = try LabanProcess.run(
            "run", LabanProcess.fixture("crossing.truth.jsonl"), "--camera", name, "--json")
        #expect(Self.fault(in: line.output) == nil)
        #expect(try EventLines(line.output).events.allSatisfy { $0["camera"] as? String == name })
        for question in ["tracks", "cameras", "timeline", "stats"] {
            for form in [[], ["--csv"], ["--json"], ["--spreadsheet"]] {
                let answer = try LabanProcess(["history", question, "--history", history] + form).wait()
                #expect(answer.lines.count > 1 || form == ["--json"], "\(question) \(form)")
                #expect(Self.fault(in: answer.output, mayEndWithCRLF: form.count > 0) == nil, "\(question) \(form)")
                guard form == ["--json"] else { continue }
                #expect(try EventLines(answer.output).events.allSatisfy { $0["camera"] as? String == name })
            }
        }
    }

    @Test("what is said of files, options and settings with hostile names forges no line and steers nothing")
    func errors() throws {
        let folder = try TemporaryFolder()
        for (number, name) in ([Self.attacks.joined()] + Self.attacks(seed: 4, mutations: 8).suffix(3)).enumerated() {
            let place = folder.file("\(number)").path + name.replacing("/", with: "_")
            for words in [
                ["run", place], ["run", "--\(name)"], [name], ["train", place, "--output", place],
                ["history", "stats", "--history", place], ["history", "stats", "--since", name],
                ["gesture", "list", place], ["serve", "--config", place], ["evaluate", place, place],
            ] {
                let answer = try LabanProcess(words).wait()
                #expect(answer.status != 0, "\(words)")
                #expect(Self.fault(in: answer.output + answer.errors) == nil, "\(words)")
            }
        }
    }

    @Test("a server's log keeps one line a message, whatever its cameras are called")
    func logs() throws {
        let folder = try TemporaryFolder()
        let config = folder.file("laban.yaml")
        func yaml(_ name: String) -> String {
            "\"" + name.unicodeScalars.map { "\\U" + String(format: "%08X", $0.value) }.joined() + "\""
        }
        let cameras = Self.attacks.enumerated().map { number, name in
            let input = LabanProcess.fixture("crossing.truth.jsonl")
            return "  \(yaml("\(number)" + name)):\n    input: \(yaml(number == 1 ? "/nowhere/" + name : input))\n"
                + "    pace: fastest\n"
        }
        try Data(("publish: ipc://\(folder.file("s").path)\ncameras:\n" + cameras.joined()).utf8).write(to: config)
        let server = try LabanProcess(["serve", "--config", config.path])
        _ = server.wait {
            server.errors.count(where: \.isNewline) >= Self.attacks.count || server.errors.contains("Error")
        }
        server.terminate()
        let end = server.wait()
        #expect(end.errors.contains("FAKE") && end.errors.contains("u{1B}"))
        #expect(Self.fault(in: end.output + end.errors) == nil)
    }

    /// Publishes lines to the first subscriber, until it leaves.
    private static let publisher = """
        import sys, zmq
        socket = zmq.Context().socket(zmq.XPUB)
        socket.bind(sys.argv[1])
        socket.recv()
        for line in open(sys.argv[2], "rb"):
            socket.send_multipart([b"laban/1/local/gym/action/", line.rstrip(b"\\n")])
        socket.recv()
        """

    @Test(
        "hostile messages from the network are printed as text, and as JSON that means the same",
        arguments: [true, false])
    func watching(isJSON: Bool) throws {
        let run = try LabanProcess.run("run", LabanProcess.fixture("workout.truth.jsonl"), "--json")
        let begin = try #require(try EventLines(run.output).of("laban.action", phase: "begin").first)
        let folder = try TemporaryFolder()
        var lines = Data()
        let texts = Self.attacks(seed: 5, mutations: 200)
        for (index, text) in texts.enumerated() {
            var event = begin
            event["seq"] = index + 1
            event["id"] = "01M8HEEVXKFQNTE3RZR5" + String(format: "%06d", index)
            event[["label", "camera", "model"][index % 3]] = text
            lines += try JSONSerialization.data(withJSONObject: event) + Data([0x0A])
        }
        lines += Data("\u{1B}[31mgarbage\n\u{9B}31m\n".utf8)
        let file = folder.file("lines")
        try lines.write(to: file)
        let address = "ipc://" + folder.file("events.sock").path
        let sender = try LabanProcess(
            ["-c", Self.publisher, address, file.path], program: URL(filePath: "/usr/bin/python3"))
        let watch = try LabanProcess(
            ["watch", "--address", address, "--count", "\(texts.count)"] + (isJSON ? ["--json"] : []))
        let watched = watch.wait()
        #expect(watched.status == 0, "\(watched.errors)")
        #expect(watched.lines.count == texts.count)
        #expect(Self.fault(in: watched.output + watched.errors) == nil)
        if isJSON {
            let labels = try EventLines(watched.output).events.enumerated().map { index, event in
                event[["label", "camera", "model"][index % 3]] as? String
            }
            #expect(labels == texts)
        }
        sender.terminate()
        _ = sender.wait()
    }
}
