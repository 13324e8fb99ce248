import Foundation
import Recordings
import Skeleton
import TestSupport
import Testing

struct MediaPipeHandTests {
    private static let points = (0..<21).map { "{\"x\": 0.\(30 + $0), \"y\": 0.5, \"z\": -0.01}" }.joined(
        separator: ",")

    private func frames(_ text: String, _ name: String) throws -> [SkeletonFrame] {
        let folder = try TemporaryFolder()
        let file = folder.file(name)
        try text.write(to: file, atomically: true, encoding: .utf8)
        let reader = try SkeletonReader.open(path: file.path)
        var frames: [SkeletonFrame] = []
        while let frame = try reader.next() { frames.append(frame) }
        return frames
    }

    @Test(
        "hands of each kind of JSON are people with hands alone",
        arguments: [
            "{\"hand_landmarks\": [[P],[P]], \"handedness\": [[{\"category_name\": \"Left\", \"score\": 0.9}], [{\"category_name\": \"Right\", \"score\": 0.8}]]}",
            "{\"multiHandLandmarks\": [[P],[P]], \"multiHandedness\": [{\"label\": \"Left\", \"score\": 0.9, \"index\": 0}, {\"label\": \"Right\", \"score\": 0.8}]}",
            "{\"landmarks\": [[P],[P]], \"worldLandmarks\": [[P],[P]], \"handednesses\": [[{\"categoryName\": \"Left\", \"score\": 0.9}], [{\"categoryName\": \"Right\", \"score\": 0.8}]]}",
            "{\"multi_hand_landmarks\": [{\"landmark\": [P]}, {\"landmark\": [P]}], \"multi_handedness\": [{\"classification\": [{\"label\": \"Left\", \"score\": 0.9}]}, {\"classification\": [{\"label\": \"Right\", \"score\": 0.8}]}]}",
        ])
    func json(text: String) throws {
        let line = text.replacing("P", with: Self.points)
        let frames = try frames([line, line, line].joined(separator: "\n"), "hands.jsonl")
        #expect(frames.count == 3)
        for frame in frames {
            let hands = frame.people.flatMap(\.pose.hands)
            // MediaPipe's left is the right one of a picture that is no mirror.
            #expect(hands.map(\.side) == [.right, .left])
            #expect(hands.map(\.score) == [0.9, 0.8])
            #expect(hands.allSatisfy { abs($0.imagePoints[20].x - 0.5) < 1e-5 })
        }
    }

    @Test("a hand as protocol buffer text is read with its side")
    func text() throws {
        let landmarks = (0..<21).map { "  landmark { x: 0.\(30 + $0) y: 0.5 z: -0.1 }" }.joined(separator: "\n")
        let text = """
            classifications { classification { score: 1.0 label: "Right" display_name: "Right" } }
            landmarks {
            \(landmarks)
            }
            world_landmarks {
            \(landmarks)
            }
            """
        let found = try frames(text, "hand.pbtxt")
        let hands = found.flatMap(\.people).flatMap(\.pose.hands)
        #expect(hands.map(\.side) == [.left] && hands[0].worldPoints.count == 21)
    }

    @Test("a hand of another number of landmarks is refused by file and count")
    func wrong() throws {
        let error = try #require(throws: RecordingsError.self) {
            try frames("{\"hand_landmarks\": [[{\"x\": 0.1, \"y\": 0.2}]]}\n", "hands.jsonl")
        }
        #expect("\(error)".contains("21 landmarks of a hand, found 1"))
    }
}
