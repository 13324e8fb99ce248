import Foundation
import Recordings
import Skeleton
import TestSupport

/// Small recordings in foreign formats: one joint's place follows from frame, person and joint.
enum StreamFixtures {
    /// A place in a picture of 640x480 pixels.
    static func place(frame: Int, person: Int, joint: Int) -> SIMD2<Float> {
        SIMD2(Float(100 + 200 * person + 5 * joint + frame), Float(40 + 15 * joint + frame))
    }

    /// x, y, c, x, y, c … with the last joint not found.
    static func flat(frame: Int, person: Int, joints: Int, scale: SIMD2<Float> = SIMD2(1, 1)) -> String {
        let numbers = (0..<joints).map { joint -> String in
            if joint == joints - 1 { return "0,0,0" }
            let place = place(frame: frame, person: person, joint: joint) * scale
            return "\(place.x),\(place.y),0.8"
        }
        return "[" + numbers.joined(separator: ",") + "]"
    }

    static func openPose(frame: Int, people: Int = 2, joints: Int = 25, hasIDs: Bool = false) -> String {
        let people = (0..<people).map { person in
            "{\"person_id\":[\(hasIDs ? 5 + person : -1)],\"pose_keypoints_2d\":"
                + flat(frame: frame, person: person, joints: joints) + ",\"face_keypoints_2d\":[]}"
        }
        return "{\"version\":1.3,\"people\":[" + people.joined(separator: ",") + "]}"
    }

    /// A folder with one file a frame.
    static func openPoseFolder(
        _ folder: TemporaryFolder, frames: [Int] = [0, 1, 2, 4], joints: Int = 25, hasIDs: Bool = false
    ) throws -> String {
        let place = folder.file("walk")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        for frame in frames {
            let number = String(repeating: "0", count: 12 - "\(frame)".count) + "\(frame)"
            try openPose(frame: frame, joints: joints, hasIDs: hasIDs).write(
                to: place.appending(path: "walk_\(number)_keypoints.json"), atomically: false, encoding: .utf8)
        }
        return place.path
    }

    static func alphaPose(frames: [Int] = [0, 1, 3], joints: Int = 17, hasIDs: Bool = true) -> String {
        let results = frames.flatMap { frame in
            (0..<2).map { person in
                "{\"image_id\":\"\(frame).jpg\",\"category_id\":1,\"keypoints\":"
                    + flat(frame: frame, person: person, joints: joints)
                    + ",\"score\":2.9,\"box\":[1,2,3,4],\"idx\":\(hasIDs ? "\(person + 1)" : "[0.0]")}"
            }
        }
        return "[" + results.joined(separator: ",\n") + "]"
    }

    /// AlphaPose's forms cmu and open.
    static func alphaPose(form: String) -> String {
        let (people, joints) = form == "cmu" ? ("bodies", "joints") : ("people", "pose_keypoints_2d")
        let frames = (0..<3).map { frame in
            "\"\(frame).jpg\":{\"version\":\"AlphaPose v0.3\",\"\(people)\":[{\"\(joints)\":"
                + flat(frame: frame, person: 0, joints: 18) + "}]}"
        }
        return "{" + frames.joined(separator: ",") + "}"
    }

    /// COCO results: as AlphaPose's, with numbered images.
    static let cocoResults = (0..<3).map { frame in
        "{\"image_id\":\(frame),\"category_id\":1,\"keypoints\":" + flat(frame: frame, person: 0, joints: 17)
            + ",\"score\":0.7}"
    }.joined(separator: ",").bracketed

    static let cocoAnnotations: String = {
        let names = SkeletonTopology.coco17.jointNames.map { name in
            "\"" + name.map { $0.isUppercase ? "_" + $0.lowercased() : String($0) }.joined() + "\""
        }
        let annotations = [2, 1, 0].map { frame in
            let points = (0..<17).map { joint -> String in
                let place = place(frame: frame, person: 0, joint: joint)
                return "\(Int(place.x)),\(Int(place.y)),\(joint % 3)"
            }
            return "{\"id\":\(frame),\"image_id\":\(70 + frame),\"num_keypoints\":11,\"keypoints\":"
                + points.joined(separator: ",").bracketed + ",\"iscrowd\":0}"
        }
        let images = (0..<4).map { "{\"id\":\(70 + $0),\"width\":640,\"height\":480,\"file_name\":\"a.jpg\"}" }
        return "{\"annotations\":" + annotations.joined(separator: ",").bracketed + ",\"images\":"
            + images.joined(separator: ",\n").bracketed
            + ",\"categories\":[{\"id\":1,\"keypoints\":" + names.joined(separator: ",").bracketed + "}]}"
    }()

    /// MediaPipe's 33 landmarks in fractions.
    static func landmarks(frame: Int, person: Int = 0, count: Int = 33) -> String {
        (0..<count).map { joint in
            let place = place(frame: frame, person: person, joint: joint) / SIMD2(640, 480)
            return "{\"x\":\(place.x),\"y\":\(place.y),\"z\":-0.25,\"visibility\":0.9,\"presence\":0.95}"
        }.joined(separator: ",").bracketed
    }

