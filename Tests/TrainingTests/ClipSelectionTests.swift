import Foundation
import Recognition
import Recordings
import Skeleton
import TestSupport
import Testing
import Training

struct ClipSelectionTests {
    private let folder: TemporaryFolder

    /// Three clips, of which subjects.csv tells more than who moves.
    init() throws {
        folder = try TemporaryFolder()
        try Data(
            """
            clip,subject,content,style,number
            walk/a,ann,walk,sad,1+2
            run/b,ann,run,sad,2
            walk/c,ben,walk,glad,3

            """.utf8
        ).write(to: folder.file("subjects.csv"))
        for name in ["walk/a", "run/b", "walk/c"] {
            let file = folder.file(name + ".jsonl")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            let writer = try SkeletonFileWriter(path: file.path)
            for index in 0..<8 {
                let points = (0..<21).map { SIMD3(0.01 * Float(index) + 0.007 * Float($0), -0.02 * Float($0), 0) }
                try writer.append(
                    SkeletonFrame(
                        camera: "x", index: index, presentationTime: .milliseconds(33 * index),
                        people: [
                            TrackedPose(track: TrackID(1), pose: Pose(topology: .bandai21, worldPoints: points))
                        ]))
            }
            try writer.finish()
        }
    }

    private func load(_ recipe: String) throws -> [LabelledMotion] {
        try LabelledMotion.load(
            RecordingsFolder(folder.url.path), recipe: Recipe(Data(recipe.utf8), file: "recipe.json"))
    }

    @Test("all clips are meant unless a recipe says otherwise")
    func all() throws { #expect(try load("{}").map(\.name) == ["run/b", "walk/a", "walk/c"]) }

    @Test("a column's value selects clips, also as one of several")
    func columns() throws {
        #expect(try load(#"{"selection": {"where": {"style": "sad"}}}"#).map(\.name) == ["run/b", "walk/a"])
        #expect(try load(#"{"selection": {"where": {"number": "2"}}}"#).map(\.name) == ["run/b", "walk/a"])
        #expect(try load(#"{"selection": {"where": {"number": "2", "content": "run"}}}"#).map(\.name) == ["run/b"])
        #expect(try load(#"{"selection": {"where": {"colour": "red"}}}"#).isEmpty)
    }

    @Test("another column can name the classes")
    func label() throws {
        #expect(try load(#"{"selection": {"label": "style"}}"#).map(\.label) == ["sad", "sad", "glad"])
    }

    @Test("several columns can name the classes together, and values can be called otherwise")
    func joined() throws {
        let selection = #"{"selection": {"label": "content+style", "names": {"sad": "low"}}}"#
        #expect(try load(selection).map(\.label) == ["run / low", "walk / low", "walk / glad"])
        #expect(try load(#"{"selection": {"label": "content+colour"}}"#).isEmpty)
    }
}
