import Foundation
import TestSupport
import Testing

@Suite("Skeletons of other programs", .serialized)
struct SkeletonStreamTests {
    private static let python = URL(filePath: "/usr/bin/python3")

    /// The workout's true skeletons as lines of objects.
    private func truth() throws -> [[String: Any]] {
        try EventLines(file: URL(filePath: LabanProcess.fixture("workout.truth.jsonl"))).events
    }

    /// The workout as AlphaPose results in pixels of a picture 1000 high, as wide as the aspect says.
    private func alphaPose(_ frames: [[String: Any]]) throws -> Data {
        var results: [[String: Any]] = []
        for frame in frames {
            let aspect = frame["aspect"] as? Double ?? 1
            for person in frame["people"] as? [[String: Any]] ?? [] {
                let image = try #require(person["image"] as? [Any])
                let joints = [0, 2, 5, 7, 8, 11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28]
                results.append([
                    "image_id": "\(frame["frame"] as? Int ?? 0).jpg", "category_id": 1, "score": 2.5,
                    "idx": person["track"] as? Int ?? 0,
                    "keypoints": joints.flatMap { joint -> [Double] in
                        guard let point = image[joint] as? [Double] else { return [0, 0, 0] }
                        return [point[0] * 1000 * aspect, point[1] * 1000, point[3]]
                    },
                ])
            }
        }
        return try JSONSerialization.data(withJSONObject: results)
    }

