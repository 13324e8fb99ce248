import Files
import Foundation
import Recordings
import Skeleton
import TestSupport
import Testing

@Suite struct DataSetFolderTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func write(_ text: String, _ name: String) throws {
        try Data(text.utf8).write(to: folder.file(name))
    }

    /// Where the standing person's joints belong in Laban's convention: hips at the origin, x to image right, y down,
    /// z away; the left of somebody who faces the camera is at image right.
    private func expected(_ topology: SkeletonTopology) -> [SIMD3<Float>?] {
        topology.jointNames.map { joint in
            let point = DataSetFixtures.standing[joint] ?? .zero
            return DataSetFixtures.standing[joint].map { _ in SIMD3(point.x, 0.95 - point.y, -point.z) }
        }
    }

    private func expectStanding(_ pose: Pose, missing: Set<String> = []) {
        for (joint, (found, wanted)) in zip(
            pose.topology.jointNames, zip(pose.worldPoints, expected(pose.topology)))
        {
            if missing.contains(joint) {
                #expect(found == nil, "\(joint)")
            } else if let found, let wanted {
                let distance = ((found - wanted) * (found - wanted)).sum().squareRoot()
                #expect(distance < 0.002, "\(joint) is at \(found), expected at \(wanted)")
            } else {
                Issue.record("\(joint) is \(String(describing: found))")
            }
        }
    }

    @Test("UI-PRMD's millimetres become a person whose left is at image right")
    func uiPRMD() throws {
        let topology = SkeletonTopology.kinect22
        let frame = topology.jointNames.flatMap { joint -> [Int16] in
            let point = DataSetFixtures.standing[joint]! * 1000
            return [Int16(point.x) - 300, Int16(point.y), Int16(point.z) - 2500]
        }
        let rows = frame + frame + frame
        try DataSetFixtures.numPy("<i2", shape: [3, 22, 3], DataSetFixtures.bytes(of: rows))
            .write(to: folder.file("frames.npy"))
        try write(
            "sequence,start,frames,movement,movement_name,subject,episode,correct\n"
                + "m01_s01_e01,0,2,1,deep_squat,1,1,1\nm02_s07_e01,2,1,2,hurdle_step,10,1,0\n", "sequences.csv")
        let recordings = try RecordingsFolder(folder.url.path)
        #expect(recordings.layoutName == "ui-prmd")
        #expect(recordings.labels == ["deep_squat", "hurdle_step"])
        #expect(recordings.subjects == ["1", "10"])
        #expect(recordings.clips[1].attributes["correct"] == "0")
        let clip = try recordings.load(recordings.clips[0])
        #expect(clip.times == [.zero, .microseconds(33_333)])
        for pose in clip.poses { expectStanding(pose) }
        let place = try #require(clip.places.last ?? nil)
        #expect(clip.places.count == 2 && abs(place.x + 0.3) < 1e-4 && abs(place.y + 0.95) < 1e-4)
        #expect(abs(place.z - 2.5) < 1e-4)
        let split = try recordings.split(testSubjects: ["10"])
        #expect(split.training.map(\.name) == ["m01_s01_e01"] && split.test.map(\.name) == ["m02_s07_e01"])
        #expect(try recordings.leaveOneSubjectOut().map(\.subject) == ["1", "10"])
        #expect(throws: RecordingsError.self) { try recordings.split(testSubjects: ["2"]) }
    }

    @Test("MSR-Action3D's own joint order and axes are set right, and lost joints are nil")
    func msrAction3D() throws {
        let order = [
            "leftShoulder", "rightShoulder", "neck", "spine", "leftHip", "rightHip", "pelvis", "leftElbow",
            "rightElbow",
            "leftWrist", "rightWrist", "leftHand", "rightHand", "leftKnee", "rightKnee", "leftAnkle", "rightAnkle",
            "leftFoot", "rightFoot", "head",
        ]
        func frame(without lost: String?) -> [Float] {
            order.flatMap { joint -> [Float] in
                let point = DataSetFixtures.standing[joint]!
                return joint == lost ? [0, 0, 0, 0] : [-point.x, point.y, 2.5 - point.z, 1]
            }
        }
        let numbers = frame(without: nil) + frame(without: "head") + [Float](repeating: 0, count: 80)
        try DataSetFixtures.numPy("<f4", shape: [3, 20, 4], DataSetFixtures.bytes(of: numbers))
            .write(to: folder.file("world.npy"))
        try write(
            "sequence,start,frames,action,action_name,subject,take,subsets,in_protocol\n"
                + "a01_s01_e01,0,3,1,high_arm_wave,1,1,AS2,1\n", "sequences.csv")
        let recordings = try RecordingsFolder(folder.url.path)
        let clip = try recordings.load(recordings.clips[0])
        expectStanding(clip.poses[0])
        expectStanding(clip.poses[1], missing: ["head"])
        #expect(clip.poses[2].worldPoints.allSatisfy { $0 == nil })
        #expect(clip.frames().map(\.people.count) == [1, 1, 0])
        #expect(clip.places.map { $0 == nil } == [false, false, true])
        let place = try #require(clip.places[0])
        #expect(abs(place.x) < 1e-5 && abs(place.y + 0.95) < 1e-5 && abs(place.z - 2.5) < 1e-5)
    }

    @Test("UTKinect gives its segments as clips and its recordings as streams, timed by frame numbers")
    func utKinect() throws {
        let frame = SkeletonTopology.kinect20.jointNames.flatMap { joint -> [Float] in
            let point = DataSetFixtures.standing[joint]!
            return [-point.x, point.y, 2.5 - point.z]
        }
        let rows = (0..<6).flatMap { _ in frame }
        try DataSetFixtures.numPy("<f4", shape: [6, 20, 3], DataSetFixtures.bytes(of: rows))
            .write(to: folder.file("frames.npy"))
        let numbers: [Int32] = [100, 102, 102, 110, 50, 80]
        try DataSetFixtures.numPy("<i4", shape: [6], DataSetFixtures.bytes(of: numbers))
            .write(to: folder.file("frame_numbers.npy"))
        try write("sequence,start,frames,subject,take\ns01_e01,0,4,1,1\ns03_e01,4,2,3,1\n", "sequences.csv")
        try write(
            "sequence,subject,take,action,action_name,first_frame_number,last_frame_number,first_row,rows\n"
                + "s01_e01,1,1,1,walk,102,110,1,3\ns03_e01,3,1,2,sitDown,50,50,0,1\n", "segments.csv")
        let recordings = try RecordingsFolder(folder.url.path)
        #expect(recordings.clips.map(\.name) == ["s01_e01_walk", "s03_e01_sitDown"])
        #expect(recordings.clips.map(\.subject) == ["1", "3"])
        let clip = try recordings.load(recordings.clips[0])
        #expect(clip.poses.count == 3)
        expectStanding(clip.poses[0])
        let stream = recordings.streams[0]
        let whole = try recordings.load(stream)
        #expect(
            whole.times == [.zero, .microseconds(66_667), .microseconds(83_334), .microseconds(333_333)])
        #expect(
            stream.segments == [
                RecordedSegment(label: "walk", start: .microseconds(66_667), end: .microseconds(333_333))
            ])
    }

    @Test("picture points keep their minimum at zero, and rows of zeros are nobody")
    func repCount() throws {
        var frame = (0..<99).map { UInt16($0 * 600) }
        frame[0...2] = [0, 0, 0]
        try DataSetFixtures.numPy(
            "<u2", shape: [2, 33, 3], DataSetFixtures.bytes(of: frame + [UInt16](repeating: 0, count: 99))
        ).write(to: folder.file("frames.npy"))
        try write(
            "sequence,start,frames,action,original_action,count,group,fps,detected_frames\n"
                + "stu1_1,0,2,squat,squant,6,stu1,25.0,1\n", "sequences.csv")
        let recordings = try RecordingsFolder(folder.url.path)
        let clip = try recordings.load(recordings.clips[0])
        #expect(clip.times == [.zero, .milliseconds(40)])
        #expect(clip.poses[0].keypoints[0] == Keypoint(x: 0, y: 0))
        #expect(abs(clip.poses[0].keypoints[32]!.z - 58_800 / 65_535) < 1e-6)
        #expect(clip.poses[1].keypoints.allSatisfy { $0 == nil })
        #expect(recordings.clips[0].attributes["count"] == "6")
        #expect(clip.places.isEmpty)
    }

    @Test(
        "what does not fit is refused by name",
        arguments: [
            ("sequence,start,frames,colour\na,0,1,red\n", [Int](), "sequences.csv:1: expected the columns of a known"),
            (
                "sequence,start,frames,content,style\na,0,1,bow,sad\n", [1, 20, 3],
                "frames.npy: expected shape (rows, 21, 3), found [1, 20, 3]"
            ),
            (
                "sequence,start,frames,content,style\na,0,x,bow,sad\n", [1, 21, 3],
                "sequences.csv:2: expected a whole number in column 'frames', found 'x'"
            ),
            (
                "sequence,start,frames,content,style\na,-1,1,bow,sad\n", [1, 21, 3],
                "sequences.csv:2: expected rows from 0, found 1 from -1"
            ),
        ])
    func refused(table: String, shape: [Int], message: String) throws {
        try write(table, "sequences.csv")
        let count = shape.reduce(1, *)
        try DataSetFixtures.numPy("<i2", shape: shape, [UInt8](repeating: 1, count: count * 2))
            .write(to: folder.file("frames.npy"))
        let error = #expect(throws: RecordingsError.self) { try RecordingsFolder(folder.url.path) }
        #expect(error?.description.contains(message) == true, "\(String(describing: error))")
    }

    @Test("rows beyond the array are an error, not a crash")
    func beyond() throws {
        try write("sequence,start,frames,content,style\na,0,2,bow,sad\nb,9000000000,9,bow,sad\n", "sequences.csv")
        try DataSetFixtures.numPy("<i2", shape: [1, 21, 3], [UInt8](repeating: 1, count: 126))
            .write(to: folder.file("frames.npy"))
        let recordings = try RecordingsFolder(folder.url.path)
        for clip in recordings.clips {
            #expect(throws: RecordingsError.self) { try recordings.load(clip) }
        }
    }

    @Test("1,000 mutated arrays are read or refused, and never crash")
    func mutatedArrays() throws {
        try write("sequence,start,frames,content,style\na,0,2,bow,sad\n", "sequences.csv")
        let whole = [UInt8](
            DataSetFixtures.numPy("<i2", shape: [2, 21, 3], [UInt8](repeating: 1, count: 252)))
        var generator = SeededGenerator(seed: 5)
        var refused = 0
        for _ in 0..<1_000 {
            // Mutations are aimed at the header: what follows is numbers, of which any are good.
            let header = Array(whole.prefix(128)).mutated(using: &generator)
            try Data(header + whole.dropFirst(128)).write(to: folder.file("frames.npy"))
            do {
                let recordings = try RecordingsFolder(folder.url.path)
                _ = try recordings.load(recordings.clips[0])
            } catch {
                refused += 1
            }
        }
        #expect(refused > 500)
    }
}
