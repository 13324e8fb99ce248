import Files
import Foundation
import JSONLines
import Recordings
import Skeleton
import TestSupport
import Testing

@Suite struct SkeletonFileTests {
    private func randomFrame(_ index: Int, _ generator: inout SeededGenerator) -> SkeletonFrame {
        let topology = SkeletonTopology.known[index % SkeletonTopology.known.count]
        func number() -> Float { Float(Int.random(in: -30_000...30_000, using: &generator)) / 10_000 }
        let people = (0..<index % 4).map { place in
            let kinds = (index + place) % 3
            return TrackedPose(
                track: TrackID(place + 3),
                pose: Pose(
                    topology: topology,
                    keypoints: kinds == 0
                        ? []
                        : (0..<topology.count).map { joint in
                            joint % 5 == 4
                                ? nil
                                : Keypoint(
                                    x: number(), y: number(), z: number(), visibility: number(), presence: number())
                        },
                    worldPoints: kinds == 1
                        ? []
                        : (0..<topology.count).map { joint in
                            joint % 7 == 3 ? nil : SIMD3(number(), number(), number())
                        },
                    score: number(),
                    hands: HandPose.Side.allCases.prefix((index + place) % 3).map { side in
                        HandPose(
                            side: side, score: number(),
                            imagePoints: (0..<21).map { _ in SIMD3(number(), number(), number()) },
                            worldPoints: index % 2 == 0 ? [] : (0..<21).map { _ in SIMD3(number(), number(), number()) }
                        )
                    },
                    evidence: place == 2
                        ? []
                        : (0..<topology.count).map { _ in JointEvidence.allCases.randomElement(using: &generator)! },
                    implausibleJoints: place == 1 ? [0, topology.count - 1] : []))
        }
        return SkeletonFrame(
            camera: "gym \"1\"\n\u{1}é", index: index, presentationTime: .microseconds(index * 33_333),
            aspectRatio: index % 2 == 0 ? nil : 1.7778, people: people)
    }