    @Test(
        "AlphaPose results give events like Laban's own lines; times, layout and ids survive, and what was derived is said"
    )
    func alphaPose() throws {
        let folder = try TemporaryFolder()
        let frames = try truth()
        let file = folder.file("results")
        try alphaPose(frames).write(to: file)
        let first = try #require(frames.first?["frame"] as? Int)
        let last = try #require(frames.last)
        let seconds = try #require(last["pts_us"] as? Int)
        let fps = Double(try #require(last["frame"] as? Int) - first) / (Double(seconds) / 1e6)
        let result = try LabanProcess.run(
            "run", file.path, "--fps", "\(fps)", "--json", "--counting", "workout", "--skeletons",
            folder.file("own.jsonl").path)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("Derived: times from the numbers of the frames"))
        #expect(result.errors.contains("pixels (as far as the points reach"))
        let events = try EventLines(result.output)
        #expect(
            (events.of("laban.camera", phase: "begin").first?["message"] as? String)?.hasPrefix("derived: times")
                == true)
        #expect(events.of("laban.track", phase: "begin").count == 1)
        #expect(events.of("laban.rep", label: "jumping_jack").count >= 1)
        let own = try EventLines(file: folder.file("own.jsonl")).events
        #expect(own.count == frames.count)
        #expect(own.allSatisfy { $0["topology"] as? String == "coco17" })
        for (before, after) in zip(frames, own) {
            #expect(before["frame"] as? Int == after["frame"] as? Int)
            let (was, time) = (before["pts_us"] as? Int ?? 0, after["pts_us"] as? Int ?? 0)
            #expect(abs(was - time) < 1_000)
        }
        // What was written is Laban's own and needs nothing derived.
        let again = try LabanProcess.run("count", folder.file("own.jsonl").path, "--json")
        #expect(again.status == 0 && !again.errors.contains("Derived"))
        #expect(try EventLines(again.output).of("laban.rep").count == events.of("laban.rep").count)
    }

    @Test("options are refused where the input tells itself, or when they make no sense")
    func options() throws {
        for arguments in [
            ["run", LabanProcess.fixture("crossing.mp4"), "--fps", "25"],
            ["run", LabanProcess.fixture("workout.truth.jsonl"), "--picture", "640x480"],
            ["count", LabanProcess.fixture("workout.truth.jsonl"), "--layout", "coco17"],
            ["run", LabanProcess.fixture("workout.truth.jsonl"), "--format", "ntu"],
            ["run", "a.json", "--fps", "0"], ["run", "a.json", "--picture", "wide"],
            ["run", "a.json", "--format", "vhs"],
            ["run", "tcp://*:5580"], ["run", "Gestures"], ["run", "no-such.json"],
        ] {
            let result = try LabanProcess(arguments).wait()
            #expect(result.status == 2, "\(arguments): \(result.status) \(result.errors)")
            #expect(!result.errors.isEmpty)
        }
    }

    @Test("a recording under any name is replayed, and one whose time goes back ends with code 2, file and line")
    func recordings() throws {
        let folder = try TemporaryFolder()
        let truth = try String(contentsOfFile: LabanProcess.fixture("workout.truth.jsonl"), encoding: .utf8)
        try truth.write(to: folder.file("recorded.txt"), atomically: true, encoding: .utf8)
        let named = try LabanProcess.run("count", folder.file("recorded.txt").path, "--json")
        let own = try LabanProcess.run("count", LabanProcess.fixture("workout.truth.jsonl"), "--json")
        #expect(named.status == 0, "\(named.errors)")
        #expect(try EventLines(named.output).events.count == EventLines(own.output).events.count)
        let lines = truth.split(separator: "\n").prefix(4)
        try (lines + [lines[1]]).joined(separator: "\n").write(
            to: folder.file("back.jsonl"), atomically: true, encoding: .utf8)
        let back = try LabanProcess.run("run", folder.file("back.jsonl").path)
        #expect(back.status == 2)
        #expect(back.errors.contains("back.jsonl:5: expected a time later than"))
    }

    private static let publisher = """
        import sys, time, zmq
        socket = zmq.Context().socket(zmq.PUB)
        socket.bind(sys.argv[1])
        time.sleep(1)
        lines = open(sys.argv[2], "rb").read().split(b"\\n")
        socket.send(b"garbage")
        for number, line in enumerate(lines):
            if number % 2: socket.send(line)
            else: socket.send_multipart([b"poses/", line])
            time.sleep(0.005)
        time.sleep(60)
        """

    @Test("skeletons published from Python are watched until Ctrl-C, and garbage is counted")
    func socket() throws {
        let folder = try TemporaryFolder()
        let address = "ipc://" + folder.file("poses.sock").path
        let run = try LabanProcess(["run", address, "--json", "--model", "none"])
        let publisher = try LabanProcess(
            ["-c", Self.publisher, address, LabanProcess.fixture("workout.truth.jsonl")], program: Self.python)
        #expect(run.waitForOutput { $0.contains("laban.rep") })
        run.interrupt()
        let result = run.wait()
        publisher.terminate()
        _ = publisher.wait()
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("1 messages were no skeletons"))
        let events = try EventLines(result.output)
        #expect(events.of("laban.camera", phase: "end").last?["reason"] as? String == "stopped")
        #expect(events.of("laban.track", phase: "end").count == events.of("laban.track", phase: "begin").count)
    }

    @Test("laban serve watches published skeletons")
    func serve() throws {
        let folder = try TemporaryFolder()
        let (poses, events) = ("ipc://" + folder.file("p.sock").path, "ipc://" + folder.file("e.sock").path)
        let settings = folder.file("laban.yaml")
        try "publish: \(events)\nmodel: none\ncameras: {hall: {input: \"\(poses)\"}}\n".write(
            to: settings, atomically: true, encoding: .utf8)
        let server = try LabanProcess(["serve", "--config", settings.path])
        let watch = try LabanProcess(["watch", "--address", events, "--kind", "track", "--count", "1", "--json"])
        let publisher = try LabanProcess(
            ["-c", Self.publisher, poses, LabanProcess.fixture("workout.truth.jsonl")], program: Self.python)
        let seen = watch.wait()
        #expect(seen.status == 0, "\(seen.errors)")
        #expect(seen.output.contains("\"hall\""))
        server.terminate()
        let result = server.wait()
        publisher.terminate()
        _ = publisher.wait()
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test(
        "a clock's time is that of the clock on days on which it changes",
        arguments: [
            ("2026-03-29 04:30:05.5", 1_774_751_405_500_000), ("2026-10-25 04:30:00", 1_792_899_000_000_000),
            ("2026-10-25 01:30:00", 1_792_884_600_000_000), ("2026-06-01 12:00:00", 1_780_308_000_000_000),
        ])
    func clockChange(text: String, microseconds: Int) throws {
        let folder = try TemporaryFolder()
        let joints = (0..<33).map { #"{"x":0.5,"y":0.\#($0 + 10),"z":0,"visibility":1}"# }.joined(separator: ",")
        let file = folder.file("landmarks.jsonl")
        let frames = [text, String(text.dropLast(1)) + "9"].map { #"{"time":"\#($0)","pose_landmarks":[\#(joints)]}"# }
        try Data((frames.joined(separator: "\n") + "\n").utf8).write(to: file)
        let run = try LabanProcess(["run", file.path, "--json", "--model", "none"], variables: ["TZ": "Europe/Berlin"])
        let result = run.wait()
        #expect(result.status == 0, "\(result.errors)")
        let begin = try #require(try EventLines(result.output).of("laban.camera", phase: "begin").first)
        #expect(begin["t_cap_us"] as? Int == microseconds, "\(result.errors)")
    }

    @Test("dates for times on standard input count from the first frame")
    func datesOnStandardInput() throws {
        let folder = try TemporaryFolder()
        let own = folder.file("own.jsonl")
        let start = 1_795_255_200_000_000
        let lines = try truth().prefix(40).map { line in
            var line = line
            line["pts_us"] = start + (try #require(line["pts_us"] as? Int))
            return String(decoding: try JSONSerialization.data(withJSONObject: line), as: UTF8.self)
        }
        let file = folder.file("in.jsonl")
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
        let run = try LabanProcess(
            [
                "-c", "\"$0\" run - --json --model none --skeletons \"$1\" < \"$2\"", LabanProcess.binary.path,
                own.path, file.path,
            ],
            program: URL(filePath: "/bin/sh"))
        let result = run.wait()
        #expect(result.status == 0, "\(result.errors)")
        let frames = try EventLines(file: own).events
        #expect(frames.count == 40 && (frames.first?["pts_us"] as? Int) == 0)
        let track = try #require(try EventLines(result.output).of("laban.track", phase: "begin").first)
        let (pts, captured) = (try #require(track["pts_us"] as? Int), try #require(track["t_cap_us"] as? Int))
        #expect(pts < 10_000_000 && captured == start + pts)
    }
}
