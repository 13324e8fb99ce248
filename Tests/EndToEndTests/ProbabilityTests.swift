import Foundation
import TestSupport
import Testing

/// What is measured is what watches.
@Suite("Probabilities of evaluate and run")
struct ProbabilityTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// For each source of a table its rows without the source and the track.
    private func rows(_ file: String) throws -> [String: [Substring]] {
        let lines = try String(contentsOfFile: folder.file(file).path, encoding: .utf8).split(separator: "\n")
        guard let heading = lines.first else { return [:] }
        #expect(heading.hasPrefix("source,track,hand,moment_us,"))
        var rows: [String: [Substring]] = [:]
        for line in lines.dropFirst() {
            let fields = line.split(separator: ",", maxSplits: 2, omittingEmptySubsequences: false)
            rows[String(fields[0]), default: []].append(fields[2])
        }
        return rows
    }

    @Test("laban evaluate on a folder and laban run on the same skeletons give the same probabilities at every moment")
    func sameEverywhere() throws {
        for (name, label) in [("everyday", "walk"), ("workout", "squat")] {
            let place = folder.file("recordings/\(label)")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            try FileManager.default.copyItem(
                atPath: LabanProcess.fixture(name + ".truth.jsonl"),
                toPath: place.appending(path: name + ".jsonl").path)
        }
        let evaluation = try LabanProcess.run(
            "evaluate", "everyday", folder.file("recordings").path, "--probabilities",
            folder.file("evaluated.csv").path, "--json")
        #expect(evaluation.status == 0, "\(evaluation.errors)")
        let evaluated = try rows("evaluated.csv")
        #expect(evaluated.count == 2)
        for (clip, expected) in evaluated {
            let name = URL(filePath: clip).lastPathComponent
            let run = try LabanProcess.run(
                "run", folder.file("recordings/\(clip).jsonl").path, "--camera", name, "--probabilities",
                folder.file("run.csv").path)
            #expect(run.status == 0, "\(run.errors)")
            let found = try rows("run.csv")
            #expect(expected.count > 100 && found[name] == expected)
        }
    }

    @Test("rows are written as a run goes on, for their owner alone, and to a pipe")
    func asItGoes() throws {
        let (table, pipe) = (folder.file("p.csv").path, folder.file("pipe").path)
        let skeletons = LabanProcess.fixture("workout.truth.jsonl")
        // Skeletons that come for a while and then do not, until the program has ended.
        let endless = """
            exec '\(LabanProcess.binary.path)' run - --probabilities '\(table)' \
                < <(head -n 200 '\(skeletons)'; tail -f --pid=$$ /dev/null)
            """
        let run = try LabanProcess(["-c", endless], program: URL(filePath: "/bin/bash"))
        #expect(run.wait { (try? rows("p.csv").values.first?.count ?? 0) ?? 0 > 20 }, "\(run.errors)")
        #expect(try FileManager.default.attributesOfItem(atPath: table)[.posixPermissions] as? Int == 0o600)
        run.terminate()
        #expect(run.wait().status == 0, "\(run.errors)")

        let read = try LabanProcess(
            [
                "-c",
                """
                mkfifo '\(pipe)'; head -n 30 '\(pipe)' & \
                '\(LabanProcess.binary.path)' run '\(skeletons)' --probabilities '\(pipe)' >/dev/null
                """,
            ], program: URL(filePath: "/bin/bash")
        ).wait()
        #expect(read.status == 0 && read.lines.count == 30, "\(read.errors)")
    }

    @Test("a table of probabilities is of one model and of clips")
    func usage() throws {
        let input = LabanProcess.fixture("everyday.truth.jsonl")
        let table = folder.file("p.csv").path
        for arguments in [
            ["run", input, "--model", "none", "--probabilities", table],
            ["evaluate", "everyday", folder.url.path, "--stream", "--probabilities", table],
        ] {
            let result = try LabanProcess(arguments).wait()
            #expect(result.status == 2 && result.errors.contains("--probabilities goes with"), "\(result.errors)")
        }
    }
}
