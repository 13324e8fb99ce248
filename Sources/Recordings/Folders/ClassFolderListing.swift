import Files
import Foundation

/// Lists one folder per class with a file or folder of skeletons or a video per clip, and long recordings with their
/// segments.
struct ClassFolderListing {
    private(set) var clips: [RecordedClip] = []
    /// What lies in class folders and is neither a file of skeletons nor a video.
    private(set) var others: [String] = []
    private(set) var streams: [RecordedStream] = []
    /// What is likely to be a slip, one sentence each.
    private(set) var remarks: [String] = []
    /// The rows of `subjects.csv`, by clip.
    private var subjects: [String: [String: String]] = [:]

    init(folder: URL) throws(RecordingsError) {
        let subjectsFile = folder.appending(path: "subjects.csv").path
        if FileManager.default.fileExists(atPath: subjectsFile) {
            let table = try CSVTable(path: subjectsFile)
            let clip = try table.column("clip")
            _ = try table.column("subject")
            for row in table.rows.indices {
                subjects[Self.withoutExtension(table.rows[row][clip])] = table.attributes(row: row)
            }
        }
        for label in try Self.contents(of: folder) {
            let classFolder = folder.appending(path: label)
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: classFolder.path, isDirectory: &isFolder), isFolder.boolValue
            else { continue }
            let before = clips.count
            // Files that are a frame each are one clip together.
            if SkeletonReader.format(of: classFolder.path) != nil {
                add(label, label, classFolder)
            } else {
                try addClips(in: classFolder, label)
            }
            if clips.count == before { remarks.append("the folder '\(label)' holds no recordings, so it is no class") }
        }
        let segmentsFile = folder.appending(path: "segments.csv").path
        if FileManager.default.fileExists(atPath: segmentsFile) {
            streams = try streams(of: CSVTable(path: segmentsFile), folder: folder)
        }
        remarkOnSubjects()
    }

    /// Adds each file and folder that is a clip of a class.
    private mutating func addClips(in classFolder: URL, _ label: String) throws(RecordingsError) {
        let files = try Self.contents(of: classFolder)
        for file in files {
            let place = classFolder.appending(path: file)
            if RecordedVideo.isNamed(file), RegularFile.isAt(place.path) {
                // Skeletons beside a video of the same name are those of that video.
                let skeletons = files.filter { $0 != file && Self.withoutExtension($0) == Self.withoutExtension(file) }
                if skeletons.contains(where: { isRecording(classFolder.appending(path: $0)) }) { continue }
                add(file, label, place)
            } else if isRecording(place) {
                add(file, label, place)
            } else {
                others.append(label + "/" + file)
            }
        }
    }

    /// Whether a file or folder is one of skeletons, in any form that is read; Laban's own are known by their names.
    private func isRecording(_ place: URL) -> Bool {
        if RecordedVideo.isNamed(place.lastPathComponent) { return false }
        if place.pathExtension == "jsonl" { return RegularFile.isAt(place.path) }
        return SkeletonReader.format(of: place.path) != nil
    }

    private mutating func add(_ file: String, _ label: String, _ place: URL) {
        let name = label + "/" + Self.withoutExtension(file)
        clips.append(
            RecordedClip(
                name: name, label: label, subject: subject(of: name), attributes: row(of: name) ?? [:],
                file: place.path))
    }

    /// Says whom `subjects.csv` names in vain, and whom it forgets.
    private mutating func remarkOnSubjects() {
        guard !subjects.isEmpty else { return }
        let names = clips.map(\.name) + streams.map(\.name)
        let known = Set(names + names.compactMap { $0.split(separator: "/").last.map(String.init) })
        let strangers = subjects.keys.filter { !known.contains($0) }.sorted()
        if let first = strangers.first {
            remarks.append("subjects.csv names what is not there: \(Self.some(strangers.count, like: first))")
        }
        let forgotten = names.filter { subject(of: $0) == nil }
        if let first = forgotten.first {
            remarks.append("subjects.csv does not say who is in \(Self.some(forgotten.count, like: first))")
        }
    }

    private func streams(of table: CSVTable, folder: URL) throws(RecordingsError) -> [RecordedStream] {
        let file = try table.column("file")
        let label = try table.column("label")
        let start = try table.column("start_us")
        let end = try table.column("end_us")
        var segments: [String: [RecordedSegment]] = [:]
        for row in table.rows.indices {
            let name = table.rows[row][file]
            guard !name.isEmpty, !name.hasPrefix("/"), !name.split(separator: "/").contains("..") else {
                throw RecordingsError(
                    file: table.file, line: table.lines[row],
                    message: "expected a file within the folder, found '\(name)'")
            }
            let from = try table.integer(row: row, column: start)
            let to = try table.integer(row: row, column: end)
            guard from >= 0 else {
                throw RecordingsError(
                    file: table.file, line: table.lines[row], message: "expected start_us from 0, found \(from)")
            }
            guard from <= to else {
                throw RecordingsError(
                    file: table.file, line: table.lines[row],
                    message: "expected end_us at or after start_us \(from), found \(to)")
            }
            segments[name, default: []].append(
                RecordedSegment(
                    label: table.rows[row][label], start: .microseconds(from), end: .microseconds(to)))
        }
        return segments.keys.sorted().map { name in
            RecordedStream(
                name: Self.withoutExtension(name), subject: subject(of: Self.withoutExtension(name)),
                segments: segments[name, default: []].sorted { $0.start < $1.start },
                file: folder.appending(path: name).path)
        }
    }

    private func subject(of name: String) -> String? {
        row(of: name)?["subject"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Clips are named `class/clip` or, where that is enough, by their file name alone.
    private func row(of name: String) -> [String: String]? {
        subjects[name] ?? name.split(separator: "/").last.flatMap { subjects[String($0)] }
    }

    private static let skeletonEndings = [
        ".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".txt", ".skeleton", ".pbtxt", ".prototxt",
    ]

    private static func withoutExtension(_ name: String) -> String {
        if RecordedVideo.isNamed(name) { return RecordedVideo.withoutExtension(name) }
        let ending = skeletonEndings.first { name.lowercased().hasSuffix($0) && name.utf8.count > $0.utf8.count }
        return ending.map { String(name.dropLast($0.count)) } ?? name
    }

    private static func some(_ count: Int, like first: String) -> String {
        count == 1 ? "'\(first)'" : "\(count) clips such as '\(first)'"
    }

    private static func contents(of folder: URL) throws(RecordingsError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder.path)
                .filter { !$0.hasPrefix(".") }.sorted()
        } catch {
            throw RecordingsError(
                file: folder.path,
                message: "expected a folder that can be listed, found "
                    + (RegularFile.isAt(folder.path) ? "a file" : "none"))
        }
    }
}
