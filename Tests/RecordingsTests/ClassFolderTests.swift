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
        #expect(try recordings.split(testSubjects: ["bob"]).test.map(\.name) == ["walk/b"])
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
        #expect(error?.message == "expected a person in at least one frame, found none")
        #expect(throws: RecordingsError.self) { try recordings.split(testSubjects: []) }
    }
}
