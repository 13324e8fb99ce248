import Files
import Foundation
import Recordings
import Skeleton
import TestSupport
import Testing

/// MMPose, Ultralytics, OpenPifPaf, MoveNet, and folders with a file a frame.
@Suite struct ProgramFormatTests {
    private let folder: TemporaryFolder
    private let options = SkeletonReadingOptions(picture: PictureSize("640x480"))

    init() throws { folder = try TemporaryFolder() }

    private func expectPlaces(
        _ pose: Pose, frame: Int, person: Int = 0, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(pose.topology == .coco17, sourceLocation: sourceLocation)
        for (joint, keypoint) in pose.keypoints.enumerated() {
            let place = StreamFixtures.place(frame: frame, person: person, joint: joint) / SIMD2(640, 480)
            let isThere = keypoint.map {
                abs($0.x - place.x) < 1e-4 && abs($0.y - place.y) < 1e-4 && $0.visibility == 0.8
            }
            #expect(isThere == true, "joint \(joint)", sourceLocation: sourceLocation)
        }
    }

    @Test(
        "every form of other programs gives everybody's joints, trust and score",
        arguments: ProgramFixtures.files.indices)
    func forms(index: Int) throws {
        let (_, format, people, text) = ProgramFixtures.files[index]
        let path = try StreamFixtures.file(folder, text)
        #expect(SkeletonReader.format(of: path) == format)
        let frames = try StreamFixtures.frames(path, options).drop { $0.people.isEmpty }
        #expect(frames.map(\.people.count) == [people, people, people])
        for (number, frame) in frames.enumerated() {
            for person in 0..<frame.people.count {
                expectPlaces(frame.people[person].pose, frame: number, person: person)
                #expect(frame.people[person].pose.score == 0.7)
            }
        }
        let hasIDs = [SkeletonFormat.ultralytics, .openPifPaf].contains(format)
        #expect(frames.allSatisfy { $0.hasTracks == hasIDs && (!hasIDs || $0.people[0].track == TrackID(4)) })
    }

    @Test("a single picture's people are there at once, whoever wrote it")
    func pictures() throws {
        for text in [
            ProgramFixtures.ultralytics(0).bracketed, ProgramFixtures.openPifPaf(0).bracketed,
            ProgramFixtures.instance(0).bracketed, ProgramFixtures.moveNet(0).bracketed, ProgramFixtures.yolo(0),
            "{\"predictions\":[[\(ProgramFixtures.instance(0))]]}",
        ] {
            let frames = try StreamFixtures.frames(StreamFixtures.file(folder, text), options)
            #expect(frames.count == 1 && frames[0].hasTracks && frames[0].people.count == 1, "\(text.prefix(80))")
            expectPlaces(frames[0].people[0].pose, frame: 0)
        }
    }

    @Test(
        "a folder with a file a frame is read in the order of its numbers, and a damaged file is left out by name",
        arguments: ["a_#_keypoints.json", "a#.json", "#.predictions.json", "clip_#.txt"])
    func folders(name: String) throws {
        for frame in 0..<12 {
            let text =
                name.hasSuffix("txt")
                ? ProgramFixtures.yolo(frame)
                : name.hasPrefix("a")
                    ? StreamFixtures.openPose(frame: frame, people: 1, joints: 17)
                    : ProgramFixtures.openPifPaf(frame).bracketed
            let isDamaged = frame == 5
            _ = try StreamFixtures.file(
                folder, isDamaged ? String(text.prefix(text.count / 2)) : text,
                name: name.replacing("#", with: "\(frame)"))
        }
        let reader = try SkeletonReader.open(path: folder.url.path, options: options)
        #expect(reader.derived.contains { $0.hasPrefix("1 damaged frame left out, the first ") && $0.contains("5") })
        let frames = try StreamFixtures.frames(folder.url.path, options)
        #expect(frames.map(\.index) == [0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11])
        for frame in frames {
            let x = frame.people[0].pose.keypoints[0]?.x ?? 0
            #expect(abs(x - StreamFixtures.place(frame: frame.index, person: 0, joint: 0).x / 640) < 1e-4)
        }
    }

    @Test("OpenPose 0.1 and places in space alone are read; millimetres become metres, and a body of none is said")
    func openPose() throws {
        let old = "{\"version\":0.1,\"bodies\":[{\"joints\":\(StreamFixtures.flat(frame: 0, person: 0, joints: 18))}]}"
        _ = try StreamFixtures.file(folder, old, name: "frame000000.json")
        #expect(try StreamFixtures.frames(folder.url.path)[0].people[0].pose.topology == .coco18)
        let spatial = { (scale: Int) in
            "{\"people\":[{\"pose_keypoints_2d\":[],\"pose_keypoints_3d\":["
                + (0..<25).map { "\($0 * scale),\(70 * $0 * scale),\(3_000 * scale),\($0 == 24 ? 0 : 0.9)" }
                .joined(separator: ",") + "]}]}"
        }
        let reader = try SkeletonReader.open(path: StreamFixtures.file(folder, spatial(1), name: "s"))
        #expect(reader.derived.contains("millimetres turned into metres"))
        let pose = try #require(try reader.next()?.people.first?.pose)
        #expect(pose.worldPoints[10] == SIMD3(10, 700, 3_000) * Float(0.001) && pose.worldPoints[24] == nil)
        let nobody = try SkeletonReader.open(
            path: StreamFixtures.file(
                folder, "{\"people\":[{\"pose_keypoints_2d\":[],\"face_keypoints_2d\":[1,2,3]}]}", name: "n"))
        #expect(nobody.derived.contains("none of 1 people has a joint of the body, so nobody is given"))
    }

