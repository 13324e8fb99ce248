import Foundation
import LabanServer
import MotionRules
import Pipeline
import Recognition
import Skeleton
import TestSupport
import Testing

@Suite("Folders of gestures")
struct GestureFolderTests {
    private static let checkout = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL

    /// A folder with two rules of Laban's own and a taught gesture.
    private static func fill(_ folder: TemporaryFolder) throws {
        let own = checkout.appending(path: "Gestures")
        for name in ["wave.yaml", "raise_hand.yaml"] {
            try FileManager.default.copyItem(at: own.appending(path: name), to: folder.file(name))
        }
        try FileManager.default.createDirectory(at: folder.file("taught"), withIntermediateDirectories: true)
        try Self.gesture("salute").write(to: folder.file("taught/salute.gesture.json").path)
    }

    private static func gesture(_ name: String) -> TaughtGesture {
        let samples = (0..<40).map { frame in
            let hand = Float(frame) / 40
            let points = (0..<16).map { joint -> SIMD3<Float>? in
                [Float(joint) / 20, joint == 6 ? -hand : Float(joint) / 30, 0]
            }
            return MotionSample(time: Double(frame) / 15, points: points)
        }
        return TaughtGesture(
            name: name, threshold: 0.5, examples: [.init(source: "x", span: 0.4...2, samples: samples)])
    }

    @Test("a bad file is told with its place, and the others load")
    func bad() throws {
        let folder = try TemporaryFolder()
        try Self.fill(folder)
        try "gesture: x\nnonsense: 1\n".write(to: folder.file("bad.yaml"), atomically: true, encoding: .utf8)
        try "{\n\"v\": 7}".write(to: folder.file("taught/bad.gesture.json"), atomically: true, encoding: .utf8)
        try Self.gesture("wave").write(to: folder.file("taught/double.gesture.json").path)
        let found = try GestureFolder(named: folder.url.path)
        #expect(found.ruleNames.sorted() == ["raise_hand", "wave"] && found.taught.map(\.name) == ["salute"])
        #expect(found.faults.contains { $0.contains("bad.yaml:2:1") })
        #expect(found.faults.contains { $0.contains("bad.gesture.json:2:6") && $0.contains("version 1") })
        #expect(found.faults.contains { $0.contains("double.gesture.json") && $0.contains("a name of its own") })
    }

    @Test("changes are taken up once files stood still for a look, and refused whole where one is faulty")
    func live() throws {
        let folder = try TemporaryFolder()
        try Self.fill(folder)
        var registry = try GestureRegistry(folder: folder.url.path)
        let shared = registry.shared
        func taught() -> [String] { shared.latest.content.taught?.gestures.map(\.name) ?? [] }
        #expect(taught() == ["salute"])

        try "gesture: [".write(to: folder.file("bad.yaml"), atomically: true, encoding: .utf8)
        try Self.gesture("swipe").write(to: folder.file("taught/swipe.gesture.json").path)
        for _ in 0..<3 { registry.look() }
        #expect(taught() == ["salute"] && shared.latest.number == 1)

        try FileManager.default.removeItem(at: folder.file("bad.yaml"))
        registry.look()
        #expect(shared.latest.number == 1)
        registry.look()
        #expect(taught() == ["salute", "swipe"] && shared.latest.number == 2)

        try FileManager.default.removeItem(at: folder.file("taught/salute.gesture.json"))
        for _ in 0..<2 { registry.look() }
        #expect(taught() == ["swipe"])
    }
}
