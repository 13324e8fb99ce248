import Files
import Foundation
import Recordings
import Skeleton
import TestSupport
import Testing

@Suite struct ClassFolderTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Writes a file in which person 1 is seen in the first frames and person 2 in the last ones.
    private func record(_ name: String, first: Int, second: Int = 0) throws {
        let file = folder.file(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        let writer = try SkeletonFileWriter(path: file.path)
        for index in 0..<(first + second) {
            let pose = Pose(
                topology: .common16, worldPoints: Array(repeating: SIMD3(Float(index), 0, 0), count: 16))
            try writer.append(
                SkeletonFrame(
                    camera: "x", index: index, presentationTime: .milliseconds(index * 40), aspectRatio: 1.5,
                    people: [TrackedPose(track: TrackID(index < first ? 1 : 2), pose: pose)]))
        }
        try writer.finish()
    }

    private func write(_ text: String, _ name: String) throws {
        try Data(text.utf8).write(to: folder.file(name))
    }

    @Test("folders are classes, files are clips, and subjects.csv tells who moves")
    func classes() throws {
        for name in ["walk/b.jsonl", "walk/a.jsonl", "squat/a.jsonl", ".git/a.jsonl"] { try record(name, first: 3) }
        try write("not a clip", "walk/notes.txt")
        try write("clip,subject\nwalk/a,ann\nwalk/b.jsonl,bob\na,carl\nghost,dora\n", "subjects.csv")
        let recordings = try RecordingsFolder(folder.url.path)
        #expect(recordings.clips.map(\.name) == ["squat/a", "walk/a", "walk/b"])
        #expect(recordings.clips.map(\.label) == ["squat", "walk", "walk"])
        #expect(recordings.clips.map(\.subject) == ["carl", "ann", "bob"])
        let clip = try recordings.load(recordings.clips[0])
        #expect(clip.times == [.zero, .milliseconds(40), .milliseconds(80)])
        #expect(clip.aspectRatio == 1.5 && clip.topology == .common16)
    }

    @Test("of several people the one seen most is the clip, with gaps where they are not seen")
    func severalPeople() throws {
        try record("walk/a.jsonl", first: 2, second: 3)
        let recordings = try RecordingsFolder(folder.url.path)
        let clip = try recordings.load(recordings.clips[0])
        #expect(clip.poses.map { $0.worldPoints[0]?.x } == [nil, nil, 2, 3, 4])
        #expect(clip.frames().map(\.people.count) == [0, 0, 1, 1, 1])
    }

    @Test("segments.csv makes streams, in order of their start")
    func streams() throws {
        try record("day.jsonl", first: 30)
        try write(
            "file,label,start_us,end_us\nday.jsonl,walk,800000,1000000\nday.jsonl,\"sit, down\",0,400000\n",
            "segments.csv")
        try write("clip,subject\nday.jsonl,ann\n", "subjects.csv")
        let recordings = try RecordingsFolder(folder.url.path)
        let stream = try #require(recordings.streams.first)
        #expect(stream.name == "day" && stream.subject == "ann" && recordings.clips.isEmpty)
        #expect(stream.segments.map(\.label) == ["sit, down", "walk"])
        #expect(stream.segments[1].start == .milliseconds(800))
        #expect(try recordings.load(stream).poses.count == 30)
    }

    @Test(
        "segments that make no sense are refused by line",
        arguments: [
            ("../day.jsonl,walk,0,1", "expected a file within the folder, found '../day.jsonl'"),
            ("/day.jsonl,walk,0,1", "expected a file within the folder"),
            ("day.jsonl,walk,5,4", "expected end_us at or after start_us 5, found 4"),
            ("day.jsonl,walk,-5,4", "expected start_us from 0, found -5"),
            ("day.jsonl,walk,now,4", "expected a whole number in column 'start_us', found 'now'"),
            ("day.jsonl,walk,1", "expected 4 fields, found 3"),
        ])
    func badSegments(row: String, message: String) throws {
        try write("file,label,start_us,end_us\nday.jsonl,walk,0,9\n\(row)\n", "segments.csv")
        let error = #expect(throws: RecordingsError.self) { try RecordingsFolder(folder.url.path) }
        #expect(error?.line == 3)
        #expect(error?.description.contains(message) == true, "\(String(describing: error))")
    }

    @Test("a clip in which nobody is seen, an empty folder and a missing one are refused")
    func nothing() throws {
        #expect(throws: RecordingsError.self) { try RecordingsFolder(folder.url.path) }
        #expect(throws: RecordingsError.self) { try RecordingsFolder(folder.file("none").path) }
        try record("walk/a.jsonl", first: 0)
        let recordings = try RecordingsFolder(folder.url.path)
        let error = #expect(throws: RecordingsError.self) { try recordings.load(recordings.clips[0]) }
        #expect(error?.message == "expected lines of skeletons, found an empty file")
    }

    @Test("recordings that are damaged or show hardly anybody are left out by name, with the line, and counted")
    func damaged() throws {
        for name in ["walk/a.jsonl", "walk/b.jsonl", "day.jsonl"] { try record(name, first: 3) }
        try record("squat/once.jsonl", first: 1)
        try record("squat/none.jsonl", first: 0)
        let whole = try String(contentsOf: folder.file("walk/a.jsonl"), encoding: .utf8)
        try write(String(whole.prefix(whole.count - 9)), "walk/b.jsonl")
        let lines = whole.split(separator: "\n")
        try write([lines[0], lines[2], lines[1]].joined(separator: "\n"), "squat/back.jsonl")
        #expect(mkfifo(folder.file("pipe.jsonl").path, 0o600) == 0)
        try write(
            "file,label,start_us,end_us\nday.jsonl,walk,0,9\npipe.jsonl,walk,0,9\nlost.jsonl,walk,0,9\n",
            "segments.csv")
        var recordings = try RecordingsFolder(folder.url.path)
        let damaged = recordings.leaveOutDamaged()
        #expect(
            damaged.map(\.name) == ["squat/back", "squat/none", "squat/once", "walk/b", "lost", "pipe"])
        let reasons = damaged.map(\.reason)
        #expect(reasons[0] == "line 3: expected a time later than 80000 µs, found 40000 µs")
        #expect(reasons[1] == "expected lines of skeletons, found an empty file")
        #expect(reasons[2] == "expected somebody in at least 2 frames, found 1")
        #expect(reasons[3].hasPrefix("line 3: expected"))
        #expect(reasons[4].contains("No such file"))
        #expect(reasons[5] == "expected a file, found a device or pipe")
        #expect(recordings.clips.map(\.name) == ["walk/a"] && recordings.streams.map(\.name) == ["day"])
        #expect(recordings.leftOut == 6 && recordings.leaveOutDamaged().isEmpty && recordings.leftOut == 6)
    }

    @Test("a class folder without recordings, and subjects.csv naming too many or too few, are remarked on")
    func remarks() throws {
        for name in ["walk/a.jsonl", "walk/b.jsonl"] { try record(name, first: 3) }
        #expect(try RecordingsFolder(folder.url.path).remarks.isEmpty)
        try FileManager.default.createDirectory(at: folder.file("squat"), withIntermediateDirectories: true)
        try write("clip,subject\nwalk/a,ann\nwalk/c,bob\nd,bob\n", "subjects.csv")
        #expect(
            try RecordingsFolder(folder.url.path).remarks == [
                "the folder 'squat' holds no recordings, so it is no class",
                "subjects.csv names what is not there: 2 clips such as 'd'",
                "subjects.csv does not say who is in 'walk/b'",
            ])
    }

    @Test("a pipe in the place of a table is refused, not waited for", arguments: ["subjects.csv", "segments.csv"])
    func pipe(name: String) throws {
        try record("walk/a.jsonl", first: 3)
        #expect(mkfifo(folder.file(name).path, 0o600) == 0)
        let error = #expect(throws: RecordingsError.self) { try RecordingsFolder(folder.url.path) }
        #expect(error?.message == "expected a file, found a device or pipe")
    }

    @Test("clips and streams come in every form that is read: files, folders of frames, and class folders of frames")
    func forms() throws {
        for (index, file) in StreamFixtures.files.enumerated() where !["ntu", "text", "yolo"].contains(file.name) {
            let place = folder.file("walk")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            let ending = file.name == "table" ? "csv" : "json"
            try Data(file.text.utf8).write(to: place.appending(path: "\(index).\(ending)"))
        }
        try FileManager.default.createDirectory(at: folder.file("squat"), withIntermediateDirectories: true)
        let other = try TemporaryFolder()
        try FileManager.default.moveItem(
            atPath: StreamFixtures.openPoseFolder(other), toPath: folder.file("squat/openpose").path)
        try FileManager.default.createDirectory(at: folder.file("sit"), withIntermediateDirectories: true)
        for frame in 0..<3 {
            try Data(ProgramFixtures.yolo(frame).utf8).write(to: folder.file("sit/clip_\(frame).txt"))
        }
        try Data(StreamFixtures.ntu.utf8).write(to: folder.file("day.skeleton"))
        try write("file,label,start_us,end_us\nday.skeleton,walk,0,66667\n", "segments.csv")
        try write("clip,subject\nsquat/openpose,ann\nwalk/0.json,bob\nsit,eve\n", "subjects.csv")
        var recordings = try RecordingsFolder(folder.url.path)
        let count = StreamFixtures.files.count
        #expect(recordings.clips.count == count - 3 + 2 && recordings.others.isEmpty, "\(recordings.others)")
        #expect(recordings.leaveOutDamaged().isEmpty && recordings.clips.count == count - 1)
        #expect(recordings.clips.first { $0.name == "squat/openpose" }?.subject == "ann")
        #expect(recordings.clips.first { $0.label == "sit" }?.subject == "eve")
        #expect(recordings.clips.first { $0.name == "walk/0" }?.subject == "bob")
        #expect(recordings.derived["25 joints taken for BODY_25; --layout body25b says otherwise"] == 3)
        let stream = try #require(recordings.streams.first)
        #expect(try recordings.load(stream).poses.count == 3)
    }

    @Test("segments may be told in the dates that a file has for times")
    func dates() throws {
        let start = 1_714_559_405_123
        let frames = (0..<3).map {
            "{\"timestamp_ms\":\(start + 40 * $0),\"pose_landmarks\":\(StreamFixtures.landmarks(frame: $0))}"
        }
        try write(frames.joined(separator: "\n"), "day.json")
        for (from, first) in [(start * 1_000, Duration.milliseconds(start)), (0, .zero)] {
            try write("file,label,start_us,end_us\nday.json,walk,\(from),\(from + 80_000)\n", "segments.csv")
            let recordings = try RecordingsFolder(folder.url.path)
            #expect(try recordings.load(recordings.streams[0]).times.first == first)
        }
    }

    @Test("people without ids are followed by who is nearest, whatever order they stand in")
    func withoutIDs() throws {
        let frames = (0..<6).map { frame in
            let people = (0..<2).map { StreamFixtures.landmarks(frame: frame, person: frame % 2 == 0 ? $0 : 1 - $0) }
            return "{\"pose_landmarks\":[" + (frame < 4 ? people.joined(separator: ",") : people[frame % 2]) + "]}"
        }
        try FileManager.default.createDirectory(at: folder.file("walk"), withIntermediateDirectories: true)
        try write(frames.joined(separator: "\n"), "walk/a.json")
        let recordings = try RecordingsFolder(folder.url.path)
        let xs = try recordings.load(recordings.clips[0]).poses.compactMap { $0.keypoints[0]?.x }
        #expect(xs.count >= 4 && zip(xs.dropFirst(), xs).allSatisfy { abs($0 - $1) < 0.05 }, "\(xs)")
    }
}
