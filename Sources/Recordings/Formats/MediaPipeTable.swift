import Foundation
import Skeleton

/// Pose landmarks as comma-separated values, one line a frame: columns x0, y0, z0 … x32, or x1 … x33; v0 or
/// visibility0 where there; times in `timestamp_ms`, numbers in `frame`.
final class MediaPipeTable: KeypointSource {
    let topology: SkeletonTopology? = .blazePose33
    let units = [KeypointUnit.pixels, .fractions]
    private let lines: LineReader
    private let columns: Columns

    /// Where the values of a line are.
    private struct Columns {
        let count: Int
        /// x, y, z and visibility of each landmark; the latter two may be missing.
        let landmarks: [[Int?]]
        let time: Int?
        let number: Int?

        init?(_ names: [Substring]) {
            let places = Dictionary(zip(names.map { $0.lowercased() }, names.indices), uniquingKeysWith: { a, _ in a })
            let first = places["x0"] != nil ? 0 : 1
            var landmarks: [[Int?]] = []
            for landmark in first..<first + 33 {
                guard let x = places["x\(landmark)"], let y = places["y\(landmark)"] else { return nil }
                let visibility = ["v", "visibility", "vis"].lazy.compactMap { places["\($0)\(landmark)"] }.first
                landmarks.append([x, y, places["z\(landmark)"], visibility])
            }
            count = names.count
            self.landmarks = landmarks
            time = places["timestamp_ms"]
            number = places["frame"] ?? places["frame_index"]
        }
    }

    /// Whether a heading names the columns of a pose.
    static func isHeading(_ line: String) -> Bool { Columns(fields(line)) != nil }

    init(path: String) throws(RecordingsError) {
        lines = try LineReader(path: path)
        guard let heading = try Self.text(lines), let columns = Columns(Self.fields(heading)) else {
            throw RecordingsError(
                file: path, line: 1, message: "expected columns x0, y0 … x32, y32 or x1, y1 … x33, y33")
        }
        self.columns = columns
    }

    func next() throws(RecordingsError) -> KeypointFrame? {
        while let line = try Self.text(lines) {
            if line.isEmpty { continue }
            let fields = Self.fields(line)
            guard fields.count == columns.count else {
                throw error("expected \(columns.count) fields, found \(fields.count)")
            }
            func number(_ column: Int) throws(RecordingsError) -> Double {
                guard let value = Double(fields[column]), value.isFinite, abs(value) < 1e15 else {
                    throw error("expected a number in column \(column + 1), found '\(fields[column])'")
                }
                return value
            }
            var points: [SIMD4<Float>] = []
            for places in columns.landmarks {
                var point = SIMD4<Float>(0, 0, 0, 1)
                for (axis, column) in places.enumerated() {
                    if let column { point[axis] = Float(try number(column)) }
                }
                point.w = max(KeypointPerson.leastConfidence, min(1, point.w))
                points.append(point)
            }
            let time = try columns.time.map { column throws(RecordingsError) in
                Duration.microseconds(Int64((try number(column) * 1e3).rounded()))
            }
            let index = try columns.number.map { column throws(RecordingsError) in try number(column) }
            return KeypointFrame(
                number: index.flatMap { Int(exactly: $0) }.flatMap { 0..<FrameNumber.limit ~= $0 ? $0 : nil },
                time: time, people: [KeypointPerson(points: points)], file: lines.file, line: lines.number)
        }
        return nil
    }

    private func error(_ message: String) -> RecordingsError {
        RecordingsError(file: lines.file, line: lines.number, message: message)
    }

    private static func text(_ lines: LineReader) throws(RecordingsError) -> String? {
        guard let range = try lines.next() else { return nil }
        let end = lines.buffer[range].last == 0x0D ? range.upperBound - 1 : range.upperBound
        return String(decoding: lines.buffer[range.lowerBound..<end], as: UTF8.self)
    }

    private static func fields(_ line: String) -> [Substring] {
        line.split(separator: ",", omittingEmptySubsequences: false)
    }
}
