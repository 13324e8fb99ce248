import Foundation
import Recognition
import Recordings
import Skeleton
import TestSupport
import Testing
import Training

struct ClipSelectionTests {
    private let folder: TemporaryFolder

    /// Three sequences in the layout of Bandai Namco 2, in which somebody walks along x by 10 mm a frame.
    init() throws {
        folder = try TemporaryFolder()
        try Data(
            "sequence,start,frames,content,style,number\na,0,8,walk,sad,1+2\nb,8,8,run,sad,2\nc,16,8,walk,glad,3\n".utf8
        ).write(to: folder.file("sequences.csv"))
        var numbers: [Int16] = []
        for row in 0..<24 {
            for joint in 0..<21 { numbers += [Int16(10 * row + 7 * joint), Int16(900 + 20 * joint), 300] }
        }
        var header = "{'descr': '<i2', 'fortran_order': False, 'shape': (24, 21, 3), }"
        header += String(repeating: " ", count: 117 - header.utf8.count) + "\n"
        let bytes = numbers.flatMap { number in withUnsafeBytes(of: number.littleEndian) { Array($0) } }
        try Data([0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8) + bytes)
            .write(to: folder.file("frames.npy"))
    }

    private func load(_ recipe: String) throws -> [LabelledMotion] {
        try LabelledMotion.load(
            RecordingsFolder(folder.url.path), recipe: Recipe(Data(recipe.utf8), file: "recipe.json"))
    }

    @Test("all clips are meant unless a recipe says otherwise")
    func all() throws { #expect(try load("{}").map(\.name) == ["a", "b", "c"]) }

    @Test("a column's value selects clips, also as one of several")
    func columns() throws {
        #expect(try load(#"{"selection": {"where": {"style": "sad"}}}"#).map(\.name) == ["a", "b"])
        #expect(try load(#"{"selection": {"where": {"number": "2"}}}"#).map(\.name) == ["a", "b"])
        #expect(try load(#"{"selection": {"where": {"number": "2", "content": "run"}}}"#).map(\.name) == ["b"])
        #expect(try load(#"{"selection": {"where": {"colour": "red"}}}"#).isEmpty)
    }

    @Test("another column can name the classes")
    func label() throws {
        #expect(try load(#"{"selection": {"label": "style"}}"#).map(\.label) == ["sad", "sad", "glad"])
    }

    @Test("several columns can name the classes together, and values can be called otherwise")
    func joined() throws {
        let selection = #"{"selection": {"label": "content+style", "names": {"sad": "low"}}}"#
        #expect(try load(selection).map(\.label) == ["walk / low", "run / low", "walk / glad"])
        #expect(try load(#"{"selection": {"label": "content+colour"}}"#).isEmpty)
    }

    @Test("the way through the room is there for a recipe that wants it, and only then")
    func places() throws {
        for sample in try load("{}")[0].samples { #expect(sample.root == .unknown) }
        let samples = try load(#"{"normalisation": {"root": "world"}}"#)[0].samples
        guard case .world(let first) = samples[0].root, case .world(let last) = samples[7].root else {
            Issue.record("no way through the room")
            return
        }
        let way = last - first
        #expect(abs(way.x - 0.07) < 1e-5 && abs(way.y) < 1e-6 && abs(way.z) < 1e-6)
    }
}
