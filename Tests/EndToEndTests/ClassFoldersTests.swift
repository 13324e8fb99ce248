import Foundation
import Recordings
import Skeleton
import TestSupport
import Testing

@Suite("Class folders from data sets")
struct ClassFoldersTests {
    private static let python = URL(filePath: "/usr/bin/python3")
    private static let hasNumPy = (try? LabanProcess(["-c", "import numpy"], program: python).wait().status) == 0

    private static func convert(_ folder: String, to target: String, option: String? = nil) throws -> CommandResult {
        let words = [".scripts/class-folders", folder, target] + [option].compactMap { $0 }
        return try LabanProcess(words, program: python).wait()
    }

    /// Two clips in the layout of UI-PRMD: somebody stands 0.3 m to the right of the camera's middle and 2.5 m away from it.
    private static func makeDataSet(in folder: TemporaryFolder) throws {
        let result = try LabanProcess(
            [
                "-c",
                """
                import numpy
                rows = numpy.tile(numpy.array([-300, 950, -2500], "<i2"), (3, 22, 1))
                rows[:, 14, 0] += 100
                rows[:, 18, 0] -= 100
                rows[:, 4, 1] += 700
                rows[1, 9] = 0
                numpy.save("\(folder.url.path)/frames.npy", rows)
                """,
            ], program: python
        ).wait()
        #expect(result.status == 0, "\(result.errors)")
        try Data(
            """
            sequence,start,frames,movement,movement_name,subject,episode,correct
            m01_s01_e01,0,2,1,deep_squat,1,1,1
            m02_s07_e01,2,1,2,hurdle_step,10,1,0

            """.utf8
        ).write(to: folder.file("sequences.csv"))
    }

    @Test(
        "arrays become clips of Laban's own lines, with who moves and what else the table says",
        .enabled(if: hasNumPy))
    func converted() throws {
        let folder = try TemporaryFolder()
        try Self.makeDataSet(in: folder)
        for (name, option, head) in [
            ("centred", nil, SIMD3<Float>(0, -0.7, 0)), ("room", "--in-room", SIMD3<Float>(-0.3, -1.65, 2.5)),
        ] {
            let target = folder.file(name).path
            let result = try Self.convert(folder.url.path, to: target, option: option)
            #expect(result.status == 0 && result.output.contains("2 clips of 2 classes"), "\(result.errors)")
            let recordings = try RecordingsFolder(target)
            #expect(recordings.clips.map(\.name) == ["deep_squat/m01_s01_e01", "hurdle_step/m02_s07_e01"])
            #expect(recordings.clips.map(\.subject) == ["1", "10"] && recordings.remarks.isEmpty)
            #expect(recordings.clips[1].attributes["correct"] == "0")
            let clip = try recordings.load(recordings.clips[0])
            #expect(clip.topology == .kinect22 && clip.times == [.zero, .microseconds(33_333)])
            let points = clip.poses[1].worldPoints
            #expect(points[4] == head && points[9] == nil)
            let (left, right) = (try #require(points[14]), try #require(points[18]))
            #expect(abs(left.x - right.x - 0.2) < 1e-5)
        }
    }

    @Test("an unknown table is refused by the names of its columns", .enabled(if: hasNumPy))
    func unknown() throws {
        let folder = try TemporaryFolder()
        try Data("sequence,start,frames,colour\na,0,1,red\n".utf8).write(to: folder.file("sequences.csv"))
        let result = try Self.convert(folder.url.path, to: folder.file("out").path)
        #expect(result.status == 1 && result.errors.contains("sequences.csv: expected the columns of a known data set"))
    }
}
