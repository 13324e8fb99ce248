import Foundation
import Recordings
import Skeleton
import TestSupport
import Testing

@Suite struct MediaPipeFormatTests {
    private let first = StreamFixtures.place(frame: 0, person: 0, joint: 0) / SIMD2(640, 480)

    @Test("results of the tasks keep their times, both people, both kinds of landmarks and both trusts")
    func tasks() throws {
        let folder = try TemporaryFolder()
        let reader = try SkeletonReader.open(path: StreamFixtures.file(folder, StreamFixtures.mediaPipeLines))
        #expect(reader.derived == ["tracks by Laban's tracker"])
        for frame in 0..<3 {
            let found = try #require(try reader.next())
            #expect(found.presentationTime == .milliseconds(1_000 + 40 * frame))
            #expect(found.people.count == 2 && !found.hasTracks && found.aspectRatio == nil)
            let pose = found.people[1].pose
            #expect(pose.topology == .blazePose33)
            let place = StreamFixtures.place(frame: frame, person: 1, joint: 32) / SIMD2(640, 480)
            #expect(pose.keypoints[32] == Keypoint(x: place.x, y: place.y, z: -0.25, visibility: 0.9, presence: 0.95))
            #expect(pose.worldPoints.count == 33)
        }
        #expect(try reader.next() == nil)
    }

    @Test(
        "landmarks come in every shape that programs dump them in",
        arguments: [
            "{\"pose_landmarks\":#}", "{\"pose_landmarks\":[#]}", "[{\"poseLandmarks\":#}]",
            "{\"landmarks\":{\"landmark\":#}}",
            "{\"fps\":30,\"frames\":[{\"frame\":0,\"landmarks\":[#]}]}",
            "[{\"pose_landmarks\":[{\"landmark\":#}],\"x\":[{}]}]",
            "{\"pose_landmarks\":null,\"pose_world_landmarks\":[#]}",
        ])
    func shapes(text: String) throws {
        let folder = try TemporaryFolder()
        let landmarks = StreamFixtures.landmarks(frame: 0)
        let rows = landmarks.replacing(#/\{"x":|"(y|z|visibility|presence)":/#, with: "")
            .replacing("}", with: "]").split(separator: "],").joined(separator: "],[").replacing(
                "[", with: "[[", maxReplacements: 1)
        for list in [landmarks, rows] {
            let path = try StreamFixtures.file(folder, text.replacing("#", with: list))
            let frames = try StreamFixtures.frames(path)
            #expect(frames.count == 1)
            let pose = try #require(frames.first?.people.first?.pose)
            #expect(frames[0].people.count == 1)
            if pose.keypoints.isEmpty {
                #expect(pose.worldPoints[0] == SIMD3(first.x, first.y, -0.25))
            } else {
                #expect(pose.keypoints[0].map { SIMD2($0.x, $0.y) } == first)
            }
        }
    }

    @Test("protocol buffer text, bare or in a result, is one frame")
    func text() throws {
        let folder = try TemporaryFolder()
        for text in [
            StreamFixtures.mediaPipeText,
            "pose_landmarks {\n\(StreamFixtures.mediaPipeText)}\nface_landmarks { landmark { x: 1 } }",
            "landmarks: {\(StreamFixtures.mediaPipeText)} classifications { label: \"a # } b\" }",
        ] {
            let frames = try StreamFixtures.frames(
                try StreamFixtures.file(folder, text), SkeletonReadingOptions(format: .mediaPipe))
            #expect(frames.count == 1 && frames[0].people.count == 1)
            #expect(
                frames[0].people[0].pose.keypoints[0]
                    == Keypoint(x: first.x, y: first.y, z: -0.25, visibility: 0.9, presence: 0.95))
        }
    }

    @Test("a table has a frame a line; its times are assumed unless it has some")
    func table() throws {
        let folder = try TemporaryFolder()
        let path = try StreamFixtures.file(folder, StreamFixtures.mediaPipeTable)
        let frames = try StreamFixtures.frames(path, SkeletonReadingOptions(framesPerSecond: 10))
        #expect(frames.map(\.presentationTime) == [0, 100, 200].map { .milliseconds($0) })
        #expect(frames[0].people[0].pose.keypoints[0] == Keypoint(x: first.x, y: first.y, z: -0.25, visibility: 0.9))
        let timed = StreamFixtures.mediaPipeTable.replacing("class,", with: "timestamp_ms,")
            .replacing("squat,", with: "12.5,", maxReplacements: 1).replacing("squat,", with: "40,", maxReplacements: 1)
            .replacing("squat,", with: "41,")
        let times = try StreamFixtures.frames(try StreamFixtures.file(folder, timed, name: "b")).map(\.presentationTime)
        #expect(times == [12_500, 40_000, 41_000].map { .microseconds($0) })
    }

    @Test(
        "faults name what was expected and what was found",
        arguments: [
            ("{\"pose_landmarks\":L21}", "expected the 33 landmarks of a pose, found 21"),
            (
                "{\"pose_landmarks\":[L33,L33],\"pose_world_landmarks\":[L33]}",
                "expected as many people in the world landmarks"
            ),
            ("{\"pose_landmarks\":[{\"x\":\"left\"}]}", "expected a number, found"),
            ("{\"timestamp_ms\":1e300,\"pose_landmarks\":[]}", "expected a time, found"),
            ("landmark { x: 1 y }", "expected ':' or '{' after y, found '}'"),
            ("landmark { x: 1", "expected '}', found the end of the file"),
            ("landmark { x: one }", "expected a number for x, found 'one'"),
            ("landmark { x: 1 }", "expected the 33 landmarks of a pose, found 1"),
        ])
    func faults(text: String, says message: String) throws {
        let folder = try TemporaryFolder()
        let text = text.replacing("L21", with: StreamFixtures.landmarks(frame: 0, count: 21))
            .replacing("L33", with: StreamFixtures.landmarks(frame: 0))
        let error = #expect(throws: RecordingsError.self) {
            try StreamFixtures.frames(try StreamFixtures.file(folder, text))
        }
        #expect(error?.message.hasPrefix(message) == true, "\(String(describing: error))")
    }
}
