import Recordings

/// Recordings as training and evaluation take them: videos watched, and what cannot be used named and left out.
enum UsableRecordings {
    /// Opens a folder; what is left out, and what is likely to be a slip, is said on standard error.
    ///
    /// - Parameters:
    ///   - people: who must be among the recordings, as some option says.
    ///   - byPerson: whether it must be known who is in them.
    /// - Throws: when that is not so, or nothing of a class can be used; `ExitCode` 1 when somebody asked
    ///   to stop.
    static func open(_ path: String, people: Set<String> = [], byPerson: Bool = false) throws -> RecordingsFolder {
        var folder = try RecordingsFolder(path)
        if let stranger = people.sorted().first(where: { !folder.subjects.contains($0) }) {
            let known = folder.subjects.joined(separator: ", ")
            throw RecordingsError(
                file: path,
                message: "no recordings of '\(stranger)'; "
                    + (known.isEmpty ? "nothing says who moves, such as a subjects.csv" : "there are \(known)"))
        }
        guard !byPerson || !folder.subjects.isEmpty else {
            throw RecordingsError(
                file: path, message: "expected a subjects.csv (clip, subject) that says who moves, found none")
        }
        for remark in folder.remarks { Terminal.standardError.write("Note: \(remark)\n") }
        if let first = folder.others.first {
            let count = folder.others.count
            leaveOut("\(count == 1 ? first : "\(count) files such as \(first)"), neither skeletons nor video")
        }
        let labels = Self.labels(of: folder)
        let videos = folder.videos
        if !videos.isEmpty { folder.replaceVideos(bySkeletons: try VideoSkeletons(folder: path).make(of: videos)) }
        for (name, reason) in folder.leaveOutDamaged() { leaveOut("\(name): \(reason)") }
        for (note, count) in folder.derived.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            let what = count == 1 ? "1 recording" : "\(count) recordings"
            Terminal.standardError.write("Derived: \(Terminal.printable(note)) (\(what))\n")
        }
        let lost = labels.subtracting(Self.labels(of: folder)).sorted()
        guard lost.isEmpty else {
            throw RecordingsError(
                file: path,
                message: "expected recordings with people for every class, found none for "
                    + lost.joined(separator: ", "))
        }
        return folder
    }

    private static func leaveOut(_ what: String) {
        Terminal.standardError.write("Left out: \(what)\n")
    }

    private static func labels(of folder: RecordingsFolder) -> Set<String> {
        Set(folder.labels + folder.streams.flatMap { $0.segments.map(\.label) })
    }
}
