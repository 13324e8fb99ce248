import Foundation
import Recordings
import Skeleton
import Testing

@Suite("Forms that are written")
struct WrittenFormsTests {
    @Test("an NTU file gives its joints back through the reader")
    func ntu() throws {
        func point(_ frame: Int, _ joint: Int) -> SIMD3<Float>? {
            let j = Float(joint)
            return joint == 15 ? nil : SIMD3<Float>(j / 40, Float(frame) / 10, j / 100 - 0.2)
        }
        let points = (0..<4).map { frame in (0..<33).map { point(frame, $0) } }
        let path = FileManager.default.temporaryDirectory.appending(path: "written-\(UUID()).skeleton").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try NTUText.text(points, topology: .blazePose33).write(toFile: path, atomically: true, encoding: .utf8)
        let reader = try SkeletonReader.open(path: path)
        let (knee, wrist) = (
            SkeletonTopology.ntu25.index(of: "leftKnee")!, SkeletonTopology.ntu25.index(of: "leftWrist")!
        )
        for frame in 0..<4 {
            let read = try #require(try reader.next()).people[0].pose.worldPoints
            let truth = points[frame][25]! + SIMD3<Float>(0, 0, 3)
            #expect((0..<3).allSatisfy { abs(read[knee]![$0] - truth[$0]) < 1e-4 } && read[wrist] == nil)
        }
        #expect(try reader.next() == nil)
    }

    @Test("a table has a row a joint and empty fields where nothing was seen")
    func table() {
        var pose = Pose(topology: .common16, worldPoints: Array(repeating: nil, count: 16))
        pose.worldPoints[2] = [1, 2, 3]
        let frame = SkeletonFrame(
            camera: "a", index: 7, presentationTime: .milliseconds(250), people: [.init(track: TrackID(4), pose: pose)])
        let rows = SkeletonTable.rows(of: frame).split(separator: "\n")
        #expect(rows.count == 16)
        #expect(rows[0] == "7,0.25,4,pelvis,,,,,,," && rows[2] == "7,0.25,4,neck,,,,,1.0,2.0,3.0")
        let fields = SkeletonTable.heading.split(separator: ",").count
        #expect(rows.allSatisfy { $0.split(separator: ",", omittingEmptySubsequences: false).count == fields })
    }

    @Test("an archive's arrays lie in it as they are, aligned, with a directory that counts them")
    func archive() {
        let pose = Pose(topology: .common16, worldPoints: Array(repeating: [1, 2, 3], count: 16))
        let bytes = NumPyArchive([(.zero, pose), (.seconds(1), pose)], topology: .common16).bytes
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("'shape': (2, 16, 3,)") && text.contains("world.npy") && !text.contains("image.npy"))
        #expect(Array(bytes[(bytes.count - 12)..<(bytes.count - 10)]) == [4, 0])
    }
}