    @Test("photographs are no film: everybody in each is somebody of their own, unless --fps says it is one")
    func photographs() throws {
        let ids = [1296, 9769, 9769, 37777, 37777, 37777, 52891]
        let results = ids.enumerated().map { index, id in
            "{\"image_id\":\(id),\"category_id\":1,\"keypoints\":"
                + StreamFixtures.flat(frame: 0, person: index % 3, joints: 17) + ",\"score\":0.7}"
        }
        for order in [results, results.reversed()] {
            let path = try StreamFixtures.file(folder, order.joined(separator: ",").bracketed)
            let reader = try SkeletonReader.open(path: path)
            #expect(reader.derived.contains { $0.hasPrefix("4 pictures taken for photographs") })
            let frames = try StreamFixtures.frames(path)
            #expect(frames.map(\.index) == [1296, 9769, 37777, 52891] && frames.map(\.people.count) == [1, 2, 3, 1])
            #expect(Set(frames.flatMap { $0.people.map(\.track) }).count == 7 && frames.allSatisfy(\.hasTracks))
            #expect(frames[3].presentationTime == .milliseconds(100))
            #expect(
                try !StreamFixtures.frames(path, SkeletonReadingOptions(framesPerSecond: 25)).contains(
                    where: \.hasTracks))
        }
        // Detections missing here and there leave a film a film.
        let film = [0, 1, 2, 5, 6, 9, 10, 11, 20].map { id in
            "{\"image_id\":\(id),\"keypoints\":\(StreamFixtures.flat(frame: id, person: 0, joints: 17))}"
        }
        let path = try StreamFixtures.file(folder, film.joined(separator: ",").bracketed)
        #expect(try !StreamFixtures.frames(path).contains(where: \.hasTracks))
    }

    @Test("frames named 0, 1, 10, 2 in one file come in the order of their numbers")
    func order() throws {
        let text = StreamFixtures.alphaPose(frames: [0, 1, 10, 11, 2, 3])
        let path = try StreamFixtures.file(folder, text)
        #expect(try StreamFixtures.frames(path).map(\.index) == [0, 1, 2, 3, 10, 11])
        #expect(try SkeletonReader.open(path: path).derived.contains { $0.hasPrefix("frames put in the order") })
    }

    @Test("what a file says of its rate and its pictures is taken, and an option that says otherwise is said to")
    func facts() throws {
        let text = "{\"fps\":50,\"width\":640,\"height\":480,\"frames\":\(ProgramFixtures.mmPose)}"
        let path = try StreamFixtures.file(folder, text)
        let frames = try StreamFixtures.frames(path)
        #expect(frames.map(\.presentationTime) == [0, 20, 40].map { .milliseconds($0) })
        #expect(frames.allSatisfy { $0.aspectRatio == Float(640) / 480 })
        let stated = SkeletonReadingOptions(framesPerSecond: 25, picture: PictureSize("1280x720"))
        let derived = try SkeletonReader.open(path: path, options: stated).derived
        #expect(derived.contains { $0.contains("at 25 frames/s (as stated, not 50, as the file says)") }, "\(derived)")
        #expect(derived.contains { $0.contains("1280x720 pixels (as stated, whatever the file says)") }, "\(derived)")
    }

    @Test("dogs among people are passed over and counted")
    func strangers() throws {
        let two = [("person", 0), ("dog", 16)].map { name, number in
            ProgramFixtures.ultralytics(0).replacing("\"person\"", with: "\"\(name)\"")
                .replacing("\"class\":0", with: "\"class\":\(number)").replacing(
                    "\"track_id\":4", with: "\"track_id\":\(number)")
        }
        let path = try StreamFixtures.file(folder, two.joined(separator: ",").bracketed)
        #expect(try StreamFixtures.frames(path).map(\.people.count) == [1])
        #expect(try SkeletonReader.open(path: path).derived.contains("1 of category 'dog' passed over"))
    }

    @Test("places in a file of one line are records and bytes, never its first line")
    func places() throws {
        let cut = ProgramFixtures.mmPose.replacing("\"frame_id\":2", with: "\"frame_id\":tow")
        let error = #expect(throws: RecordingsError.self) {
            try StreamFixtures.frames(try StreamFixtures.file(folder, cut, name: "one"))
        }
        let text = error?.description.replacing(folder.url.path + "/", with: "") ?? ""
        #expect(text.hasPrefix("one: record 3: expected") && text.contains(" at byte "), "\(text)")
    }

    @Test(
        "what no reader knows is told by what was found in it",
        arguments: [
            ("{\"a\":1,\"b\":[2]}", "a JSON object with the keys 'a', 'b'"),
            ("[{\"box\":1}]", "a JSON array of objects with the keys 'box'"),
            ("hello\nyou", "text that begins with 'hello'"),
            ("\u{0}\u{1}MP4", "bytes that begin with 00 01 4d 50 34"), ("", "an empty file"),
        ])
    func unknown(text: String, found: String) throws {
        let path = try StreamFixtures.file(folder, text)
        let error = #expect(throws: RecordingsError.self) { try SkeletonReader.open(path: path) }
        #expect(error?.message == "expected skeletons as \(SkeletonFormat.names), found \(found)")
    }
}
