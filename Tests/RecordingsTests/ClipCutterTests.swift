import Foundation
import Recordings
import Skeleton
import TestSupport
import Testing

@Suite("Clips of recordings")
struct ClipCutterTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func pose(x: Float) -> Pose {
        Pose(topology: .coco17, keypoints: Array(repeating: Keypoint(x: x, y: 0.5), count: 17))
    }

    private func frame(_ index: Int, _ people: [(Int, Float)]) -> SkeletonFrame {
        SkeletonFrame(
            camera: "hall", index: index, presentationTime: .milliseconds(index * 100), aspectRatio: 1.5,
            people: people.map { TrackedPose(track: TrackID($0.0), pose: pose(x: $0.1)) })
    }

    private func write(_ frames: [SkeletonFrame], _ name: String) throws -> String {
        let path = folder.file(name).path
        let writer = try SkeletonFileWriter(path: path)
        for frame in frames { try writer.append(frame) }
        try writer.finish()
        return path
    }

    @Test("cuts may overlap; each holds its person alone, from time 0, and the rest of the file is left out")
    func cuts() throws {
        let file = try write((0..<100).map { frame($0, [(1, 0.2), (2, 0.8)]) }, "all.jsonl")
        func cut(_ track: Int, _ from: Int, _ to: Int, _ name: String) -> ClipCutter.Cut {
            .init(
                track: TrackID(track), start: .milliseconds(from), end: .milliseconds(to),
                file: folder.file("clips/squat/\(name).jsonl").path)
        }
        let cuts = [
            cut(2, 1500, 2500, "b"), cut(1, 1000, 3000, "a"), cut(9, 1000, 3000, "stranger"),
            cut(1, 9000, 9200, "short"),
            cut(1, 20_000, 21_000, "late"), cut(2, 9000, 12_000, "last"),
        ]
        #expect(try ClipCutter.cut(cuts, from: SkeletonReader.open(path: file)) == [0, 1, 5])
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.file("clips/squat").path)
        #expect(names.sorted() == ["a.jsonl", "b.jsonl", "last.jsonl"])
        let b = try SkeletonFileReader.frames(of: folder.file("clips/squat/b.jsonl").path)
        #expect(b.map(\.presentationTime) == (0...10).map { .milliseconds($0 * 100) })
        #expect(b.allSatisfy { $0.people.map(\.track) == [TrackID(2)] })
        #expect(try RecordingsFolder(folder.file("clips").path).labels == ["squat"])
    }

    @Test("stretches that are not written hold what cuts hold, at the recording's own times")
    func stretches() throws {
        let file = try write((0..<100).map { frame($0, [(1, 0.2), (2, Float($0) / 100)]) }, "all.jsonl")
        let stretches = [(2, 1500, 2500), (9, 0, 5000), (1, 9000, 9200), (1, 0, 900)].map {
            ClipCutter.Stretch(track: TrackID($0.0), start: .milliseconds($0.1), end: .milliseconds($0.2))
        }
        let found = try ClipCutter.recordings(of: stretches, from: SkeletonReader.open(path: file), file: file)
        #expect(found.map { $0?.times.first } == [.milliseconds(1500), nil, nil, .zero])
        let cut = ClipCutter.Cut(
            track: TrackID(2), start: stretches[0].start, end: stretches[0].end, file: folder.file("b.jsonl").path)
        #expect(try ClipCutter.cut([cut], from: SkeletonReader.open(path: file)) == [0])
        let poses = try SkeletonFileReader.frames(of: cut.file).flatMap { $0.people.map(\.pose) }
        #expect(found[0]?.poses == poses)
    }

    @Test("a clip is about whoever is seen longest, and among those seen nearly as long about the one in the middle")
    func mainPerson() {
        let shortInTheMiddle = (0..<10).map { frame($0, $0 < 5 ? [(1, 0.1), (2, 0.5)] : [(1, 0.1)]) }
        #expect(MainPerson(in: shortInTheMiddle)?.track == TrackID(1))
        #expect(MainPerson(in: shortInTheMiddle)?.people == 2)
        let nearlyAsLong = (0..<10).map { frame($0, $0 < 9 ? [(1, 0.1), (2, 0.55)] : [(1, 0.1)]) }
        #expect(MainPerson(in: nearlyAsLong)?.track == TrackID(2))
        #expect(MainPerson(in: nearlyAsLong)?.frames == 9)
        #expect(MainPerson(in: (0..<3).map { frame($0, []) }) == nil)
    }

    @Test("videos are clips once they have skeletons; skeletons beside a video are its own, and other files are told")
    func videos() throws {
        try FileManager.default.createDirectory(at: folder.file("walk"), withIntermediateDirectories: true)
        for name in ["walk/a.mp4", "walk/b.MOV", "walk/c.mp4", "walk/notes.txt"] {
            try Data("no video".utf8).write(to: folder.file(name))
        }
        let skeletons = try write((0..<8).map { frame($0, [(1, 0.5)]) }, "walk/c.jsonl")
        try Data("clip,subject\nwalk/a.mp4,ann\nb,bob\nc,carl\n".utf8).write(to: folder.file("subjects.csv"))
        var recordings = try RecordingsFolder(folder.url.path)
        #expect(recordings.clips.map(\.name) == ["walk/a", "walk/b", "walk/c"])
        #expect(recordings.clips.map(\.subject) == ["ann", "bob", "carl"])
        #expect(recordings.others == ["walk/notes.txt"])
        #expect(recordings.videos.map { URL(filePath: $0).lastPathComponent } == ["a.mp4", "b.MOV"])
        let video = try #require(recordings.clips.first)
        #expect { try recordings.load(video) } throws: { "\($0)".contains("found a video") }
        recordings.replaceVideos(bySkeletons: [recordings.videos[0]: skeletons])
        #expect(recordings.clips.map(\.name) == ["walk/a", "walk/c"] && recordings.videos.isEmpty)
        #expect(try recordings.load(video).poses.count == 8)
    }
}
