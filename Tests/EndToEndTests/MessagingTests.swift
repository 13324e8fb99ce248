import Foundation
import TestSupport
import Testing

@Suite("Events over ZeroMQ", .serialized)
struct MessagingTests {
    /// Debian's python3-zmq belongs to Debian's Python.
    private static let python = URL(filePath: "/usr/bin/python3")

    private static let subscriber = """
        import sys, zmq
        socket = zmq.Context().socket(zmq.SUB)
        socket.connect(sys.argv[1])
        socket.subscribe("laban/1/")
        while True:
            topic, line = socket.recv_multipart()
            if topic.endswith(b"/heartbeat/"): print("beat", file=sys.stderr)
            else: print(line.decode(), flush=True)
            if b'"state":"ended"' in line: break
        """

    @Test("a Python subscriber receives exactly what --events holds, and heartbeats while it runs")
    func same() throws {
        let folder = try TemporaryFolder()
        let address = "ipc://" + folder.file("events.sock").path
        let listener = try LabanProcess(["-c", Self.subscriber, address], program: Self.python)
        let run = try LabanProcess.run(
            "run", LabanProcess.fixture("crossing.mp4"), "--events", folder.file("events.jsonl").path,
            "--publish", address, "--wait-for-subscriber")
        #expect(run.status == 0, "\(run.errors)")
        let heard = listener.wait()
        #expect(heard.status == 0, "\(heard.errors)")
        // It takes longer than a second, and the end brings another.
        #expect(heard.errors.contains("beat"))
        let written = try String(contentsOf: folder.file("events.jsonl"), encoding: .utf8)
        #expect(!written.isEmpty)
        #expect(heard.output == written)
    }

    @Test("the article's subscriber works as printed, against README's server")
    func subscriber() throws {
        let article = try Document("Sources/Messaging/Messaging.docc/Delivery.md")
        let code = try #require(article.blocks("python").first { $0.contains("import zmq") })
        #expect(code.split(separator: "\n").count <= 12)
        let server = try LabanProcess(["serve", "--config", "Fixtures/laban.yaml"])
        let listener = try LabanProcess(["-u", "-c", code], program: Self.python)
        #expect(
            listener.waitForOutput { $0.contains("laban.track begin person 1") && $0.contains("laban.action begin") })
        listener.terminate()
        server.interrupt()
        #expect(server.wait().status == 0)
        _ = listener.wait()
    }

    /// Publishes lines of one camera's actions to the first subscriber, until it leaves.
    private static let publisher = """
        import sys, zmq
        socket = zmq.Context().socket(zmq.XPUB)
        socket.bind(sys.argv[1])
        socket.recv()
        for line in sys.argv[2:]:
            socket.send_multipart([b"laban/1/local/gym/action/", line.encode()])
        socket.recv()
        """

    @Test("of updates only those that correct a label are printed for people")
    func correction() throws {
        let run = try LabanProcess.run("run", LabanProcess.fixture("workout.truth.jsonl"), "--json")
        let begin = try #require(try EventLines(run.output).of("laban.action", phase: "begin").first)
        let states = [
            ("begin", "lunge"), ("update", "lunge"), ("update", "squat"), ("update", "squat"), ("end", "squat"),
        ]
        let lines = try states.enumerated().map { index, state in
            var event = begin
            event["phase"] = state.0
            event["label"] = state.1
            event["seq"] = index + 1
            event["confidence"] = 0.75
            if state.0 == "end" { event["reason"] = "completed" }
            return String(decoding: try JSONSerialization.data(withJSONObject: event), as: UTF8.self)
        }
        let folder = try TemporaryFolder()
        let address = "ipc://" + folder.file("events.sock").path
        let publisher = try LabanProcess(["-c", Self.publisher, address] + lines, program: Self.python)
        let watch = try LabanProcess.run("watch", "--address", address, "--count", "3")
        #expect(watch.status == 0 && watch.lines.count == 3, "\(watch.output)\(watch.errors)")
        #expect(watch.lines[0].contains("lunge           begins  75 %"))
        #expect(watch.lines[1].hasSuffix("squat           instead of lunge  75 %"))
        #expect(watch.lines[2].contains("squat           ends"))
        #expect(publisher.wait().status == 0)
    }

    @Test("laban watch prints what laban serve publishes, and serve's history keeps it")
    func serveAndWatch() throws {
        let folder = try TemporaryFolder()
        let address = "ipc://" + folder.file("serve.sock").path
        let settings = folder.file("laban.yaml")
        try """
        site: test
        publish: \(address)
        history: serve.db
        cameras:
          hall: {input: \(LabanProcess.fixture("crossing.mp4")), pace: fastest, repeat: true}
          gym: {input: \(LabanProcess.fixture("workout.truth.jsonl")), pace: fastest, repeat: true}
        """.write(to: settings, atomically: true, encoding: .utf8)
        // One camera alone may fill what is watched for before the other has seen anybody.
        let hall = try LabanProcess([
            "watch", "--address", address, "--kind", "track", "--camera", "hall", "--count", "1", "--json",
        ])
        let server = try LabanProcess(["serve", "--config", settings.path])
        // The video is the slower of the two: once six of its events came, both cameras have some.
        let watch = try LabanProcess.run(
            "watch", "--address", address, "--camera", "hall", "--kind", "track", "--count", "6", "--json")
        #expect(watch.status == 0, "\(watch.errors)")
        let events = try EventLines(watch.output)
        #expect(events.events.count == 6)
        #expect(events.of("laban.track").count == 6)
        #expect(try EventLines(hall.wait().output).of("laban.track").first?["camera"] as? String == "hall")
        server.terminate()
        let stopped = server.wait()
        #expect(stopped.status == 0, "\(stopped.errors)")
        let tracks = try LabanProcess.run(
            "history", "tracks", "--history", folder.file("serve.db").path, "--since", "last hour", "--csv")
        #expect(tracks.status == 0, "\(tracks.errors)")
        #expect(tracks.output.contains("hall"))
        #expect(tracks.output.contains("gym"))
    }
}
