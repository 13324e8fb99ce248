import Foundation
import Recordings
import Skeleton
import TestSupport
import Testing

/// Tables of landmarks, whatever their headings are.
@Suite struct LandmarkTableTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let names = SkeletonTopology.blazePose33.jointNames.map { name in
        name.map { $0.isUppercase ? "_" + $0.lowercased() : String($0) }.joined()
    }

    /// A table of two frames; `heading` names the column of a joint's axis.
    private func table(axes: [String], separator: String = ",", _ heading: (_ joint: Int, _ axis: String) -> String)
        throws -> String
    {
        let headings = (0..<33).flatMap { joint in axes.map { heading(joint, $0) } }
        let rows = (0..<2).map { frame in
            (0..<33).flatMap { joint in
                let place = StreamFixtures.place(frame: frame, person: 0, joint: joint) / SIMD2(640, 480)
                return axes.map {
                    ["x": "\(place.x)", "y": "\(place.y)", "z": "-0.25", "presence": "0.5"][$0] ?? "0.9"
                }
            }
        }
        let lines = ([["frame"] + headings] + rows.enumerated().map { ["\($0)"] + $1 }).map {
            $0.joined(separator: separator)
        }
        return try StreamFixtures.file(folder, lines.joined(separator: "\r\n"), name: "t.csv")
    }

    @Test(
        "headings with a number or a name before or behind the axis are read, with their axes in any order",
        arguments: 0..<10)
    func headings(index: Int) throws {
        let names = Self.names
        let heading: (Int, String) -> String =
            [
                { "\($1)\($0)" }, { "\($1)_\($0)" }, { "\($1)\($0 + 1)" }, { "\(names[$0])_\($1)" },
                { "\(names[$0]).\($1)" },
                { "\(names[$0].uppercased())_\($1)" }, { "landmark_\($0)_\($1)" }, { "\($1)_\(names[$0])" },
                { "\($0)_\($1)" },
                { "pose_\($0)_\($1.uppercased())" },
            ][index]
        for (axes, separator) in [
            (["x", "y"], ","), (["visibility", "z", "y", "x", "presence"], ";"), (["x", "y", "z", "v"], "\t"),
        ] {
            let path = try table(axes: axes, separator: separator, heading)
            #expect(SkeletonReader.format(of: path) == .mediaPipe)
            let frames = try StreamFixtures.frames(path)
            #expect(frames.map(\.index) == [0, 1])
            let pose = try #require(frames[1].people.first?.pose)
            #expect(pose.topology == .blazePose33)
            for joint in 0..<33 {
                let place = StreamFixtures.place(frame: 1, person: 0, joint: joint) / SIMD2(640, 480)
                let keypoint = Keypoint(
                    x: place.x, y: place.y, z: axes.contains("z") ? -0.25 : 0, visibility: axes.count > 2 ? 0.9 : 1,
                    presence: axes.contains("presence") ? 0.5 : 1)
                #expect(pose.keypoints[joint] == keypoint)
            }
        }
    }

    @Test("a line a landmark, several people a frame, and fields left empty are read")
    func shapes() throws {
        let long =
            ["frame,person,landmark,x,y"]
            + (0..<2).flatMap { frame in
                (3...4).flatMap { person in
                    (0..<33).map {
                        "\(frame),\(person),\(person == 3 ? Self.names[$0].uppercased() : "\($0)"),0.\(10 + $0),0.5"
                    }
                }
            }
        let frames = try StreamFixtures.frames(
            StreamFixtures.file(folder, long.joined(separator: "\n"), name: "long.csv"))
        #expect(frames.map { $0.people.map(\.track.value) } == [[3, 4], [3, 4]])
        #expect(
            frames.allSatisfy {
                $0.people.allSatisfy { $0.pose.topology == .blazePose33 && $0.pose.keypoints[5]?.x == 0.15 }
            })
        let empty = StreamFixtures.mediaPipeTable.replacing("squat,", with: "nan,")
            .replacing(#/nan,[0-9.]+,/#, with: "nan,,")
        let seen = try StreamFixtures.frames(StreamFixtures.file(folder, empty, name: "empty.csv"))
        #expect(
            seen.count == 3
                && seen.allSatisfy { $0.people[0].pose.keypoints[0] == nil && $0.people[0].pose.keypoints[1] != nil })
    }

    @Test("a table of other things is told which columns are expected")
    func expected() throws {
        let path = try StreamFixtures.file(folder, "time,left,right\n1,2,3\n", name: "t.csv")
        let error = #expect(throws: RecordingsError.self) { try SkeletonReader.open(path: path) }
        #expect(
            error?.message.contains("'time,left,right' and lacks columns x0, y0") == true,
            "\(String(describing: error))")
    }

    @Test("1,000 mutated tables and pictures of YOLO are read or refused")
    func mutated() throws {
        var generator = SeededGenerator(seed: 8)
        let texts = [
            StreamFixtures.mediaPipeTable, ProgramFixtures.yolo(0), "frame,landmark,x,y\n0,1,0.5,0.5\n0,2,0.5,0.5\n",
            try String(contentsOfFile: table(axes: ["x", "y", "z"]) { "\(Self.names[$0])_\($1)" }, encoding: .utf8),
        ]
        for round in 0..<1_000 {
            let bytes = [UInt8](texts[round % texts.count].utf8).mutated(using: &generator)
            let path = folder.file("m").path
            unlink(path)
            // Foundation waits for the disk after every file.
            let file = try #require(fopen(path, "w"))
            #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
            fclose(file)
            let format: SkeletonFormat = round % texts.count == 1 ? .ultralytics : .mediaPipe
            guard
                let reader = try? SkeletonReader.open(
                    path: path, options: SkeletonReadingOptions(format: round % 2 == 0 ? nil : format))
            else { continue }
            while (try? reader.next()) ?? nil != nil {}
        }
    }
}
