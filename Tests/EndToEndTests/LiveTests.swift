import Foundation
import TestSupport
import Testing

@Suite("Live sources", .serialized)
struct LiveTests {
    private static let secrets = ["operator", "hun/ter2", "hun%2Fter2", "b3BlcmF0b3I6aHVuL3RlcjI="]

    private func states(_ text: String) throws -> [String] {
        // The last line may still be being written.
        let whole = text.lastIndex(of: "\n").map { String(text[..<$0]) } ?? ""
        return try EventLines(whole).of("laban.camera", phase: "update").compactMap { $0["state"] as? String }
    }

    private func expectNoSecret(in texts: [String: String]) {
        for (place, text) in texts {
            for secret in Self.secrets { #expect(!text.contains(secret), "\(secret) in \(place)") }
        }
    }

    @Test("a camera that hangs up, falls silent and changes its size is followed, and its password is nowhere")
    func outages() throws {
        let folder = try TemporaryFolder()
        let server = try PictureServer(
            .sending(width: 320, height: 240, shade: 90), credentials: "operator:hun/ter2")
        defer { server.close() }
        let laban = try LabanProcess([
            "run", server.url(user: "operator:hun%2Fter2"), "--json", "--history", folder.file("history.db").path,
            "--events", folder.file("events.jsonl").path, "--render", folder.file("drawn.mp4").path,
        ])
        func waitFor(_ expected: [String]) -> Bool {
            laban.waitForOutput { ((try? states($0)) ?? []).starts(with: expected) }
        }
        #expect(waitFor(["online"]))
        server.set(.away)
        #expect(waitFor(["online", "offline"]))
        server.set(.sending(width: 200, height: 300, shade: 90))
        #expect(waitFor(["online", "offline", "online"]))
        server.set(.silent)
        #expect(waitFor(["online", "offline", "online", "stalled"]))
        server.set(.sending(width: 320, height: 240, shade: 90))
        #expect(laban.waitForOutput { ((try? states($0)) ?? []).count { $0 == "online" } == 3 })
        laban.interrupt()
        let result = laban.wait()
        #expect(result.status == 0, "\(result.errors)")
        let cameras = try EventLines(result.output).of("laban.camera")
        #expect(cameras.first?["state"] as? String == "connecting")
        #expect(cameras.last?["state"] as? String == "ended")
        #expect(cameras.last?["reason"] as? String == "stopped")
        #expect(cameras.first?["camera"] as? String == "127.0.0.1")
        #expect(cameras.allSatisfy { $0["clock"] as? String == "arrival" })
        let times = cameras.compactMap { $0["pts_us"] as? Int }
        let backs = cameras.indices.filter {
            cameras[$0]["state"] as? String == "online" && cameras[$0]["outage_s"] != nil
        }
        #expect(backs.count == 2)
        for index in backs {
            let outage = try #require(cameras[index]["outage_s"] as? Double)
            let noticed = try #require(cameras[index - 1]["outage_s"] as? Double)
            // What is said when it is noticed and when it is over are lengths of the same outage.
            #expect(abs(Double(times[index] - times[index - 1]) / 1e6 - (outage - noticed)) < 0.01)
        }
        let stalled = try #require(cameras.first { $0["state"] as? String == "stalled" })
        #expect(try #require(stalled["outage_s"] as? Double) <= 5)
        #expect(try Data(contentsOf: folder.file("drawn.mp4")).count > 1000)

        var texts = ["output": result.output, "errors": result.errors]
        for file in try FileManager.default.contentsOfDirectory(at: folder.url, includingPropertiesForKeys: nil) {
            texts[file.lastPathComponent] = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        }
        #expect(texts.count >= 5)
        expectNoSecret(in: texts)
    }

    @Test("a wrong password ends a run with code 2 at once, and what is said of it holds no password")
    func wrongPassword() throws {
        let server = try PictureServer(.sending(width: 64, height: 48, shade: 1), credentials: "operator:right")
        defer { server.close() }
        let result = try LabanProcess.run("run", server.url(user: "operator:hun%2Fter2"))
        #expect(result.status == 2)
        #expect(result.errors.contains("http://***@127.0.0.1:\(server.port)/stream: expected a camera"))
        expectNoSecret(in: ["output": result.output, "errors": result.errors])
    }

    @Test("bad usage shows no password either")
    func usage() throws {
        let url = "rtsp://operator:hun%2Fter2@127.0.0.1/x"
        for arguments in [
            ["run", "a.mp4", url], ["run", url, "--transport", url], ["serve", "--config", url], ["bench", url],
            ["run", url, "--events", url], ["run", url, "--publish", url],
            ["run", "http://operator:hun%2Fter2@127.0.0.1:9/a.mp4"],
        ] {
            let result = try LabanProcess(arguments).wait()
            #expect(result.status == 2 || result.status == 1, "\(arguments): \(result.status)")
            expectNoSecret(in: ["output \(arguments)": result.output, "errors \(arguments)": result.errors])
        }
    }

    @Test("served cameras come from the settings and the environment; one that is away costs the other nothing")
    func serving() throws {
        let folder = try TemporaryFolder()
        let settings = folder.file("laban.yaml")
        let address = "ipc://" + folder.file("events.sock").path
        let here = try PictureServer(.sending(width: 160, height: 120, shade: 90), credentials: "operator:hun/ter2")
        let away = try PictureServer(.away)
        defer {
            here.close()
            away.close()
        }
        try """
        publish: \(address)
        history: history.db
        cameras:
          here: {input: "http://${CAM_USER}:${CAM_PASSWORD}@127.0.0.1:\(here.port)/stream", stall_timeout: 2}
          away: {input: "http://${CAM_USER}:${CAM_PASSWORD}@127.0.0.1:\(away.port)/stream", longest_wait: 0.5}
        """.write(to: settings, atomically: true, encoding: .utf8)
        let missing = try LabanProcess.run("serve", "--config", settings.path, "--check")
        #expect(missing.status == 2)
        #expect(missing.errors.contains("laban.yaml:4") && missing.errors.contains("CAM_USER"))

        let variables = ["CAM_USER": "operator", "CAM_PASSWORD": "hun/ter2"]
        let server = try LabanProcess(["serve", "--config", settings.path], variables: variables)
        #expect(server.wait { server.errors.contains("camera online") && server.errors.contains("camera trouble") })
        let watch = try LabanProcess([
            "watch", "--address", address, "--json", "--kind", "camera", "--kind", "heartbeat",
        ])
        // What was published before anybody listened is lost; a heartbeat tells that somebody does.
        #expect(watch.waitForOutput { $0.contains("laban.heartbeat") }, "\(watch.errors)")
        here.set(.away)
        #expect(watch.waitForOutput { $0.contains("laban.camera") }, "\(watch.errors)")
        watch.terminate()
        let watched = watch.wait()
        server.terminate()
        let result = server.wait()
        #expect(result.status == 0, "\(result.errors)")
        let history = try String(decoding: Data(contentsOf: folder.file("history.db")), as: UTF8.self)
        expectNoSecret(in: ["log": result.errors, "wire": watched.output, "history": history])
    }

    @Test("told to stop at any moment after its start, a server ends cleanly")
    func stopping() throws {
        let folder = try TemporaryFolder()
        let settings = folder.file("laban.yaml")
        let silent = try PictureServer(.silent)
        defer { silent.close() }
        try """
        publish: ipc://\(folder.file("events.sock").path)
        cameras:
          silent: {input: "\(silent.url())"}
          video: {input: \(LabanProcess.fixture("crossing.mp4"))}
        """.write(to: settings, atomically: true, encoding: .utf8)
        for delay in [0, 30, 100, 250] {
            let server = try LabanProcess(["serve", "--config", settings.path])
            #expect(server.wait { server.errors.contains("serving") })
            usleep(UInt32(delay) * 1000)
            server.terminate()
            let result = server.wait()
            #expect(result.status == 0, "after \(delay) ms: \(result.errors)")
        }
    }
}
