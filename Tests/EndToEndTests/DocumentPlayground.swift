import Foundation
import Imaging
import TestSupport
import Video

/// A folder in which the commands of documents run as printed: what they read is there, and what they write harms nobody.
struct DocumentPlayground {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let files = FileManager.default
        for name in ["Fixtures", "Models", "frames", "openpose", "recordings/squat", "scenes"] {
            try files.createDirectory(at: folder.file(name), withIntermediateDirectories: true)
        }
        for name in ["everyday", "pose", "recipes"] {
            try files.createSymbolicLink(
                at: folder.file("Models/\(name)"),
                withDestinationURL: LabanProcess.checkout.appending(path: "Models/\(name)"))
        }
        try files.copyItem(at: LabanProcess.checkout.appending(path: "Gestures"), to: folder.file("Gestures"))
        for name in ["robots", "everyday.truth.jsonl"] {
            try files.copyItem(
                at: LabanProcess.checkout.appending(path: "Fixtures/\(name)"), to: folder.file("Fixtures/\(name)"))
        }
        // Training is tested elsewhere; what it makes is stood in for, under a name of its own.
        try files.copyItem(
            at: LabanProcess.checkout.appending(path: "Models/everyday"), to: folder.file("Models/mine"))
        let manifest = folder.file("Models/mine/model.json")
        try String(contentsOf: manifest, encoding: .utf8)
            .replacingOccurrences(of: #""name" : "everyday""#, with: #""name" : "mine""#)
            .write(to: manifest, atomically: true, encoding: .utf8)
        for (name, seconds) in [("workout", 9.3), ("everyday", 4), ("meeting", 8)] { try cut(name, to: seconds) }
        for number in 1...8 {
            try FlatJPEG.data(width: 320, height: 240, shade: 90).write(
                to: folder.file("frames/frame_000\(number).jpg"))
            try Data(Self.openPose(shift: 2 * number).utf8).write(
                to: folder.file("openpose/walk_00000000000\(number)_keypoints.json"))
        }
        try FlatJPEG.data(width: 320, height: 240, shade: 90).write(to: folder.file("photo.jpg"))
    }

    /// The first seconds of a fixture, so that the many commands that watch it are quick.
    private func cut(_ name: String, to end: Double) throws {
        let film = try VideoFile(path: LabanProcess.fixture("\(name).mp4"))
        let writer = try VideoWriter(
            path: folder.file("Fixtures/\(name).mp4").path, width: film.width, height: film.height, frameRate: 20)
        while let frame = try film.next(), frame.presentationTime < .seconds(end) {
            try writer.append(frame.picture.rgb(), at: frame.presentationTime)
        }
        try writer.finish()
    }

    /// One frame of OpenPose: somebody of 25 joints in a picture of 640 by 480.
    private static func openPose(shift: Int) -> String {
        let joints = (0..<25).map { "\(300 + shift + 10 * ($0 % 3)),\(100 + 12 * $0),0.9" }.joined(separator: ",")
        return "{\"version\":1.3,\"people\":[{\"person_id\":[-1],\"pose_keypoints_2d\":[\(joints)]}]}"
    }

    /// Runs a line as a shell does that finds `laban`.
    func run(_ line: String) throws -> CommandResult {
        let place = LabanProcess.binary.deletingLastPathComponent().path
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return try LabanProcess(
            ["-c", line], program: URL(filePath: "/bin/sh"), variables: ["PATH": "\(place):\(path)"], folder: folder.url
        ).wait()
    }
}
