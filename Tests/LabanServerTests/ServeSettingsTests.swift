import Foundation
import History
import LabanServer
import MarkedYAML
import Pipeline
import Testing

@Suite("Settings of a server")
struct ServeSettingsTests {
    private static func settings(_ yaml: String, _ environment: [String: String] = [:]) throws -> ServeSettings {
        try ServeSettings(
            yaml: yaml, file: "laban.yaml", folder: URL(filePath: "/srv/laban", directoryHint: .isDirectory),
            environment: environment)
    }

    @Test("what is left out has its usual value")
    func usual() throws {
        let settings = try Self.settings("cameras: {gym: {input: a.mp4}}")
        #expect(settings.site == "local" && settings.publish == ServeSettings.defaultAddress)
        #expect(settings.history == nil && settings.fileMode == nil && settings.gestures == nil)
        #expect(settings.models.map(\.name) == ModelName.usual)
        let camera = try #require(settings.cameras.first)
        #expect(camera.isRealTime && !camera.repeats && !camera.findsHands && camera.threads == 1)
        #expect(camera.models == nil && camera.speed == 1)
    }

    @Test("paths start from the folder of the file, addresses and devices stay as they are")
    func paths() throws {
        let settings = try Self.settings(
            """
            history: events.db
            gestures: rules
            models: [everyday, own/mine]
            cameras:
              gym: {input: a.mp4}
              desk: {input: /dev/video0}
              door: {input: "rtsp://10.0.0.2/stream1"}
            """)
        #expect(settings.history == "/srv/laban/events.db")
        #expect(settings.gestures == "/srv/laban/rules")
        #expect(settings.models.map(\.name) == ["everyday", "/srv/laban/own/mine"])
        #expect(settings.cameras[0].input == .video("/srv/laban/a.mp4"))
        #expect(settings.cameras[1...].allSatisfy { $0.input.isLive })
    }

    @Test("a history is a file, or a file and how long skeletons are kept there")
    func clips() throws {
        let cameras = "cameras: {gym: {input: a.mp4}}"
        #expect(try Self.settings("history: events.db\n" + cameras).clips == .usual)
        let settings = try Self.settings(
            "history: {file: events.db, clip_days: 0.5, clip_megabytes: 0}\n" + cameras)
        #expect(settings.history == "/srv/laban/events.db")
        #expect(settings.clips == ClipKeeping(days: 0.5, megabytes: 0) && !settings.clips.isOn)
        for (history, fault) in [
            ("{clip_days: 3}", "'file'"), ("{file: a.db, days: 3}", "clip_days"),
            ("{file: a.db, clip_days: -1}", "days"),
            ("[a.db]", "found a list"),
        ] {
            let error = #expect(throws: YAMLFileError.self) { try Self.settings("history: \(history)\n" + cameras) }
            #expect(error?.description.contains(fault) == true, "\(error?.description ?? "")")
        }
    }

    @Test("a variable of the environment stands where the settings name it, encoded within an address")
    func environment() throws {
        let yaml = "cameras: {door: {input: 'http://${CAM_USER}:${CAM_KEY}@10.0.0.2/v.mp4'}}"
        let settings = try Self.settings(yaml, ["CAM_USER": "operator", "CAM_KEY": "a/b@c"])
        #expect("\(settings.cameras[0].input)".contains("operator:a%2Fb%40c@10.0.0.2"))
        #expect(throws: YAMLFileError.self) { try Self.settings(yaml, ["CAM_USER": "operator"]) }
    }

    @Test(
        "a value that does not hold is named with its line, what was expected and what was found",
        arguments: [
            ("cameras: {}", 1, "at least one camera"),
            ("site: x", 1, "cameras"),
            ("colour: red\ncameras: {a: {input: b.mp4}}", 1, "colour"),
            ("publish: http://x\ncameras: {a: {input: b.mp4}}", 1, "tcp://127.0.0.1:5570"),
            ("file_mode: '0400'\ncameras: {a: {input: b.mp4}}", 1, "0640"),
            ("model: a\nmodels: [b]\ncameras: {a: {input: b.mp4}}", 2, "found both"),
            ("models: [a, a]\ncameras: {a: {input: b.mp4}}", 1, "each model once"),
            ("models: [none]\ncameras: {a: {input: b.mp4}}", 1, "model: none"),
            ("false_alarms_per_hour: -1\ncameras: {a: {input: b.mp4}}", 1, "0 to 100000"),
            ("cameras:\n  a:\n    inptu: b.mp4", 3, "inptu"),
            ("cameras:\n  a:\n    input: b.mp4\n    pace: slow", 4, "real_time or fastest"),
            ("cameras:\n  a:\n    input: b.mp4\n    counting: gym", 4, "everyday or workout"),
            ("cameras:\n  a:\n    input: b.mp4\n    threads: 1.5", 4, "1 to 64 threads"),
            ("cameras:\n  a:\n    input: b.jsonl\n    hands: true", 4, "a source of skeletons"),
            ("cameras:\n  a:\n    input: /dev/video0\n    speed: 2", 4, "as fast as life"),
            ("cameras:\n  a:\n    input: /dev/video0\n    size: 640", 4, "1280x720"),
            ("cameras:\n  a:\n    input: 'rtsp://x/y'\n    transport: pigeon", 4, "tcp or udp"),
            ("cameras:\n  a:\n    input: '${CAM'", 3, "without '}'"),
        ])
    func refused(yaml: String, line: Int, words: String) throws {
        let error = try #require(throws: YAMLFileError.self) { try Self.settings(yaml) }
        #expect("\(error)".contains("laban.yaml:\(line)"), "\(error)")
        #expect("\(error)".contains(words), "\(error)")
    }

    @Test("the settings that Laban comes with hold")
    func example() throws {
        let checkout = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL
        let settings = try ServeSettings(path: checkout.appending(path: "Fixtures/laban.yaml").path)
        #expect(!settings.cameras.isEmpty)
    }
}
