import Foundation
import Recordings
import Skeleton
import TestSupport
import Testing

/// Joints go by the names that a file gives them.
@Suite struct JointNameTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// COCO annotations of one person in two images; joint n of the category is at (100 + n, 200 + n).
    private func file(_ names: [String], more: String = "", annotation: String = "") throws -> String {
        let points = names.indices.map { "\(100 + $0),\(200 + $0),2" }.joined(separator: ",")
        let text =
            "{\"images\":[{\"id\":1,\"file_name\":\"1.jpg\",\"width\":640,\"height\":480},"
            + "{\"id\":2,\"file_name\":\"2.jpg\",\"width\":640,\"height\":480}],"
            + "\"annotations\":[{\"image_id\":1,\"category_id\":1,\"track_id\":1,\"keypoints\":[\(points)]},"
            + "{\"image_id\":2,\"category_id\":1,\"track_id\":1,\"keypoints\":[\(points)]}\(annotation)],"
            + "\"categories\":[{\"id\":1,\"name\":\"person\",\"keypoints\":["
            + names.map { "\"\($0)\"" }.joined(separator: ",") + "]}\(more)]}"
        return try StreamFixtures.file(folder, text)
    }

    private static let limbs = ["shoulder", "elbow", "wrist", "hip", "knee", "ankle"].flatMap {
        ["left_\($0)", "right_\($0)"]
    }

    private static let mmPoseH36M = [
        "root", "right_hip", "right_knee", "right_foot", "left_hip", "left_knee", "left_foot", "spine", "thorax",
        "neck_base", "head", "left_shoulder", "left_elbow", "left_wrist", "right_shoulder", "right_elbow",
        "right_wrist",
    ]

    private static let halpe = [
        "Nose", "LEye", "REye", "LEar", "REar", "LShoulder", "RShoulder", "LElbow", "RElbow", "LWrist", "RWrist",
        "LHip",
        "RHip", "LKnee", "Rknee", "LAnkle", "RAnkle", "HeadTop", "Neck", "Hip", "LBigToe", "RBigToe", "LSmallToe",
        "RSmallToe", "LHeel", "RHeel",
    ]

    @Test(
        "names of data sets become their topology, in whatever order they stand",
        arguments: [
            (mmPoseH36M, "h36m17", "right_foot", "rightAnkle"), (halpe, "halpe26", "Rknee", "rightKnee"),
            (halpe.reversed(), "halpe26", "LWrist", "leftWrist"),
            (limbs + ["top_head", "neck"], "crowdpose14", "neck", "neck"),
            (["head_top", "neck"] + limbs, "crowdpose14", "head_top", "headTop"),
            (limbs + ["pelvis", "thorax", "upper_neck", "head_top"], "mpii16", "thorax", "chest"),
            (ProgramFixtures.names.reversed(), "coco17", "left_wrist", "leftWrist"),
            (ProgramFixtures.names.map { $0.uppercased() }, "coco17", "RIGHT_HIP", "rightHip"),
            (limbs + ["neck", "belly", "head"], "common16", "belly", "spine"),
        ])
    func topologies(names: [String], topology: String, name: String, joint: String) throws {
        let pose = try #require(try StreamFixtures.frames(try file(names)).first?.people.first?.pose)
        #expect(pose.topology.name == topology)
        let place = try #require(names.firstIndex(of: name))
        let index = try #require(pose.topology.index(of: joint))
        let keypoint = try #require(pose.keypoints[index])
        #expect(abs(keypoint.x * 640 - Float(100 + place)) < 0.01 && abs(keypoint.y * 480 - Float(200 + place)) < 0.01)
        // Nobody is without a pelvis who has hips.
        if let pelvis = pose.topology.index(of: "pelvis") { #expect(pose.keypoints[pelvis] != nil) }
    }

    @Test("fingers and faces are left out of a body, and said")
    func details() throws {
        let names =
            ProgramFixtures.names + (0..<68).map { "face-\($0)" } + [
                "left_hand_root", "left_thumb1", "right_ring_finger4",
            ]
        let path = try file(names)
        #expect(try StreamFixtures.frames(path)[0].people[0].pose.topology == .coco17)
        #expect(try SkeletonReader.open(path: path).derived.contains("left out of coco17: 71 points of face and hands"))
    }

    @Test(
        "names that are no person's, or one joint's twice, are refused by name",
        arguments: [
            (ProgramFixtures.names + ["tail"], "found 'tail'"),
            (ProgramFixtures.names + ["LWrist"], "found 'left_wrist' and 'LWrist'"),
            (["front_left_paw", "nose", "tail_base"], "found 'front_left_paw'"),
        ])
    func refused(names: [String], says: String) throws {
        let error = #expect(throws: RecordingsError.self) { try StreamFixtures.frames(try file(names)) }
        #expect(error?.message.hasSuffix(says) == true, "\(String(describing: error))")
    }

    @Test("a layout that contradicts the names is refused; other categories and wrong counts are counted")
    func contradictions() throws {
        let path = try file(Self.mmPoseH36M)
        let error = #expect(throws: RecordingsError.self) {
            try SkeletonReader.open(path: path, options: SkeletonReadingOptions(layout: "coco17"))
        }
        #expect(error?.message == "expected the joints of coco17 as --layout says, found names of h36m17")
        let paws = "\"a_paw\",\"b_paw\",\"c_paw\",\"d_paw\",\"tail\""
        let mixed = try file(
            ProgramFixtures.names, more: ",{\"id\":2,\"name\":\"dog\",\"keypoints\":[\(paws)]}",
            annotation: ",{\"image_id\":1,\"category_id\":2,\"keypoints\":[1,2,2,3,4,2,5,6,2,7,8,2,9,9,2]},"
                + "{\"image_id\":1,\"category_id\":1,\"track_id\":2,\"num_keypoints\":3,\"keypoints\":["
                + String(repeating: "9,9,2,", count: 16) + "9,9,2]}")
        #expect(try StreamFixtures.frames(mixed).map(\.people.count) == [2, 1])
        let derived = try SkeletonReader.open(path: mixed).derived
        #expect(derived.contains("1 annotations of category 'dog' passed over"), "\(derived)")
        #expect(derived.contains { $0.hasPrefix("num_keypoints of 1 annotations is not") }, "\(derived)")
        let few = #expect(throws: RecordingsError.self) {
            try SkeletonReader.open(
                path: try file(ProgramFixtures.names, annotation: ",{\"image_id\":2,\"keypoints\":[1,2,2]}"))
        }
        #expect(few?.message == "expected 17 joints as category 'person' names, found 1")
    }
}
