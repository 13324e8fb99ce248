import Foundation
import Recordings
import Skeleton
import TestSupport
import Testing

/// Times that files state are believed or said to be passed over.
@Suite struct StatedTimeTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func json(_ field: String, _ times: [String]) throws -> String {
        let frames = times.enumerated().map { index, time in
            "{\"\(field)\":\(time),\"pose_landmarks\":\(StreamFixtures.landmarks(frame: index))}"
        }
        return try StreamFixtures.file(folder, frames.joined(separator: ",").bracketed, name: "t.json")
    }

    private func table(_ field: String, _ times: [String]) throws -> String {
        let rows = StreamFixtures.mediaPipeTable.split(whereSeparator: \.isNewline)
        let heading = rows[0].replacing("class,", with: "\(field),")
        let lines = times.enumerated().map { rows[1 + $0 % 3].replacing("squat,", with: "\($1),") }
        return try StreamFixtures.file(folder, ([heading] + lines).joined(separator: "\n"), name: "t.csv")
    }

    private func times(_ path: String) throws -> [Int64] {
        try StreamFixtures.frames(path).map(\.presentationTime.inMicroseconds)
    }

    @Test(
        "a time is read in the unit of its name, else of its steps",
        arguments: [
            ("timestamp_ms", ["100", "140", "180"]), ("timestampMs", ["100", "140", "180"]),
            ("time_ms", ["100", "140", "180"]),
            ("timestamp_us", ["100000", "140000", "180000"]),
            ("timestamp_ns", ["100000000", "140000000", "180000000"]),
            ("time_s", ["0.1", "0.14", "0.18"]), ("timestamp_s", ["0.1", "0.14", "0.18"]),
            ("timestamp", ["0.1", "0.14", "0.18"]),
            ("timestamp", ["100", "140", "180"]), ("time", ["100000", "140000", "180000"]),
            ("t", ["100000000", "140000000", "180000000"]), ("ts", ["0.1", "0.14", "0.18"]),
            ("pts", ["100", "140", "180"]),
            // Nobody films 25,000 pictures a second.
            ("timestamp_ms", ["0.1", "0.14", "0.18"]),
        ])
    func units(field: String, texts: [String]) throws {
        for path in [
            try json(field, texts), try table(field, texts), try table("\"\(field)\"", texts.map { "\"\($0)\"" }),
        ] {
            #expect(try times(path) == [100_000, 140_000, 180_000])
            let isInferred =
                !field.contains("_") && field != "timestampMs" || field == "timestamp_ms" && texts[0] == "0.1"
            let said = try SkeletonReader.open(path: path).derived.contains { $0.hasPrefix("\"\(field)\" taken for ") }
            #expect(said == isInferred)
        }
    }

    @Test(
        "dates of any unit count from the first frame and tell when it was recorded",
        arguments: [
            ("timestamp", ["1714559405.123", "1714559405.163"]), ("timestamp_ms", ["1714559405123", "1714559405163"]),
            ("timestamp", ["1714559405123", "1714559405163"]),
            ("timestamp_us", ["1714559405123000", "1714559405163000"]),
            ("time", ["1714559405123000", "1714559405163000"]), ("ts", ["1714559405123000000", "1714559405163000000"]),
            ("time", ["\"2024-05-01T10:30:05.123Z\"", "\"2024-05-01 12:30:05.163+02:00\""]),
            ("stamp", ["{\"sec\":1714559405,\"nanosec\":123000000}", "{\"sec\":1714559405,\"nanosec\":163000000}"]),
        ])
    func dates(field: String, texts: [String]) throws {
        var paths = [try json(field, texts)]
        if !texts[0].hasPrefix("{") { paths.append(try table(field, texts)) }
        for path in paths {
            let reader = try SkeletonReader.open(path: path)
            #expect(reader.recordedAt.map { abs($0.inMicroseconds - 1_714_559_405_123_000) < 300 } == true)
            #expect(reader.derived.contains { $0.hasSuffix("recorded 2024-05-01T10:30:05.123Z") }, "\(reader.derived)")
            let found = try times(path)
            #expect(found[0] == 0 && abs(found[1] - 40_000) < 2)
        }
    }

    @Test("Laban's own lines with dates for times count from the first one too")
    func ownDates() throws {
        let lines = [0, 40_000].map {
            "{\"v\":1,\"type\":\"laban.skeleton\",\"frame\":\($0 / 40_000),\"pts_us\":\(1_714_559_405_123_000 + $0),\"people\":[]}"
        }
        let path = try StreamFixtures.file(folder, lines.joined(separator: "\n"), name: "own.jsonl")
        #expect(try times(path) == [0, 40_000])
        #expect(try SkeletonReader.open(path: path).recordedAt == .microseconds(1_714_559_405_123_000))
    }

    @Test(
        "times that stand still, go back or begin anew are put right or passed over, and counted",
        arguments: [
            (["0", "0", "100", "100", "200"], [0, 50, 100, 150, 200], "2 frames with the time of the frame before"),
            (["0", "40", "40", "80"], [0, 40, 60, 80], "1 frame with the time of the frame before"),
            (["0", "40", "30", "80"], [0, 40, 80], "1 frame with a time not after"),
            (["0", "40", "2000", "2040", "0", "40"], [0, 40, 2000, 2040, 2080, 2120], "times begin anew once"),
        ])
    func disorder(texts: [String], expected: [Int], says: String) throws {
        let path = try json("timestamp_ms", texts)
        #expect(try times(path) == expected.map { Int64($0) * 1_000 })
        #expect(try SkeletonReader.open(path: path).derived.contains { $0.hasPrefix(says) })
    }

    @Test("--fps beside times, and times that only some frames have, are said")
    func contradictions() throws {
        let path = try json("timestamp_ms", ["0", "40"])
        let reader = try SkeletonReader.open(path: path, options: SkeletonReadingOptions(framesPerSecond: 10))
        #expect(reader.derived.contains("--fps 10 passed over, since the frames have times of their own"))
        let few = try SkeletonReader.open(path: try json("timestamp_ms", ["0", "null", "null"]))
        #expect(few.derived.contains("times of 1 of 3 frames passed over, since most have none"))
        for text in ["\"noon\"", "\"2024-06-31T10:00:00Z\"", "1e300", "\"nan\""] {
            let error = #expect(throws: RecordingsError.self) {
                try StreamFixtures.frames(try json("timestamp", [text, text]))
            }
            #expect(error?.message.hasPrefix("expected a time, found") == true, "\(text): \(String(describing: error))")
        }
    }

    @Test(
        "frames without a time among many that have one are put between them, and counted",
        arguments: [
            (["0", "null", "80"], [0, 40, 80]),
            (["0", "40", "null", "null", "160", "200"], [0, 40, 80, 120, 160, 200]),
            (["null", "40", "80", "120"], [0, 40, 80, 120]), (["0", "40", "80", "null"], [0, 40, 80, 120]),
        ])
    func gaps(texts: [String], expected: [Int]) throws {
        let path = try json("timestamp_ms", texts)
        #expect(try times(path) == expected.map { Int64($0) * 1_000 })
        let count = texts.count { $0 == "null" }
        let note = "\(count) of \(texts.count) frames have no time: put between the others"
        #expect(try SkeletonReader.open(path: path).derived.contains(note))
    }

    @Test("no number for a time can do harm: frames come in growing order, or none")
    func hostile() throws {
        var generator = SeededGenerator(seed: 11)
        let numbers = [
            "0", "-1", "1e18", "-1e18", "4.6e18", "9007199254740993", "1e-300", "1714559405", "946684800000", "33.3",
            "-0.0",
        ]
        for round in 0..<300 {
            let texts = (0..<6).map { _ in numbers.randomElement(using: &generator)! }
            let field = ["timestamp", "timestamp_s", "t_ns", "time_us"][round % 4]
            let found = try times(try json(field, texts))
            #expect(zip(found.dropFirst(), found).allSatisfy { $0 > $1 }, "\(field) \(texts): \(found)")
        }
    }
}
