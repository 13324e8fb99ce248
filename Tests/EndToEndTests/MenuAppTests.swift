import Foundation
import Recordings
import Skeleton
import TestSupport
import Testing

@Suite("A menu without touch")
struct MenuAppTests {
    @Test("the article's app works as printed: swipes move along the menu, and pointing orders")
    func app() throws {
        let article = try Document("Sources/Messaging/Messaging.docc/MenuApp.md")
        let code = try #require(article.blocks("python").first)
        #expect(code.split(separator: "\n", omittingEmptySubsequences: false).count < 60)
        let folder = try TemporaryFolder()
        try code.write(to: folder.file("menu.py"), atomically: true, encoding: .utf8)
        // The article's own command puts the gestures together.
        let copy = try #require(article.commands.first { $0.hasPrefix("cp ") }).split(separator: " ").map(String.init)
        try FileManager.default.createDirectory(at: folder.file("menu"), withIntermediateDirectories: true)
        for file in copy.dropFirst().dropLast() {
            let name = (file as NSString).lastPathComponent
            try FileManager.default.copyItem(
                at: LabanProcess.checkout.appending(path: file), to: folder.file("menu/\(name)"))
        }
        try SkeletonFileWriter.write(Guest.frames, to: folder.file("guest.jsonl").path)
        let address = "ipc://" + folder.file("menu.sock").path
        let screen = try LabanProcess(["-displayfd", "1"], program: URL(filePath: "/usr/bin/Xvfb"))
        defer {
            screen.terminate()
            _ = screen.wait()
        }
        #expect(screen.waitForOutput { $0.hasSuffix("\n") })
        let display = ":" + screen.output.trimmingCharacters(in: .whitespacesAndNewlines)
        let app = try LabanProcess(
            ["-u", folder.file("menu.py").path, address], program: URL(filePath: "/usr/bin/python3"),
            variables: ["DISPLAY": display])
        let run = try LabanProcess.run(
            "run", folder.file("guest.jsonl").path, "--gestures", folder.file("menu").path, "--model", "none",
            "--publish", address, "--wait-for-subscriber")
        #expect(run.status == 0, "\(run.errors)")
        let hasOrdered = app.waitForOutput { $0.contains("ordered") }
        app.terminate()
        let said = app.wait()
        #expect(hasOrdered, "\(run.output)\(said.errors)")
        #expect(said.lines == ["at cocoa", "at coffee", "at tea", "at coffee", "ordered coffee"])
    }
}

/// Somebody before the menu: they swipe to their left twice, to their right once, and point.
private enum Guest {
    private typealias Place = SIMD2<Float>

    private static let down = Place(0.4, 0.56)
    private static let right = Place(0.3, 0.38)
    private static let left = Place(0.58, 0.38)
    private static let up = Place(0.38, 0.3)

    static let frames: [SkeletonFrame] = {
        let still = way(down, down, 60)
        let pointing = way(down, up, 12) + way(up, up, 40, points: true) + way(up, down, 32)
        return (still + swipe(right, left) + swipe(right, left) + swipe(left, right) + pointing).enumerated().map {
            SkeletonFrame(
                camera: "menu", index: $0, presentationTime: .milliseconds($0 * 1000 / 30), aspectRatio: 1,
                people: [TrackedPose(track: TrackID(1), pose: $1)])
        }
    }()

    private static func swipe(_ from: Place, _ to: Place) -> [Pose] {
        way(down, from, 12) + way(from, from, 12) + way(from, to, 8) + way(to, to, 15) + way(to, down, 12)
            + way(down, down, 25)
    }

    private static func way(_ from: Place, _ to: Place, _ count: Int, points: Bool = false) -> [Pose] {
        (1...count).map { pose(wrist: from + (to - from) * (Float($0) / Float(count)), points: points) }
    }

    /// Facing the camera, the left arm hanging.
    private static func pose(wrist: Place, points: Bool) -> Pose {
        let places: [String: Place] = [
            "leftShoulder": Place(0.58, 0.32), "rightShoulder": Place(0.42, 0.32), "leftElbow": Place(0.6, 0.44),
            "rightElbow": (Place(0.42, 0.32) + wrist) / 2 + Place(-0.03, 0.06), "leftWrist": Place(0.61, 0.55),
            "rightWrist": wrist, "leftHip": Place(0.55, 0.56), "rightHip": Place(0.45, 0.56),
            "leftKnee": Place(0.55, 0.74), "rightKnee": Place(0.45, 0.74), "leftAnkle": Place(0.55, 0.92),
            "rightAnkle": Place(0.45, 0.92), "nose": Place(0.5, 0.2), "leftEar": Place(0.53, 0.2),
            "rightEar": Place(0.47, 0.2),
        ]
        let topology = SkeletonTopology.blazePose33
        return Pose(
            topology: topology,
            keypoints: topology.jointNames.map { places[$0].map { Keypoint(x: $0.x, y: $0.y) } },
            hands: [hand(at: wrist, points: points)])
    }

    /// The right hand, fingers up: all straight, or the index finger alone.
    private static func hand(at wrist: Place, points: Bool) -> HandPose {
        let bases: [Place] = [Place(0.017, -0.05), Place(0.004, -0.052), Place(-0.008, -0.05), Place(-0.019, -0.045)]
        let thumb: [Place] =
            points
            ? [Place(0.018, -0.012), Place(0.026, -0.028), Place(0.02, -0.042), Place(0.008, -0.046)]
            : [Place(0.02, -0.015), Place(0.033, -0.03), Place(0.043, -0.043), Place(0.05, -0.055)]
        let fingers = bases.enumerated().flatMap { finger, base in
            (points && finger > 0 ? [0, -0.02, -0.004, 0.012] : [0, -0.025, -0.042, -0.057]).map { reach in
                base + Place(0, reach)
            }
        }
        return HandPose(
            side: .right,
            imagePoints: ([Place.zero] + thumb + fingers).map { SIMD3($0.x + wrist.x, $0.y + wrist.y, 0) })
    }
}