    @Test("frames with 4 decimals come back exactly")
    func roundTrip() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.jsonl").path
        var generator = SeededGenerator(seed: 1)
        let frames = (0..<200).map { randomFrame($0, &generator) }
        let writer = try SkeletonFileWriter(path: path)
        for frame in frames { try writer.append(frame) }
        try writer.finish()
        #expect(try SkeletonFileReader.frames(of: path) == frames)
    }

    @Test("a line has the agreed keys in the agreed order")
    func format() throws {
        let pose = Pose(
            topology: .common16, keypoints: [Keypoint(x: 0.123456, y: 0.5)] + Array(repeating: nil, count: 15),
            worldPoints: [SIMD3(-0.00001, 1, -2.5)] + Array(repeating: nil, count: 15), score: 0.98)
        let frame = SkeletonFrame(
            camera: "gym", index: 12, presentationTime: .milliseconds(400), aspectRatio: 1.5,
            people: [TrackedPose(track: TrackID(1), pose: pose)])
        var line = JSONWriter()
        SkeletonLine.encode(frame, into: &line)
        let nulls = String(repeating: ",null", count: 15)
        #expect(
            String(decoding: line.bytes, as: UTF8.self)
                == "{\"v\":1,\"type\":\"laban.skeleton\",\"camera\":\"gym\",\"frame\":12,\"pts_us\":400000,"
                + "\"aspect\":1.5,\"topology\":\"common16\",\"people\":[{\"track\":1,\"score\":0.98,"
                + "\"image\":[[0.1235,0.5,0,1,1]\(nulls)],\"world\":[[0,1,-2.5]\(nulls)]}]}")
    }

    @Test("hands stand with their person, and only there; one that is not finite is left out")
    func handFormat() throws {
        let rest = [SIMD3<Float>](repeating: .zero, count: 20)
        let points = [SIMD3<Float>(0.5, 0.25, -0.1)] + rest
        let lost = HandPose(side: .left, imagePoints: [SIMD3<Float>(.nan, 0, 0)] + rest)
        let hand = HandPose(side: .right, score: 0.98, imagePoints: points, worldPoints: points)
        let frame = SkeletonFrame(
            camera: "gym", index: 1, presentationTime: .zero,
            people: [TrackedPose(track: TrackID(1), pose: Pose(topology: .blazePose33, hands: [lost, hand]))])
        var line = JSONWriter()
        SkeletonLine.encode(frame, into: &line)
        let places = "[[0.5,0.25,-0.1]" + String(repeating: ",[0,0,0]", count: 20) + "]"
        let text = String(decoding: line.bytes, as: UTF8.self)
        #expect(
            text.hasSuffix(
                "\"people\":[{\"track\":1,\"score\":1,\"hands\":[{\"side\":\"right\",\"score\":0.98,"
                    + "\"image\":\(places),\"world\":\(places)}]}]}"), "\(text)")
        #expect(try decode(text).people[0].pose.hands == [hand])
    }

    @Test("keys come in any order, unknown ones are ignored and short points are filled up")
    func lenient() throws {
        let nulls = String(repeating: ",null", count: 15)
        let frame = try decode(
            "{\"people\":[{\"world\":null,\"extra\":{\"a\":[1,{\"b\":\"}\"}]},\"image\":[[0.5,2.5e-1]\(nulls)]}],"
                + "\"later\":true,\"pts_us\":5,\"topology\":\"common16\",\"frame\":3,\"type\":\"laban.skeleton\",\"v\":1}"
        )
        #expect(frame.people[0].track == TrackID(1))
        #expect(frame.people[0].pose.keypoints[0] == Keypoint(x: 0.5, y: 0.25))
        #expect(frame.people[0].pose.worldPoints.isEmpty)
        #expect(frame.camera.isEmpty)
    }

    @Test(
        "a fault names file, line, what was expected and what was found",
        arguments: [
            (#"{"v":2}"#, "expected version 1, found '2}' at byte 6"),
            (#"{"type":"laban.action"}"#, "expected type \"laban.skeleton\""),
            (#"{"topology":"kinect9"}"#, "expected a topology (blazepose33,"),
            (#"{"v":1,"type":"laban.skeleton","pts_us":1,"people":[]}"#, "expected key \"frame\""),
            (
                #"{"v":1,"type":"laban.skeleton","frame":1,"pts_us":1,"topology":"coco17","people":[{"image":[null]}]}"#,
                "expected 17 image joints of coco17, found 1"
            ),
            (#"{"frame":1.5}"#, "expected a whole number"),
            (#"{"people":[{"world":[[1,2]]}]}"#, "expected 3 numbers a world point"),
            (#"{"people":[{"image":[[1,2,3,4,5,6]]}]}"#, "expected at most 5 numbers a joint"),
            (#"{"people":[{"hands":[{"side":"middle"}]}]}"#, "expected side \"left\" or \"right\""),
            (#"{"people":[{"hands":[{"score":1}]}]}"#, "expected key \"side\""),
            (
                #"{"people":[{"hands":[{"side":"left","image":[[1,2,3]]}]}]}"#,
                "expected 21 image points of a hand, found 1"
            ),
            (#"{"people":[{"hands":[{"world":[null]}]}]}"#, "expected 3 numbers a point of a hand"),
            (#"{"people":[{"score":1e999}]}"#, "expected a number in range"),
            (#"{"camera":"gym"#, "expected the end of a string, found the end of the line"),
            ("[]", "expected an object, found '[]'"),
        ])
    func faults(line: String, says message: String) {
        let error = #expect(throws: RecordingsError.self) { try decode(line) }
        #expect(error?.description.hasPrefix("walk.jsonl:7: ") == true)
        #expect(error?.description.contains(message) == true, "\(String(describing: error))")
    }

    @Test("after a bad line reading goes on with the next, and a last line needs no line end")
    func recovers() throws {
        let folder = try TemporaryFolder()
        func good(_ time: Int) -> String {
            #"{"v":1,"type":"laban.skeleton","frame":4,"pts_us":\#(time),"people":[]}"#
        }
        try Data("\(good(7))\n\n{\"v\":\r\n\(good(8))\r\n\(good(9))".utf8).write(to: folder.file("a.jsonl"))
        let reader = try SkeletonFileReader(path: folder.file("a.jsonl").path)
        #expect(try reader.next()?.index == 4)
        let error = #expect(throws: RecordingsError.self) { try reader.next() }
        #expect(error?.line == 3)
        #expect(try reader.next()?.presentationTime == .microseconds(8))
        #expect(try reader.next()?.presentationTime == .microseconds(9))
        #expect(try reader.next() == nil)
    }

    @Test("a time that is not later than the one before is an error at its line", arguments: [100, 99, -5])
    func backwardTime(time: Int) throws {
        let folder = try TemporaryFolder()
        let lines = [-7, 100, time, 101].map {
            #"{"v":1,"type":"laban.skeleton","frame":4,"pts_us":\#($0),"people":[]}"#
        }
        try Data(lines.joined(separator: "\n").utf8).write(to: folder.file("a.jsonl"))
        let reader = try SkeletonFileReader(path: folder.file("a.jsonl").path)
        #expect(try reader.next() != nil)
        #expect(try reader.next() != nil)
        let error = #expect(throws: RecordingsError.self) { try reader.next() }
        #expect(error?.line == 3)
        #expect(error?.message == "expected a time later than 100 µs, found \(time) µs")
        #expect(try reader.next()?.presentationTime == .microseconds(101))
    }

    @Test("lines longer than the buffer come whole")
    func longLines() throws {
        let folder = try TemporaryFolder()
        let padding = String(repeating: "x", count: 700_000)
        let line = #"{"v":1,"type":"laban.skeleton","frame":4,"pts_us":9,"people":[],"note":"\#(padding)"}"#
        let later = line.replacing("\"pts_us\":9", with: "\"pts_us\":10")
        try Data("\(line)\n\(later)\n".utf8).write(to: folder.file("a.jsonl"))
        #expect(try SkeletonFileReader.frames(of: folder.file("a.jsonl").path).map(\.index) == [4, 4])
    }

    @Test("a missing file is named")
    func missing() throws {
        let error = #expect(throws: RecordingsError.self) { try SkeletonFileReader(path: "no/such.jsonl") }
        #expect(error?.description == "no/such.jsonl: cannot be opened: No such file or directory")
    }

    @Test("people of different topologies in one frame are refused")
    func mixedTopologies() throws {
        let folder = try TemporaryFolder()
        let writer = try SkeletonFileWriter(path: folder.file("a.jsonl").path)
        let frame = SkeletonFrame(
            camera: "a", index: 0, presentationTime: .zero,
            people: [
                TrackedPose(track: TrackID(1), pose: Pose(topology: .coco17)),
                TrackedPose(track: TrackID(2), pose: Pose(topology: .kinect20)),
            ])
        #expect(throws: RecordingsError.self) { try writer.append(frame) }
    }

    @Test("3,000 mutated lines end in a frame or an error")
    func mutated() throws {
        var generator = SeededGenerator(seed: 7)
        let lines = (1..<12).map { index in
            var line = JSONWriter()
            SkeletonLine.encode(randomFrame(index, &generator), into: &line)
            return line.bytes
        }
        var refused = 0
        for round in 0..<3_000 {
            let line = lines[round % lines.count].mutated(using: &generator)
            do {
                let frame = try SkeletonLine.decode(line, in: 0..<line.count, file: "m", number: round)
                var again = JSONWriter()
                SkeletonLine.encode(frame, into: &again)
            } catch {
                refused += 1
            }
        }
        #expect(refused > 1_000)
        let nested = [UInt8]("{\"a\":".utf8) + [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
        #expect(throws: RecordingsError.self) {
            try SkeletonLine.decode(nested, in: 0..<nested.count, file: "m", number: 1)
        }
    }

    @discardableResult
    private func decode(_ line: String) throws -> SkeletonFrame {
        let bytes = [UInt8](line.utf8)
        return try SkeletonLine.decode(bytes, in: 0..<bytes.count, file: "walk.jsonl", number: 7)
    }
}
