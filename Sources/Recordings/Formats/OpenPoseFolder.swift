import Foundation

/// A folder of `NAME_000000000012_keypoints.json`, one file a frame. A frame whose file is damaged is left out, unless
/// all are.
final class OpenPoseFolder: KeypointSource {
    private let files: [(path: String, number: Int?)]
    private var position = 0
    private var frames = 0
    private var damaged: [RecordingsError] = []

    let units = [KeypointUnit.pixels, .fractions, .signedFractions]
    static let suffix = "_keypoints.json"

    init(_ folder: String) throws(RecordingsError) {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw RecordingsError(file: folder, message: "cannot be listed as a folder")
        }
        let place = URL(filePath: folder, directoryHint: .isDirectory)
        var recording: String?
        var files: [(path: String, number: Int?)] = []
        for name in names.filter({ $0.hasSuffix(Self.suffix) && !$0.hasPrefix(".") }).sorted() {
            let (prefix, number) = FrameNumber.split(String(name.dropLast(Self.suffix.count)))
            if let recording, number != nil, prefix != recording {
                throw RecordingsError(
                    file: folder,
                    message: "expected the files of one recording, found '\(recording)…' and '\(prefix)…'")
            }
            if number != nil { recording = prefix }
            files.append((place.appending(path: name).path(percentEncoded: false), number))
        }
        guard !files.isEmpty else {
            throw RecordingsError(
                file: folder, message: "expected files NAME_000000000000\(Self.suffix) in the folder, found none")
        }
        self.files =
            files.allSatisfy { $0.number != nil } ? files.sorted { ($0.number ?? 0) < ($1.number ?? 0) } : files
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
                let frame = try Self.frame(path, number: number)
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

    private static func frame(_ path: String, number: Int?) throws(RecordingsError) -> KeypointFrame {
        try RegularFile.require(path)
        let records = try JSONRecords(path: path, container: .values)
        guard let record = try records.next() else {
            throw RecordingsError(file: path, line: 1, message: "expected an object, found an empty file")
        }
        return try OpenPoseFrame.read(record, number: number)
    }
}
