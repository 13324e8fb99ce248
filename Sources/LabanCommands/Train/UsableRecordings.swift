import Recordings

/// Recordings as training and evaluation take them: videos watched, and what cannot be used named and left out.
enum UsableRecordings {
    /// Opens a folder; what is left out, and what is likely to be a slip, is said on standard error.
    ///
    /// - Parameters:
    ///   - people: who must be among the recordings, as some option says.
    ///   - byPerson: whether it must be known who is in them.
    ///   - meant: the labels that count; nil for all.
    /// - Throws: when that is not so, or nothing of a class can be used; `ExitCode` 1 when somebody asked
    ///   to stop.
    static func open(
        _ path: String, people: Set<String> = [], byPerson: Bool = false, meant: Set<String>? = nil
    ) throws -> RecordingsFolder {
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
            say("\(count == 1 ? first : "\(count) files such as \(first)"), neither skeletons nor video")
        }
        let labels = Self.labels(of: folder)
        let videos = folder.videos
        if !videos.isEmpty { folder.replaceVideos(bySkeletons: try VideoSkeletons(folder: path).make(of: videos)) }
        let count = folder.clips.count + folder.streams.count
        let damaged = ProgressBar.during("Looking through \(path)", total: count, unit: "recordings") {
            folder.leaveOutDamaged(progress: $0)
        }
        leaveOut(damaged.map { "\($0.name): \($0.reason)" })
        for (note, count) in folder.derived.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            let what = count == 1 ? "1 recording" : "\(count) recordings"
            Terminal.standardError.write("Derived: \(note) (\(what))\n")
        }
        let lost = labels.subtracting(Self.labels(of: folder)).intersection(meant ?? labels).sorted()
        guard lost.isEmpty else {
            throw RecordingsError(
                file: path,
                message: "expected recordings with people for every class, found none for "
                    + lost.joined(separator: ", "))
        }
        return folder
    }

    /// Reads clips under a bar; those in which nobody is seen are named and left out.
    ///
    /// - Parameter read: given whom to tell the number of clips done, and the names of those left out.
    static func load<Motions>(
        _ folder: RecordingsFolder, _ read: (_ progress: (Int) -> Void, _ leftOut: (String) -> Void) throws -> Motions
    ) throws -> Motions {
        var unseen: [String] = []
        let count = max(folder.clips.count, folder.streams.count)
        var bar = ProgressBar("Reading \(folder.path)", total: count, unit: "recordings")
        let motions = try read({ bar.update(count: $0) }, { unseen.append($0) })
        bar.finish()
        leaveOut(unseen.map { "\($0): nobody is seen in it" })
        return motions
    }

    /// Says which of the labels that --related names no folder has: they are likely to be slips.
    static func noteStrangers(_ related: Set<String>, in folders: [RecordingsFolder]) {
        let strangers = related.subtracting(folders.flatMap(\.labels)).sorted()
        guard !strangers.isEmpty else { return }
        let more = strangers.count > mostNamed ? " and \(strangers.count - mostNamed) more" : ""
        let names = strangers.prefix(mostNamed).map { "'\($0)'" }.joined(separator: ", ")
        Terminal.standardError.write("Note: --related names what no folder has: \(names)\(more)\n")
    }

    /// Names the first few of what is left out, and counts the rest.
    static func leaveOut(_ what: [String]) {
        for line in what.prefix(mostNamed) { say(line) }
        if what.count > mostNamed { say("and \(what.count - mostNamed) more, \(what.count) in all") }
    }

    /// How many are named of what is left out.
    private static let mostNamed = 8

    private static func say(_ what: String) {
        Terminal.standardError.write("Left out: \(what)\n")
    }

    private static func labels(of folder: RecordingsFolder) -> Set<String> {
        Set(folder.labels + folder.streams.flatMap { $0.segments.map(\.label) })
    }
}
