import Foundation
import Inference
import Puppet
import Randomness
import Recordings
import Skeleton
import TestSupport
import Testing

/// Models of a running server, replaced on disk.
@Suite("Models replaced live", .serialized)
struct LiveSwapTests {
    private static let python = URL(filePath: "/usr/bin/python3")
    private static let publisher = """
        import sys, time, zmq
        socket = zmq.Context().socket(zmq.PUB)
        socket.bind(sys.argv[1])
        time.sleep(1)
        for line in open(sys.argv[2], "rb"):
            socket.send(line.rstrip())
            time.sleep(0.03)
        time.sleep(60)
        """

    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Somebody who squats for a minute and a half.
    private func squats() throws -> String {
        let path = folder.file("squats.jsonl").path
        let writer = try SkeletonFileWriter(path: path)
        var random = SplitMix64(seed: 1)
        let actor = PuppetActor(
            body: PuppetBody(stature: 1.74), look: PuppetLook(using: &random),
            at: .zero, heading: 0.45, programme: [.perform(.squat, .seconds(90), variant: 2)], seed: 11)
        let camera = PuppetCamera(position: SIMD3(0, 1.25, 4.2), target: SIMD3(0, 0.85, 0), focalLength: 1.3)
        let scene = PuppetScene(
            name: "squats", camera: camera, width: 64, height: 48, frameRate: 20, duration: 90, actors: [actor])
        for index in 0..<scene.frameCount { try writer.append(scene.frame(at: index)) }
        try writer.finish()
        return path
    }

    private func copyModel(_ name: String) throws {
        let place = folder.file(name)
        try FileManager.default.copyItem(at: LabanProcess.checkout.appending(path: "Models/everyday"), to: place)
        try change(name) { $0.replacingOccurrences(of: #""name" : "everyday""#, with: "\"name\" : \"\(name)\"") }
    }

    private func change(_ name: String, _ edit: (String) -> String) throws {
        let manifest = folder.file("\(name)/model.json")
        try edit(String(contentsOf: manifest, encoding: .utf8)).write(to: manifest, atomically: true, encoding: .utf8)
    }

    /// Weights that differ in one bit of one number, under the hash they have.
    private func retrain(_ name: String) throws -> String {
        let weights = folder.file("\(name)/weights.safetensors")
        var bytes = [UInt8](try Data(contentsOf: weights))
        let before = ContentHash(bytes).description
        bytes[bytes.count - 4] ^= 1
        let after = ContentHash(bytes).description
        // As the system copies files: what is there in between does not fit together.
        try Data(bytes).write(to: weights)
        try change(name) { $0.replacingOccurrences(of: before, with: after) }
        return "\(name)@\(after.prefix(8))"
    }

    /// The whole lines of a growing output.
    private func events(_ text: String) -> EventLines? {
        try? EventLines(text.lastIndex(of: "\n").map { String(text[..<$0]) } ?? "")
    }

    @Test(
        "a model that changes on disk is replaced; the other model, tracks, ids and counts go on as if nothing had been"
    )
    func swap() throws {
        let skeletons = try squats()
        try copyModel("kept")
        try copyModel("replaced")
        let (poses, published) = ("ipc://" + folder.file("p.sock").path, "ipc://" + folder.file("e.sock").path)
        let settings = folder.file("laban.yaml")
        try """
        publish: \(published)
        models: [./kept, ./replaced]
        cameras: {hall: {input: "\(poses)"}}
        """.write(to: settings, atomically: true, encoding: .utf8)
        let server = try LabanProcess(["serve", "--config", settings.path])
        #expect(server.wait { server.errors.contains("serving") }, "\(server.errors)")
        let kinds = ["action", "track", "rep", "heartbeat"]
        let watch = try LabanProcess(["watch", "--address", published, "--json"] + kinds.flatMap { ["--kind", $0] })
        #expect(watch.waitForOutput { $0.contains("laban.heartbeat") }, "\(watch.errors)")
        let publisher = try LabanProcess(["-c", Self.publisher, poses, skeletons], program: Self.python)
        func actions(_ model: String, _ phase: String, in text: String) -> [[String: Any]] {
            (events(text)?.of("laban.action", phase: phase) ?? []).filter {
                ($0["model"] as? String)?.hasPrefix(model) == true
            }
        }
        #expect(
            watch.waitForOutput {
                !actions("kept@", "begin", in: $0).isEmpty && !actions("replaced@", "begin", in: $0).isEmpty
            })
        let identifier = try retrain("replaced")
        #expect(watch.waitForOutput { !actions(identifier, "begin", in: $0).isEmpty }, "\(server.errors)")

        // Half a file: the model stays, and it is said once.
        let weights = folder.file("replaced/weights.safetensors")
        let whole = try Data(contentsOf: weights)
        try whole.prefix(whole.count / 2).write(to: weights)
        #expect(server.wait { server.errors.contains("model not replaced") })
        let soFar = events(watch.output)?.of("laban.rep").count ?? 0
        #expect(watch.waitForOutput { (events($0)?.of("laban.rep").count ?? 0) >= max(soFar + 3, 6) })
        publisher.terminate()
        _ = publisher.wait()
        server.terminate()
        let served = server.wait()
        #expect(served.status == 0, "\(served.errors)")
        // What was sent last may still be on its way.
        #expect(watch.waitForOutput { events($0)?.of("laban.track", phase: "end").isEmpty == false })
        watch.terminate()
        let seen = try EventLines(watch.wait().output)

        let log = served.errors
        #expect(log.components(separatedBy: "model not replaced").count == 2)
        #expect(log.contains("weights.safetensors") && log.contains("expected hash"))
        #expect(log.components(separatedBy: "model replaced").count == 2 && log.contains(identifier))

        let ends = seen.of("laban.action", phase: "end")
        let swapped = ends.filter { $0["reason"] as? String == "model_replaced" }
        #expect(swapped.count == 1)
        #expect((swapped.first?["model"] as? String)?.hasPrefix("replaced@") == true)
        #expect(swapped.first?["model"] as? String != identifier)
        // The other model's segments: none ended for this, each begins once and ends once under its own id.
        let kept = seen.of("laban.action").filter { ($0["model"] as? String)?.hasPrefix("kept@") == true }
        let atSwap = try #require(swapped.first?["pts_us"] as? Int)
        #expect(
            kept.contains { event in
                event["phase"] as? String == "begin" && (event["pts_us"] as? Int ?? .max) < atSwap
                    && kept.contains {
                        $0["id"] as? String == event["id"] as? String && ($0["pts_us"] as? Int ?? 0) > atSwap
                    }
            })
        for phase in ["begin", "end"] {
            let ids = seen.of("laban.action", phase: phase).compactMap { $0["id"] as? String }
            #expect(Set(ids).count == ids.count)
        }
        // The person is one and the same, and repetitions are counted on.
        #expect(seen.of("laban.track", phase: "begin").count == 1)
        #expect(seen.of("laban.track", phase: "end").count == 1)
        let counts = seen.of("laban.rep", label: "squat").compactMap { $0["index"] as? Int }
        #expect(counts == Array(1...max(counts.count, 1)), "\(counts)")
        #expect(counts.count > 5)
        let replacedIDs = Set(swapped.compactMap { $0["id"] as? String })
        #expect(
            !seen.of("laban.action", phase: "begin").contains {
                $0["model"] as? String == identifier && replacedIDs.contains($0["id"] as? String ?? "")
            })
    }
}
