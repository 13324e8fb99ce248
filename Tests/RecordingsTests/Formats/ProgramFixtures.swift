import Recordings
import Skeleton

/// Small recordings as MMPose, Ultralytics, OpenPifPaf and MoveNet write them, with places as in `StreamFixtures`.
enum ProgramFixtures {
    /// COCO's joints as most programs call them.
    static let names = SkeletonTopology.coco17.jointNames.map { name in
        name.map { $0.isUppercase ? "_" + $0.lowercased() : String($0) }.joined()
    }

    /// A text for each joint of somebody, in brackets.
    static func joints(frame: Int, person: Int = 0, _ text: (SIMD2<Float>, Int) -> String) -> String {
        (0..<17).map { text(StreamFixtures.place(frame: frame, person: person, joint: $0), $0) }.joined(separator: ",")
            .bracketed
    }

    static func instance(_ frame: Int, _ person: Int = 0) -> String {
        "{\"keypoints\":" + joints(frame: frame, person: person) { place, _ in "[\(place.x),\(place.y)]" }
            + ",\"keypoint_scores\":" + joints(frame: frame) { _, _ in "0.8" }
            + ",\"bbox\":[[1,2,3,4]],\"bbox_score\":0.7}"
    }

    static let mmPose = (0..<3).map { "{\"frame_id\":\($0),\"instances\":[\(instance($0)),\(instance($0, 1))]}" }
        .joined(separator: ",").bracketed

    static let mmPoseDemo =
        "{\"meta_info\":{\"keypoint_id2name\":{"
        + names.enumerated().map { "\"\($0)\":\"\($1)\"" }.joined(separator: ",") + "}},\"instance_info\":\(mmPose)}"

    static let mmPoseNested = (0..<3).map { frame in
        "{\"image_name\":\"/data/00\(frame).jpg\",\"score\":0.7,\"keypoints\":"
            + joints(frame: frame) { place, _ in "[\(place.x),\(place.y),0.8]" } + "}"
    }.joined(separator: ",").bracketed

    static func ultralytics(_ frame: Int) -> String {
        "{\"name\":\"person\",\"class\":0,\"confidence\":0.7,\"track_id\":4,\"box\":{\"x1\":5},\"keypoints\":{\"x\":"
            + joints(frame: frame) { place, _ in "\(place.x)" } + ",\"y\":"
            + joints(frame: frame) { place, _ in "\(place.y)" }
            + ",\"visible\":" + joints(frame: frame) { _, _ in "0.8" } + "}}"
    }

    static let ultralyticsLines = ([""] + (0..<3).map(ultralytics)).map(\.bracketed).joined(separator: "\n")

    static func openPifPaf(_ frame: Int) -> String {
        "{\"keypoints\":" + joints(frame: frame) { place, _ in "\(place.x),\(place.y),0.8" }
            + ",\"score\":0.7,\"category_id\":1,\"id_\":4}"
    }

    static let openPifPafLines = (1...3).map { "{\"frame\":\($0),\"predictions\":[\(openPifPaf($0 - 1))]}" }
        .joined(separator: "\n")

    static func moveNet(_ frame: Int, _ person: Int = 0) -> String {
        "{\"score\":0.7,\"keypoints\":"
            + joints(frame: frame, person: person) { place, joint in
                "{\"x\":\(place.x),\"y\":\(place.y),\"score\":0.8,\"name\":\"\(names[joint])\"}"
            } + "}"
    }

    static let moveNetFrames = (0..<3).map { "\(moveNet($0)),\(moveNet($0, 1))".bracketed }.joined(separator: ",")
        .bracketed
    static let moveNetPoses = (0..<3).map { "\(moveNet($0)),\(moveNet($0, 1))" }.joined(separator: ",").bracketed

    /// A picture's people as YOLO's text.
    static func yolo(_ frame: Int, tail: String = " 4") -> String {
        "0 0.5 0.5 0.2 0.8 "
            + (0..<17).map { joint in
                let place = StreamFixtures.place(frame: frame, person: 0, joint: joint) / SIMD2(640, 480)
                return "\(place.x) \(place.y) 0.8"
            }.joined(separator: " ") + tail + "\n"
    }

    /// Each form, and how many people its frames have.
    static let files: [(name: String, format: SkeletonFormat, people: Int, text: String)] = [
        ("mmpose", .mmPose, 2, mmPose), ("mmpose demo", .mmPose, 2, mmPoseDemo),
        ("mmpose nested", .mmPose, 1, mmPoseNested), ("ultralytics", .ultralytics, 1, ultralyticsLines),
        ("openpifpaf", .openPifPaf, 1, openPifPafLines), ("movenet frames", .moveNet, 2, moveNetFrames),
        ("movenet poses", .moveNet, 2, moveNetPoses),
    ]
}
