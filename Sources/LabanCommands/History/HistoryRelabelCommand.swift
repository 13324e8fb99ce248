import ArgumentParser
import Events
import Foundation
import History
import MarkedYAML
import ModelStore
import Recognition

/// `laban history relabel`: what an action really was.
struct HistoryRelabelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "relabel",
        abstract: "Say that recorded actions were something else, nothing, or right.",
        discussion: """
            The actions are named by --id, as 'laban history actions --ids' prints them, or by time, camera, person and \
            label: all that match. What was told is kept; what you say stands beside it, is shown by every question, \
            and goes by the newest correction. 'laban history clips' cuts clips under the labels you gave, 'laban \
            calibrate --history' learns thresholds from what you said, and 'laban fine-tune' the labels. --label means \
            the label that counts now: what was called nothing is found, and taken back, by --label nothing. --undo \
            means only what was said something of. A server may go on writing meanwhile.

            Examples:
              laban history actions --since today --ids
              laban history relabel --id 01M5W6DT7S3H8F0Q2RJ4ZK6E9B --as lunge --note 'left leg first'
              laban history relabel --since 14:00 --until 14:10 --camera hall --label fall --nothing
              laban history relabel --since today --label walk --right --by anna
              laban history relabel --since today --undo
            """)

    @Option(help: ArgumentHelp("This action; may be given several times.", valueName: "id"))
    var id: [String] = []

    @Option(name: .customLong("as"), help: ArgumentHelp("It was this.", valueName: "label"))
    var other: String?

    @Flag(help: "It was nothing: a false alarm.")
    var nothing = false

    @Flag(help: "It was what was told.")
    var right = false

    @Flag(help: "Take back what was said of it.")
    var undo = false

    @Flag(help: "With --as: the label may be one that neither a model nor the history has.")
    var newLabel = false

    @Option(name: .customLong("by"), help: ArgumentHelp("Who says so.", valueName: "name"))
    var author: String?

    @Option(help: ArgumentHelp("Why, in a few words.", valueName: "text"))
    var note: String?

    @OptionGroup var query: HistoryQuery

    func validate() throws {
        guard [other != nil, nothing, right, undo].count(where: { $0 }) == 1 else {
            throw ValidationError("expected one of --as, --nothing, --right and --undo")
        }
        guard id.isEmpty == query.isNarrowed else {
            throw ValidationError("expected either --id or a time, camera, track or label")
        }
        guard Set(id).count == id.count else { throw ValidationError("--id: expected each action once") }
        if newLabel, other == nil { throw ValidationError("--new-label goes with --as") }
        if let other, let fault = ActionModel.nameFault([other]) { throw ValidationError("--as: \(fault)") }
    }

    func run() throws {
        try query.answer(about: [.action]) { reader, filter in
            if let other, !newLabel { try Self.check(other, in: reader) }
            var filter = filter
            // Of the newest, those of which there is something to take back are meant.
            filter.isCorrected = undo
            var actions = id.isEmpty ? try reader.segments(.action, filter) : try id.map { try find($0, in: reader) }
            if undo { actions.removeAll { $0.correction == nil } }
            guard !actions.isEmpty else { return .init(actions) }
            let verdict: HistoryCorrector.Verdict =
                undo ? .undone : right ? .right : .was(other ?? ActionModel.nothing)
            return .init(
                try HistoryCorrector(path: reader.path).say(
                    verdict, of: actions, author: author, note: note, at: filter.now))
        }
    }

    private func find(_ id: String, in reader: HistoryReader) throws -> SegmentRecord {
        guard let action = try reader.action(id) else {
            throw HistoryError(
                .lacking, path: reader.path,
                message: "--id: expected an action as 'laban history actions --ids' prints it, found '\(id)'")
        }
        return action
    }

    /// Refuses a label that nobody knows, which is most likely a slip of the pen.
    private static func check(_ label: String, in reader: HistoryReader) throws {
        var known = Set(try reader.names(of: .label, in: [.action])).union([ActionModel.nothing])
        if known.contains(label) { return }
        let folder = ModelFolder()
        for model in folder.models() where model.classes != nil {
            let place = folder.url.appending(path: model.name).path(percentEncoded: false)
            known.formUnion((try? ActionModel(folder: place))?.classes ?? [])
        }
        guard !known.contains(label) else { return }
        throw ValidationError(
            "--as: expected a label of a model or of the history, such as "
                + "\(NearestNames.list(to: label, among: known.sorted())), found '\(label)'; --new-label allows another"
        )
    }
}
