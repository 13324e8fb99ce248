import Files
import Foundation
import Recordings
import Skeleton
import TestSupport
import Testing

/// OpenPose, AlphaPose and COCO: flat numbers in pixels.
@Suite struct KeypointFormatTests {
    private func expectPlaces(
        _ pose: Pose, frame: Int, person: Int, picture: SIMD2<Float>, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        for (joint, keypoint) in pose.keypoints.enumerated().dropLast() {
            let place = StreamFixtures.place(frame: frame, person: person, joint: joint) / picture
            guard let keypoint else {
                Issue.record("joint \(joint) is missing", sourceLocation: sourceLocation)
                continue
            }
            #expect(
                abs(keypoint.x - place.x) < 1e-5 && abs(keypoint.y - place.y) < 1e-5, sourceLocation: sourceLocation)
        }
        #expect(pose.keypoints.last == .some(nil), sourceLocation: sourceLocation)
    }

    @Test("an OpenPose folder keeps frame numbers, gaps included, and says what it assumed")
    func openPoseFolder() throws {
        let folder = try TemporaryFolder()
        let path = try StreamFixtures.openPoseFolder(folder)
        let options = SkeletonReadingOptions(framesPerSecond: 25, picture: PictureSize("640x480"))
        let reader = try SkeletonReader.open(path: path, options: options)
        #expect(reader.frameCount == 4)
        #expect(
            reader.derived == [
                "times from the numbers of the frames at 25 frames/s (as stated)",
                "25 joints taken for BODY_25; --layout body25b says otherwise",
                "x and y divided by 640x480 pixels (as stated)", "tracks by Laban's tracker",
            ])
        let frames = try StreamFixtures.frames(path, options)
        #expect(frames.map(\.index) == [0, 1, 2, 4])
        #expect(frames.map(\.presentationTime) == [0, 40, 80, 160].map { .milliseconds($0) })
        for frame in frames {
            #expect(!frame.hasTracks)
            #expect(frame.aspectRatio == Float(640) / 480)
            #expect(frame.people.count == 2)
            #expect(frame.people.allSatisfy { $0.pose.topology == .openPose25 && abs($0.pose.score - 0.8) < 1e-5 })
            expectPlaces(frame.people[1].pose, frame: frame.index, person: 1, picture: SIMD2(640, 480))
            #expect(frame.people[0].pose.keypoints[0]?.visibility == 0.8)
        }
    }

    @Test("without a picture the points' own reach is taken and said; angles do not change")
    func extents() throws {
        let folder = try TemporaryFolder()
        let path = try StreamFixtures.openPoseFolder(folder)
        let reader = try SkeletonReader.open(path: path)
        #expect(
            reader.derived[0] == "times from the numbers of the frames at 30 frames/s (assumed; --fps says otherwise)")
        // The farthest joint is the last but one of person 1 in frame 4.
        let reach = StreamFixtures.place(frame: 4, person: 1, joint: 23)
        let size = "\(Int(reach.x))x\(Int(reach.y))"
        #expect(reader.derived[2].hasPrefix("x and y divided by \(size) pixels (as far as the points reach"))
        let frame = try #require(try reader.next())
        #expect(frame.aspectRatio == reach.x / reach.y)
        expectPlaces(frame.people[0].pose, frame: 0, person: 0, picture: reach)
    }

    @Test("ids of OpenPose become tracks; BODY_25B must be stated, COCO's 18 show by their number")
    func idsAndLayouts() throws {
        let folder = try TemporaryFolder()
        let path = try StreamFixtures.openPoseFolder(folder, hasIDs: true)
        for name in ["body25b", "BODY_25B", "Body-25b"] {
            let frames = try StreamFixtures.frames(path, SkeletonReadingOptions(layout: name))
            #expect(frames.allSatisfy { $0.hasTracks && $0.people.map(\.track) == [TrackID(5), TrackID(6)] })
            #expect(frames[0].people[0].pose.topology == .body25B)
        }
        let other = try TemporaryFolder()
        let coco = try StreamFixtures.openPoseFolder(other, joints: 18)
        #expect(try StreamFixtures.frames(coco)[0].people[0].pose.topology == .coco18)
        for (layout, message) in [
            ("body25b", "expected 25 joints of body25b, found 18"), ("stick", "expected a layout (blazepose33,"),
        ] {
            let error = #expect(throws: RecordingsError.self) {
                try SkeletonReader.open(path: coco, options: SkeletonReadingOptions(layout: layout))
            }
            #expect(error?.message.contains(message) == true, "\(String(describing: error))")
        }
    }

    @Test("points in fractions, from 0 to 1 or from -1 to 1, are known by how far they reach")
    func units() throws {
        let folder = try TemporaryFolder()
        func frame(_ numbers: String) -> String {
            "{\"people\":[{\"pose_keypoints_2d\":[" + String(repeating: "0.25,0.75,1,", count: 17) + numbers + "]}]}"
        }
        let fractions = try SkeletonReader.open(path: StreamFixtures.file(folder, frame("1,0.5,1")))
        #expect(!fractions.derived.contains { $0.contains("x and y") })
        let first = try #require(try fractions.next()?.people.first?.pose)
        #expect(first.keypoints[0].map { SIMD2($0.x, $0.y) } == SIMD2(0.25, 0.75))
        let signed = try SkeletonReader.open(path: StreamFixtures.file(folder, frame("-0.5,0.5,1"), name: "s"))
        #expect(signed.derived.contains("x and y moved from -1…1 to 0…1"))
        let second = try #require(try signed.next()?.people.first?.pose)
        #expect(second.keypoints[17].map { SIMD2($0.x, $0.y) } == SIMD2(0.25, 0.75))
    }

    @Test("AlphaPose's people, ids, scores and gaps are kept; frames without anybody leave gaps")
    func alphaPose() throws {
        let folder = try TemporaryFolder()
        let frames = try StreamFixtures.frames(
            try StreamFixtures.file(folder, StreamFixtures.alphaPose()),
            SkeletonReadingOptions(picture: PictureSize("640x480")))
        #expect(frames.map(\.index) == [0, 1, 3])
        #expect(frames[2].presentationTime == .milliseconds(100))
        #expect(frames.allSatisfy { $0.hasTracks && $0.people.map(\.track) == [TrackID(1), TrackID(2)] })
        #expect(frames[0].people[0].pose.score == 1)
        expectPlaces(frames[2].people[1].pose, frame: 3, person: 1, picture: SIMD2(640, 480))
        let untracked = try StreamFixtures.frames(
            try StreamFixtures.file(folder, StreamFixtures.alphaPose(hasIDs: false), name: "b"))
        #expect(untracked.allSatisfy { !$0.hasTracks })
    }

    @Test(
        "AlphaPose's larger layouts are cut to the body, and say so",
        arguments: [(26, SkeletonTopology.halpe26, false), (133, .coco17, true), (136, .halpe26, true)])
    func wholeBody(joints: Int, topology: SkeletonTopology, isCut: Bool) throws {
        let folder = try TemporaryFolder()
        let reader = try SkeletonReader.open(
            path: StreamFixtures.file(folder, StreamFixtures.alphaPose(joints: joints)))
        #expect(reader.derived.contains { $0.contains("left out") } == isCut)
        #expect(try reader.next()?.people[0].pose.topology == topology)
    }

    @Test("AlphaPose's cmu and open forms are frames of 18 joints", arguments: ["cmu", "open"])
    func alphaPoseForms(form: String) throws {
        let folder = try TemporaryFolder()
        let frames = try StreamFixtures.frames(
            try StreamFixtures.file(folder, StreamFixtures.alphaPose(form: form)),
            SkeletonReadingOptions(picture: PictureSize("640x480")))
        #expect(frames.map(\.index) == [0, 1, 2])
        expectPlaces(frames[1].people[0].pose, frame: 1, person: 0, picture: SIMD2(640, 480))
    }

    @Test("COCO annotations in any order come by image, with each picture's own size and 0, 1, 2 as visibility")
    func cocoAnnotations() throws {
        let folder = try TemporaryFolder()
        let reader = try SkeletonReader.open(path: StreamFixtures.file(folder, StreamFixtures.cocoAnnotations))
        #expect(reader.derived.contains("x and y divided by the picture's width and height"))
        #expect(reader.derived.contains("joints marked as hidden given visibility 0.25"))
        for frame in 0..<4 {
            let found = try #require(try reader.next())
            #expect(found.index == frame && found.aspectRatio == Float(640) / 480)
            guard frame < 3 else {
                #expect(found.people.isEmpty)
                continue
            }
            let pose = try #require(found.people.first?.pose)
            #expect(pose.topology == .coco17)
            for joint in 0..<17 {
                let keypoint = pose.keypoints[joint]
                #expect(keypoint?.visibility == [nil, 0.25, 1][joint % 3])
                if let keypoint {
                    let place = StreamFixtures.place(frame: frame, person: 0, joint: joint)
                    #expect(abs(keypoint.x * 640 - place.x) < 0.01 && abs(keypoint.y * 480 - place.y) < 0.01)
                }
            }
        }
        #expect(try reader.next() == nil)
    }

    @Test(
        "faults name file, line, what was expected and what was found",
        arguments: [
            (
                #"[{"image_id":"1.jpg","keypoints":[1,2]}]"#,
                "d: record 1: expected three numbers a joint, found 2 numbers"
            ),
            (
                "[\n{\"image_id\":\"1.jpg\",\"keypoints\":[1,2,\"a\"]}]",
                "d:2: expected a number, found '\"a\"]}' at byte"
            ),
            (
                #"[{"image_id":"1.jpg","keypoints":[1,2,3]}]"#,
                "d: expected 17, 18, 25, 26, 33, 133, 136 joints a person, found 1"
            ),
            (#"{"people":[{"pose_keypoints_2d":[1,2,1e60]}]}"#, "d:1: expected a number in range, found '1e60]}]}'"),
            (
                #"{"people":[{"pose_keypoints_2d":[1,2,1"#,
                "d:1: expected the end of a value, found the end of the file at byte 1"
            ),
            (#"{"people":3}"#, "d:1: expected an array, found '3}' at byte 11"),
        ])
    func faults(text: String, says message: String) throws {
        let folder = try TemporaryFolder()
        let path = try StreamFixtures.file(folder, text, name: "d")
        let error = #expect(throws: RecordingsError.self) {
            try StreamFixtures.frames(path, SkeletonReadingOptions(format: text.hasPrefix("{") ? .openPose : nil))
        }
        let text = error?.description.replacing(folder.url.path + "/", with: "") ?? ""
        #expect(text.hasPrefix(message), "\(text)")
    }

    @Test("people of one image who stand apart in a file come together")
    func partial() throws {
        let folder = try TemporaryFolder()
        let results = (0..<4).map { index in
            "{\"image_id\":\"\([0, 1, 0, 2][index]).jpg\",\"keypoints\":"
                + StreamFixtures.flat(frame: index, person: 0, joints: 17) + "}"
        }
        let frames = try StreamFixtures.frames(
            StreamFixtures.file(folder, results.joined(separator: ",\n").bracketed))
        #expect(frames.map(\.index) == [0, 1, 2] && frames.map(\.people.count) == [2, 1, 1])
    }

    @Test("a damaged file in a folder is a frame left out, named and counted, unless all are")
    func damagedFrames() throws {
        let folder = try TemporaryFolder()
        let path = try StreamFixtures.openPoseFolder(folder, frames: [0, 1, 2, 3, 5])
        let whole = try StreamFixtures.frames(path)
        func damage(_ frame: Int, _ text: String) throws {
            try Data(text.utf8).write(to: URL(filePath: path + "/walk_00000000000\(frame)_keypoints.json"))
        }
        try damage(0, "{\"people\":[{\"pose_keypoints_2d\":[1,2")
        try damage(3, "")
        let reader = try SkeletonReader.open(path: path)
        #expect(reader.frameCount == 3)
        #expect(
            reader.derived.contains {
                $0.hasPrefix(
                    "2 damaged frames left out, the first \(path)/walk_000000000000_keypoints.json:1: expected")
            }, "\(reader.derived)")
        let left = try StreamFixtures.frames(path)
        #expect(left.map(\.presentationTime) == [1, 2, 4].map { whole[$0].presentationTime })
        for frame in [1, 2, 5] { try damage(frame, "[]") }
        let error = #expect(throws: RecordingsError.self) { try StreamFixtures.frames(path) }
        #expect(error?.file.hasSuffix("walk_000000000000_keypoints.json") == true)
    }

    @Test("files of two recordings in one folder are refused")
    func mixedFolder() throws {
        let folder = try TemporaryFolder()
        let path = try StreamFixtures.openPoseFolder(folder)
        try StreamFixtures.openPose(frame: 0).write(
            toFile: path + "/run_000000000007_keypoints.json", atomically: false, encoding: .utf8)
        let error = #expect(throws: RecordingsError.self) { try SkeletonReader.open(path: path) }
        #expect(error?.message == "expected the files of one recording, found 'run_…' and 'walk_…'")
    }

    @Test("values larger than the reading buffer come whole, one after another")
    func largeValues() throws {
        let folder = try TemporaryFolder()
        let padding = String(repeating: "[\\\"]}", count: 120_000)
        let frames = (0..<3).map { frame in
            "{\"note\":\"\(padding)\"," + StreamFixtures.openPose(frame: frame).dropFirst()
        }
        let path = try StreamFixtures.file(folder, frames.joined(separator: "\n"), name: "large.json")
        let found = try StreamFixtures.frames(path, SkeletonReadingOptions(picture: PictureSize("640x480")))
        #expect(found.map(\.index) == [0, 1, 2])
        expectPlaces(found[2].people[1].pose, frame: 2, person: 1, picture: SIMD2(640, 480))
    }
}
