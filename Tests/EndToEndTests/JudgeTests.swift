import Foundation
import TestSupport
import Testing

/// `.scripts/judge-*.py`, which measure Laban on data sets.
@Suite("Judges")
struct JudgeTests {
    private static let python = URL(filePath: "/usr/bin/python3")
    private static let hasNumPy = (try? LabanProcess(["-c", "import numpy"], program: python).wait().status) == 0
    private static let hasMetrics =
        (try? LabanProcess(["-c", "import motmetrics, scipy"], program: python).wait().status) == 0
    private static let judges = ["counts", "form", "silence"]
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Runs a judge from a folder that is no checkout.
    private func judge(_ name: String, _ words: String...) throws -> CommandResult {
        let script = LabanProcess.checkout.appending(path: ".scripts/judge-\(name).py").path
        return try LabanProcess(
            [script] + words, program: Self.python,
            variables: ["LABAN": LabanProcess.binary.path, "PYTHONDONTWRITEBYTECODE": "1"], folder: folder.url
        ).wait()
    }

    /// A data set of frames in which nobody is.
    private func makeSet(_ name: String, shape: String, type: String, table: String) throws {
        try FileManager.default.createDirectory(at: folder.file(name), withIntermediateDirectories: true)
        let file = folder.file("\(name)/frames.npy").path
        let made = try LabanProcess(
            ["-c", "import numpy; numpy.save('\(file)', numpy.zeros(\(shape), '\(type)'))"], program: Self.python
        ).wait()
        #expect(made.status == 0, "\(made.errors)")
        try Data((table + "\n").utf8).write(to: folder.file("\(name)/sequences.csv"))
    }

    @Test("what is no data set is told in one line, with code 2", .enabled(if: hasNumPy), arguments: judges)
    func wrong(name: String) throws {
        try makeSet("empty", shape: "(4, 33, 3)", type: "<u2", table: "sequence,start,frames")
        try makeSet("other", shape: "(4, 7, 3)", type: "<u2", table: "sequence,start,frames\na,0,4")
        try makeSet(
            "short", shape: "(4, 33, 3)", type: "<u2",
            table: "sequence,start,frames,action,count,exercise\na,0,9,squat,1,squat")
        try FileManager.default.createDirectory(at: folder.file("bare"), withIntermediateDirectories: true)
        try Data().write(to: folder.file("file"))
        for (set, found) in [
            ("nowhere", "found none"), ("file", "found a file"), ("bare", "sequences.csv: expected a file, found none"),
            ("empty", "expected rows"), ("other", "expected"), ("short", "expected"),
        ] {
            let result = try judge(name, set)
            #expect(result.status == 2 && result.errors.contains(found), "\(set): \(result.errors)")
            #expect(result.errors.split(separator: "\n").count == 1, "\(set): \(result.errors)")
        }
        let alone = try judge(name)
        #expect(alone.status == 2 && alone.errors.contains("judge-\(name).py SET"))
    }

    @Test("an empty cell is told with its row and column", .enabled(if: hasNumPy))
    func emptyCells() throws {
        for (name, table, found) in [
            ("count", "sequence,start,frames,action,count\na,0,2,squat,1\nb,2,2,squat,", "column count of row 2"),
            ("start", "sequence,start,frames,action,count\na, ,4,squat,1", "column start of row 1"),
            ("short", "sequence,start,frames,action,count\na,0,4,squat", "column count of row 1"),
            ("words", "sequence,start,frames,action,count\na,0,4,squat,few", "column count, found few"),
        ] {
            try makeSet(name, shape: "(4, 33, 3)", type: "<u2", table: table)
            let result = try judge("counts", name)
            #expect(result.status == 2 && result.errors.contains(found), "\(name): \(result.errors)")
            #expect(result.errors.split(separator: "\n").count == 1, "\(name): \(result.errors)")
        }
    }

    @Test("without what it needs the judge of tracks says what to install, in one line", .enabled(if: !hasMetrics))
    func lackingMetrics() throws {
        let result = try judge("tracks", "nowhere")
        #expect(result.status == 2 && result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    }

    @Test("ids that hold are judged as perfect, and what is no pair of files is refused", .enabled(if: hasMetrics))
    func tracks() throws {
        let lines = try String(
            contentsOf: LabanProcess.checkout.appending(path: "Fixtures/crossing.truth.jsonl"), encoding: .utf8)
        for (name, ending) in [("scene", "truth"), ("scene", "result"), ("alone", "truth")] {
            let place = folder.file(name == "alone" ? "half" : "pairs")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            try Data(lines.utf8).write(to: place.appending(path: "\(name).\(ending).jsonl"))
        }
        let judged = try judge("tracks", "pairs")
        #expect(judged.status == 0 && judged.output.contains("1.000   1.000   1.000"), "\(judged.errors)")
        for (set, found) in [("nowhere", "found none"), ("half", "expected a file of skeletons, found none")] {
            let result = try judge("tracks", set)
            #expect(result.status == 2 && result.errors.contains(found), "\(set): \(result.errors)")
        }
    }

    @Test("they run from any folder", .enabled(if: hasNumPy))
    func anywhere() throws {
        try makeSet(
            "set", shape: "(60, 33, 3)", type: "<u2", table: "sequence,start,frames,action,count\na,0,60,squat,0")
        let counts = try judge("counts", "set")
        #expect(counts.status == 0 && counts.output.contains("squat"), "\(counts.errors)")
        try makeSet("room", shape: "(60, 20, 3)", type: "<i2", table: "sequence,start,frames\na,0,60")
        let silence = try judge("silence", "room")
        #expect(silence.status == 0 && silence.output.contains("1 sequences"), "\(silence.errors)")
    }

    @Test("lines of skeletons are made in one place")
    func once() throws {
        let scripts = LabanProcess.checkout.appending(path: ".scripts")
        let makers = try FileManager.default.contentsOfDirectory(at: scripts, includingPropertiesForKeys: nil)
            .filter {
                guard !$0.hasDirectoryPath else { return false }
                return String(decoding: try Data(contentsOf: $0), as: UTF8.self).contains("laban.skeleton")
            }
        #expect(makers.map(\.lastPathComponent) == ["skeleton_lines.py"])
    }
}