    /// Results of MediaPipe's tasks, one a line.
    static let mediaPipeLines = (0..<3).map { frame in
        "{\"timestamp_ms\":\(1_000 + 40 * frame),\"pose_landmarks\":"
            + "\(landmarks(frame: frame)),\(landmarks(frame: frame, person: 1))".bracketed
            + ",\"pose_world_landmarks\":" + "\(landmarks(frame: frame)),\(landmarks(frame: frame))".bracketed + "}"
    }.joined(separator: "\n")

    static let mediaPipeText =
        "# proto-message: NormalizedLandmarkList\n"
        + (0..<33).map { joint in
            let place = place(frame: 0, person: 0, joint: joint) / SIMD2(640, 480)
            return "landmark {\n  x: \(place.x)\n  y: \(place.y)\n  z: -0.25\n  visibility: 0.9\n  presence: 0.95\n}\n"
        }.joined()

    static let mediaPipeTable: String = {
        let heading = (1...33).map { "x\($0),y\($0),z\($0),v\($0)" }.joined(separator: ",")
        let rows = (0..<3).map { frame in
            (0..<33).map { joint -> String in
                let place = place(frame: frame, person: 0, joint: joint) / SIMD2(640, 480)
                return "\(place.x),\(place.y),-0.25,0.9"
            }.joined(separator: ",")
        }
        return "class," + heading + "\n" + rows.map { "squat," + $0 }.joined(separator: "\r\n") + "\n"
    }()

    static let azureKinect: String = {
        let frames = (0..<3).map { frame -> String in
            let joints = (0..<32).map { joint in "[\(joint * 10),\(-joint * 20 + frame),\(2_000 + joint)]" }
            let body =
                "{\"body_id\":7,\"joint_orientations\":[[1,0,0,0]],\"joint_positions\":"
                + joints.joined(separator: ",").bracketed + "}"
            return "{\"bodies\":[\(frame == 1 ? "" : body)],\"frame_id\":\(frame),\"num_bodies\":1,"
                + "\"timestamp_usec\":\(8_000_000 + 33_333 * frame)}"
        }
        return "{\n\"bone_list\":[[\"SPINE_NAVEL\",\"PELVIS\"]],\n\"frames\":"
            + frames.joined(separator: ",\n").bracketed
            + ",\n\"joint_names\":[\"PELVIS\"],\n\"k4abt_sdk_version\":\"1.1.2\"\n}"
    }()

    static let ntu: String = {
        var text = "3\n"
        for frame in 0..<3 {
            text += frame == 1 ? "1\n" : "2\n"
            for body in 0..<(frame == 1 ? 1 : 2) {
                text += "7205759403794434\(body) 0 1 0 0 0 0 0.02 -0.1 2\n25\n"
                for joint in 0..<25 {
                    let state = joint == 24 ? 0 : joint == 23 ? 1 : 2
                    text += "0.5 \(0.01 * Float(joint)) 3.5 277.4 191.8 1160 \(300 + joint) 0.1 0.2 0.3 0.4 \(state)\n"
                }
            }
        }
        return text
    }()

    /// Every single-file fixture by its format.
    static let files: [(name: String, format: SkeletonFormat, text: String)] =
        [
            ("results", .alphaPose, alphaPose()), ("cmu", .alphaPose, alphaPose(form: "cmu")),
            ("open", .alphaPose, alphaPose(form: "open")),
            ("frames", .openPose, [0, 1].map { openPose(frame: $0) }.joined()),
            ("array", .openPose, [0, 1].map { openPose(frame: $0) }.joined(separator: ",").bracketed),
            ("coco", .coco, cocoAnnotations), ("coco results", .coco, cocoResults),
            ("tasks", .mediaPipe, mediaPipeLines), ("text", .mediaPipe, mediaPipeText),
            ("table", .mediaPipe, mediaPipeTable), ("kinect", .azureKinect, azureKinect), ("ntu", .ntu, ntu),
            ("yolo", .ultralytics, ProgramFixtures.yolo(0)),
        ] + ProgramFixtures.files.map { ($0.name, $0.format, $0.text) }

    /// Every frame of a file or folder.
    static func frames(_ path: String, _ options: SkeletonReadingOptions = .init()) throws -> [SkeletonFrame] {
        let reader = try SkeletonReader.open(path: path, options: options)
        var frames: [SkeletonFrame] = []
        while let frame = try reader.next() { frames.append(frame) }
        return frames
    }

    /// Writes a fixture to a file without a telling name.
    static func file(_ folder: TemporaryFolder, _ text: String, name: String = "data") throws -> String {
        try text.write(to: folder.file(name), atomically: false, encoding: .utf8)
        return folder.file(name).path
    }
}

extension String {
    var bracketed: String { "[" + self + "]" }
}
