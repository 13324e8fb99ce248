import Foundation
import TestSupport
import Testing

@Suite("Signals, readers and places", .serialized)
struct WireTests {
    private static let shell = URL(filePath: "/bin/bash")
    private static let python = URL(filePath: "/usr/bin/python3")
    private static let skeletons = LabanProcess.fixture("workout.truth.jsonl")

    /// Runs a script in a folder, where a pipe fails if any part of it does.
    private func run(_ script: String, in folder: TemporaryFolder) throws -> CommandResult {
        let place = LabanProcess.binary.deletingLastPathComponent().path
        let start = "set -o pipefail; cd '\(folder.url.path)'; PATH='\(place)':$PATH\n"
        return try LabanProcess(["-c", start + script], program: Self.shell).wait()
    }

    @Test(
        "a reader that leaves ends a command quietly",
        arguments: [
            "laban run \(skeletons) --json", "laban run \(skeletons)", "laban run \(skeletons) --events /dev/stdout",
            "laban history tracks --history h.db --json", "laban gesture list", "laban help run",
        ])
    func readerLeaves(command: String) throws {
        let folder = try TemporaryFolder()
        #expect(try run("laban run \(Self.skeletons) --history h.db", in: folder).status == 0)
        for reader in ["head -1", "true"] {
            let result = try run("\(command) | \(reader)", in: folder)
            #expect(result.status == 0, "\(result.status): \(result.errors)")
            #expect(result.errors.isEmpty, "\(result.errors)")
        }
    }

    @Test("what goes elsewhere is whole although the reader of standard output has left")
    func otherOutputs() throws {
        let folder = try TemporaryFolder()
        let result = try run(
            "laban run \(Self.skeletons) --events a.jsonl > all.txt; laban run \(Self.skeletons) --events b.jsonl | head -1",
            in: folder)
        #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
        let (whole, beside) = try (
            String(contentsOf: folder.file("a.jsonl"), encoding: .utf8),
            String(contentsOf: folder.file("b.jsonl"), encoding: .utf8)
        )
        #expect(try EventLines.comparable(whole) == EventLines.comparable(beside))
    }

    @Test("a named pipe gets events once somebody reads it, and SIGTERM ends the wait for that")
    func namedPipe() throws {
        let folder = try TemporaryFolder()
        let read = try run(
            "mkfifo pipe; cat pipe > read.jsonl & laban run \(Self.skeletons) --events pipe > all.txt; wait; wc -l < read.jsonl",
            in: folder)
        #expect(read.status == 0 && Int(read.lines.last?.trimmingCharacters(in: .whitespaces) ?? "") ?? 0 > 10)
        let unread = try LabanProcess(
            ["run", Self.skeletons, "--events", folder.file("pipe").path])
        #expect(unread.wait { unread.errors.contains("Waiting for a reader of") })
        unread.terminate()
        #expect(unread.wait().status == 1)
        #expect(unread.errors.contains("nobody reads from this pipe"))
    }

    @Test("a reader that stops reading does not keep a command from ending")
    func pausedReader() throws {
        let folder = try TemporaryFolder()
        let result = try run(
            """
            mkfifo pipe; sleep 1000 < pipe & sleeper=$!
            laban run '\(Self.skeletons)' --skeletons pipe --events events.jsonl > /dev/null & run=$!
            until [ -s events.jsonl ]; do sleep 0.1; done
            sleep 1; kill -TERM $run; wait $run; code=$?; kill $sleeper; tail -1 events.jsonl; exit $code
            """, in: folder)
        #expect(result.status == 1 && result.errors.contains("its reader does not read"), "\(result.errors)")
        #expect(result.output.contains("laban.camera"))
    }

    @Test("a hang-up ends a command as Ctrl-C does, but not under nohup")
    func hangUp() throws {
        let folder = try TemporaryFolder()
        let script = """
            laban watch --address ipc://none.sock 2> said & watch=$!
            until grep -q Listening said; do sleep 0.05; done
            kill -HUP $watch
            """
        #expect(try run(script + "\nwait $watch", in: folder).status == 0)
        #expect(try run("trap '' HUP; \(script)\nsleep 1; kill $watch; wait $watch; exit 0", in: folder).status == 0)
    }

    @Test(
        "no output takes the place of an input or of another output, by whatever name",
        arguments: [
            "--events hard.jsonl", "--skeletons soft.jsonl", "--history other/../input.jsonl", "--events input.jsonl",
            "--events new.jsonl --skeletons dangling.jsonl",
            "--events \(LabanProcess.checkout.path)/Models/everyday/model.json",
        ])
    func places(options: String) throws {
        let folder = try TemporaryFolder()
        let model = LabanProcess.checkout.appending(path: "Models/everyday/model.json")
        let before = try Data(contentsOf: model)
        let result = try run(
            """
            cp '\(Self.skeletons)' input.jsonl; mkdir other; ln input.jsonl hard.jsonl; ln -s input.jsonl soft.jsonl
            ln -s new.jsonl dangling.jsonl; laban run input.jsonl \(options); code=$?
            cmp input.jsonl '\(Self.skeletons)' && exit $code
            """, in: folder)
        #expect(result.status == 2 && result.errors.contains("would overwrite"), "\(result.status): \(result.errors)")
        #expect(try Data(contentsOf: model) == before)
    }

    /// Sends heartbeats of one run, is silent, and sends those of another.
    private static let server = """
        import sys, time, zmq
        socket = zmq.Context().socket(zmq.XPUB)
        socket.bind(sys.argv[1])
        socket.recv()
        def beat(run):
            line = '{"v":1,"type":"laban.heartbeat","id":"%s","phase":"end","run":"%s","stream":"~/heartbeat","seq":1,' % (run, run)
            line += '"t_cap_us":1,"t_pub_us":1,"clock":"arrival","last_seq":{}}'
            socket.send_multipart([b"laban/1/home/~/heartbeat/", line.encode()])
        beat("01M5W6DS0AB5V2C7XG1N3T8YQD")
        time.sleep(4)
        while True:
            beat("01M5W6DS0AB5V2C7XG1N3T8YQE")
            time.sleep(0.2)
        """

    @Test("watch says that a server is not there, is silent, is back and began a new run")
    func presence() throws {
        let folder = try TemporaryFolder()
        let address = "ipc://" + folder.file("events.sock").path
        let watch = try LabanProcess(["watch", "--address", address, "--site", "home", "--camera", "gym"])
        #expect(watch.wait { watch.errors.contains("Warning: nobody is heard on \(address)") })
        let server = try LabanProcess(["-c", Self.server, address], program: Self.python)
        for words in ["Heard again after", "Warning: the server on \(address) is silent", "A new run began"] {
            #expect(watch.wait { watch.errors.contains(words) }, "\(watch.errors)\(server.errors)")
        }
        watch.interrupt()
        #expect(watch.wait().status == 0 && watch.output.isEmpty)
        server.terminate()
        _ = server.wait()
    }

    @Test("a name that does not resolve is said at once", arguments: ["watch --address", "run"])
    func unknownName(command: String) throws {
        let folder = try TemporaryFolder()
        let result = try run("laban \(command) tcp://no.such.machine.invalid:5570", in: folder)
        #expect(result.status == 2 && result.errors.contains("no.such.machine.invalid"), "\(result.errors)")
    }
}
