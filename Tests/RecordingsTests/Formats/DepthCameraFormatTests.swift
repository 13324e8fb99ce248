import Foundation
import Recordings
import Skeleton
import TestSupport
import Testing

/// Azure Kinect and NTU RGB+D.
@Suite struct DepthCameraFormatTests {
    @Test("Azure Kinect keeps ids, times and places, in metres")
    func azureKinect() throws {
        let folder = try TemporaryFolder()
        let reader = try SkeletonReader.open(path: StreamFixtures.file(folder, StreamFixtures.azureKinect))
        #expect(reader.derived == ["millimetres turned into metres, with the depth camera as origin"])
        #expect(reader.frameCount == 3)
        let frames = try StreamFixtures.frames(folder.file("data").path)
        #expect(frames.map(\.presentationTime) == (0..<3).map { .microseconds(8_000_000 + 33_333 * $0) })
        #expect(frames.map(\.people.count) == [1, 0, 1])
        #expect(frames.allSatisfy { $0.hasTracks })
        let person = try #require(frames[2].people.first)
        #expect(person.track == TrackID(7))
        #expect(person.pose.topology == .azureKinect32 && person.pose.keypoints.isEmpty)
        #expect(person.pose.worldPoints[1] == SIMD3(0.01, -0.018, 2.001))
    }

    @Test("an Azure Kinect body has 32 joints of 3 numbers")
    func azureKinectFaults() throws {
        let folder = try TemporaryFolder()
        for (broken, message) in [
            ("[10,-20,2001],", "expected 32 joints a person, found 31"),
            (",2001", "expected 3 numbers a joint, found"),
        ] {
            let text = StreamFixtures.azureKinect.replacing(broken, with: "")
            let error = #expect(throws: RecordingsError.self) {
                try StreamFixtures.frames(try StreamFixtures.file(folder, text))
            }
            #expect(error?.message.hasPrefix(message) == true, "\(String(describing: error))")
        }
        let back = StreamFixtures.azureKinect.replacing("8066666", with: "8000000")
        let reader = try SkeletonReader.open(path: StreamFixtures.file(folder, back))
        #expect(reader.derived.contains("1 frame with a time not after that of the frame before passed over"))
    }

    @Test("NTU keeps two people, turns axes without mirroring anybody and trusts inferred joints less")
    func ntu() throws {
        let folder = try TemporaryFolder()
        let path = try StreamFixtures.file(folder, StreamFixtures.ntu)
        let frames = try StreamFixtures.frames(path)
        #expect(frames.map(\.people.count) == [2, 1, 2])
        #expect(frames.map { $0.people.map(\.track.value) } == [[1, 2], [1], [1, 2]])
        #expect(frames[2].presentationTime == .microseconds(66_667))
        let pose = frames[0].people[0].pose
        #expect(pose.topology == .ntu25)
        // Kinect's x grows to its own left, which is image left in a picture that is not mirrored.
        #expect(pose.worldPoints[10] == SIMD3(-0.5, -0.01 * 10, 3.5))
        let keypoint = try #require(pose.keypoints[10])
        #expect(abs(keypoint.x - 760 / 1920) < 1e-6 && abs(keypoint.y - 310 / 1080) < 1e-6)
        #expect(pose.keypoints[23]?.visibility == 0.25 && pose.keypoints[22]?.visibility == 1)
        #expect(pose.worldPoints[24] == nil && pose.keypoints[24] == nil)
        let reader = try SkeletonReader.open(path: path)
        #expect(reader.derived.first == "times from the numbers of the frames at 30 frames/s (the format's own)")
    }

    @Test(
        "an NTU file that is cut short or has other joints is named by line",
        arguments: [
            ("3\n1\n", 3, "expected a body of frame 1 of 3, found the end of the file"),
            ("2\n0\n", 3, "expected a number of bodies of frame 2 of 2, found the end of the file"),
            ("1\n1\n5 0 0\n", 3, "expected 10 values of a body, found 3"),
            ("1\n1\n5 0 1 0 0 0 0 0.02 -0.1 2\n20\n", 4, "expected 25 joints, found 20"),
            ("1\n1\n5 0 1 0 0 0 0 0.02 -0.1 2\n25\n1 2 3\n", 5, "expected 12 values of a joint, found 3"),
            ("1\n9000\n", 2, "expected a number of bodies from 0 to 64, found '9000'"),
        ])
    func ntuFaults(text: String, line: Int, says message: String) throws {
        let folder = try TemporaryFolder()
        let error = #expect(throws: RecordingsError.self) {
            try StreamFixtures.frames(try StreamFixtures.file(folder, text))
        }
        #expect(error?.line == line)
        #expect(error?.message == message)
    }
}
