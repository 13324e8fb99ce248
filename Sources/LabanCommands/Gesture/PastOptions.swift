import ArgumentParser
import Events
import Foundation
import History
import MarkedYAML

/// Which part of which history gestures are tried on.
struct PastOptions: ParsableArguments {
    @Option(
        name: [.long, .customLong("db")],
        help: ArgumentHelp(
            "A history, or a time such as 'last 7 days' of laban.db.", valueName: "file|time"))
    var history: String?

    @Option(help: ArgumentHelp("With --history: what went on at this time or later.", valueName: "time"))
    var since: String?

    @Option(help: ArgumentHelp("With --history: what went on before this time.", valueName: "time"))
    var until: String?

    @Option(help: "With --history: only this camera.")
    var camera: String?

    /// The history where no file is named.
    static let usual = "laban.db"

    func validate() throws {
        if history == nil, since != nil || until != nil || camera != nil {
            throw ValidationError("--since, --until and --camera go with --history")
        }
    }

    /// Refuses options that say of recordings how they are read.
    static func refuse(_ options: SkeletonOptions) throws {
        guard let option = options.given else { return }
        throw ValidationError(
            "\(option) is for recordings; with --history skeletons are played as they were kept: leave it out")
    }

    /// The history and what of it is meant; nil where none was asked for.
    ///
    /// - Throws: where there is no such history, or no such camera in it.
    func open() throws -> (reader: HistoryReader, filter: HistoryFilter)? {
        guard let (reader, filter) = try find() else { return nil }
        if let camera {
            var known = try reader.names(of: .camera, in: EventKind.allCases)
            if !known.contains(camera) { known = Set(known).union(try reader.clipCameras()).sorted() }
            guard known.contains(camera) else {
                let some = NearestNames.likeliest(for: camera, among: known, count: 10).joined(separator: ", ")
                throw HistoryError(
                    .lacking, path: reader.path,
                    message: "--camera: expected a camera of this history"
                        + (known.isEmpty ? ", of which there is none yet" : ", such as \(some)")
                        + ", found '\(camera)'")
            }
        }
        return (reader, filter)
    }

    private func find() throws -> (reader: HistoryReader, filter: HistoryFilter)? {
        guard let history else { return nil }
        if FileManager.default.fileExists(atPath: history) {
            return (
                try HistoryReader(path: history),
                try HistoryQuery.filter(since: since, until: until, camera: camera)
            )
        }
        guard let time = try? TimePhrase.parse(history, now: UnixTime(Date())) else {
            throw HistoryError(
                .notFound, path: history,
                message: "--history: expected a history's file, or a time such as 'last 7 days', found neither")
        }
        guard since == nil, until == nil else {
            throw ValidationError("--history: expected a file beside --since and --until, found a time")
        }
        return (
            try HistoryReader(path: Self.usual),
            HistoryFilter(since: time.start, until: time.end, camera: camera)
        )
    }

    /// The clips that are meant.
    ///
    /// - Throws: why there are none.
    static func clips(of reader: HistoryReader, _ filter: HistoryFilter) throws -> [ClipRecord] {
        let clips = try reader.clips(filter)
        guard clips.isEmpty else { return clips }
        let span = try reader.clipSpan()
        if let span, let camera = filter.camera {
            let known = try reader.clipCameras().joined(separator: ", ")
            throw HistoryError(
                .lacking, path: reader.path,
                message: "expected skeletons of camera '\(camera)' at that time, found none; there are some from "
                    + "\(span.start.localText()) to \(span.end.localText()) of \(known)")
        }
        throw HistoryError(
            .lacking, path: reader.path,
            message: "expected skeletons to try gestures on, found "
                + (span.map { "some from \($0.start.localText()) to \($0.end.localText()) only" }
                    ?? "none: 'laban run --history' and 'laban serve' keep them, unless they are told not to"))
    }
}
