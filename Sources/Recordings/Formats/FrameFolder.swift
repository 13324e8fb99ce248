import Files
import Foundation
import Skeleton

/// A folder with a file a frame: OpenPose's `NAME_000000000012_keypoints.json`, or files named for their pictures in any
/// form that has one frame a file. A frame whose file is damaged is left out, unless all are.
final class FrameFolder: KeypointSource {
    private let files: [(path: String, number: Int?)]
    private let kind: RecognisedSkeletons
    private var position = 0
    private var frames = 0
    private var damaged: [RecordingsError] = []

    let topology: SkeletonTopology?
    let units: [KeypointUnit]
    let namesPictures: Bool
    let forgivesFrames = true
    static let openPoseSuffix = "_keypoints.json"
    private static let suffixes = [
        openPoseSuffix, ".predictions.json", ".json", ".txt", ".pbtxt", ".prototxt",
    ]

    /// - Parameter kind: the form of each file.
    init(_ folder: String, kind: RecognisedSkeletons) throws(RecordingsError) {
        let place = URL(filePath: folder, directoryHint: .isDirectory)
        let suffix = kind.suffix
        var recordings: Set<String> = []
        var files: [(path: String, number: Int?)] = []
        for name in try Self.names(in: folder) where name.hasSuffix(suffix) {
            let (prefix, number) = FrameNumber.split(String(name.dropLast(suffix.count)))
            if number != nil { recordings.insert(prefix) }
            files.append((place.appending(path: name).path(percentEncoded: false), number))
        }
        let sorted = recordings.sorted()
        if kind.format == .openPose, sorted.count > 1 {
            throw RecordingsError(
                file: folder, message: "expected the files of one recording, found '\(sorted[0])…' and '\(sorted[1])…'")
        }
        guard !files.isEmpty else {
            throw RecordingsError(
                file: folder,
                message: "expected files NAME_000000000000\(Self.openPoseSuffix) in the folder, found none")
        }
        // Numbers of several recordings say nothing of an order.
        let isOne = sorted.count <= 1
        self.files = files.map { ($0.path, isOne ? $0.number : nil) }
        self.kind = kind
        topology = kind.format == .mediaPipe ? .blazePose33 : nil
        units =
            kind.format == .mediaPipe
            ? [.fractions] : kind.variant == .text ? [.fractions] : FrameJSON.units(of: kind.format)
        namesPictures = kind.format != .openPose
    }

    /// The form of the files of a folder in which each is a frame; nil when they are none.
    static func kind(of folder: String) -> RecognisedSkeletons? {
        guard let names = try? names(in: folder) else { return nil }
        if names.contains(where: { $0.hasSuffix(openPoseSuffix) }) {
            return RecognisedSkeletons(format: .openPose, variant: .json, suffix: openPoseSuffix)
        }
        let place = URL(filePath: folder, directoryHint: .isDirectory)
        for suffix in suffixes.dropFirst() {
            // A few files may be damaged, or show nobody.
            for name in names.filter({ $0.hasSuffix(suffix) }).prefix(20) {
                let path = place.appending(path: name).path(percentEncoded: false)
                guard RegularFile.isAt(path), var found = RecognisedSkeletons(path: path) else { continue }
                guard found.isOneFrame(path) else { return nil }
                found.suffix = suffix
                return found
            }
        }
        return nil
    }

    /// Names in a folder, in the order of their numbers, hidden ones left out.
    static func names(in folder: String) throws(RecordingsError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).filter { !$0.hasPrefix(".") }
                .sorted { $0.isBefore($1) }
        } catch {
            throw RecordingsError(file: folder, message: "cannot be listed as a folder")
        }
    }

    var notes: [String] {
        guard let first = damaged.first, frames > 0 else { return [] }
        return ["\(damaged.count) damaged \(damaged.count == 1 ? "frame" : "frames") left out, the first \(first)"]
    }

    func next() throws(RecordingsError) -> KeypointFrame? {
        while position < files.count {
            let (path, number) = files[position]
            position += 1
            do {
                var frame = try frame(path)
                // Pictures are named for themselves only where no number puts them in order.
                frame.image = number == nil ? .name(URL(filePath: path).lastPathComponent) : nil
                if let number { frame.number = number }
                frames += 1
                return frame
            } catch {
                damaged.append(error)
            }
        }
        if frames == 0, let first = damaged.first {
            damaged = []
            throw first
        }
        return nil
    }

    private func frame(_ path: String) throws(RecordingsError) -> KeypointFrame {
        try reading { () throws(FileError) in try RegularFile.require(path) }
        if kind.variant == .text {
            let source: any KeypointSource =
                kind.format == .mediaPipe ? MediaPipeText(path: path) : YOLOText(path: path)
            return try source.next() ?? KeypointFrame(people: [], place: RecordPlace(file: path))
        }
        let records = try JSONRecords(path: path, container: .values)
        guard let record = try records.next() else {
            throw RecordingsError(file: path, line: 1, message: "expected an object, found an empty file")
        }
        if kind.format == .mediaPipe { return try MediaPipeJSON.frame(record) }
        if kind.format == .openPose, record.firstByte == UInt8(ascii: "[") {
            throw record.error("expected an object, found an array")
        }
        return try FrameJSON.read(record, format: kind.format).frame(of: record)
    }
}

extension String {
    /// Whether a name comes before another with numbers in it put in order by value: `a2` before `a10`.
    func isBefore(_ other: String) -> Bool {
        var (a, b) = (self[...], other[...])
        while let x = a.first, let y = b.first {
            let (first, second) = (a.prefix(while: \.isDigit), b.prefix(while: \.isDigit))
            if !first.isEmpty, !second.isEmpty {
                let (short, long) = (first.drop { $0 == "0" }, second.drop { $0 == "0" })
                if short.count != long.count { return short.count < long.count }
                if short != long { return short < long }
                a = a.dropFirst(first.count)
                b = b.dropFirst(second.count)
            } else if x != y {
                return x < y
            } else {
                a = a.dropFirst()
                b = b.dropFirst()
            }
        }
        return a.isEmpty && b.isEmpty ? self < other : a.isEmpty
    }
}

extension Character {
    fileprivate var isDigit: Bool { isASCII && isNumber }
}
