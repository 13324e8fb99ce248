import ArgumentParser
import Events
import History

/// `laban history`: who did what, when.
struct HistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Ask the history who did what, when.",
        discussion: """
            A history is a file that 'laban run --history FILE' and 'laban serve' write. It can be asked while it is \
            being written.

            --since and --until mean presence: everything that went on at some moment between them, also what began \
            before; the same time for both asks for that moment. What has not ended goes on until now. 'cameras' begins \
            with the state that each camera was in, and 'stats' and 'timeline' count and show only the part between. With \
            --started only what began between them is meant, whole.

            Times are those of this machine's zone: today, yesterday 10:00, monday 9:00, last monday, noon, an hour ago, \
            last 2 hours, this week, 2026-11-21, 2026-11-21T10:00, 10:30; 2026-11-21T10:00:00+01:00 has its offset. Where \
            clocks show a time twice, when summer time ends, the first is meant and times are printed with their offset.

            Examples:
              laban history actions --history laban.db --since today
              laban history reps --label squat --since 'last 2 hours' --csv > squats.csv
              laban history interactions --label push --since today
              laban history tracks --camera gym --json
              laban history timeline --since yesterday --until today
              laban history stats
              laban history holes                                   what is missing, and why
              laban history clips --skeletons skeletons.jsonl --output recordings   clips to train on
              laban history relabel --since 14:00 --until 14:10 --label fall --nothing   what it really was
              laban history show 01M5W6DT7S --render what.mp4   one event, drawn again from its skeletons
              laban history tracks --since 15:55:40 --until 15:55:45           who was there
              laban history cameras --since 'yesterday 22:00' --until 'today 6:00'
              laban history actions --label fall --since today --fail-if-empty && echo somebody fell
            """,
        subcommands: [
            HistoryActionsCommand.self, HistoryGesturesCommand.self, HistoryRepsCommand.self, HistorySetsCommand.self,
            HistoryInteractionsCommand.self, HistoryTracksCommand.self, HistoryCamerasCommand.self,
            HistoryTimelineCommand.self, HistoryStatsCommand.self, HistoryHolesCommand.self, HistoryClipsCommand.self,
            HistoryRelabelCommand.self, HistoryShowCommand.self,
        ])
}

/// `laban history actions`.
struct HistoryActionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "actions", abstract: "Actions, newest first: who, what, from when to when.",
        discussion: """
            Where 'laban history relabel' said that one was something else, the label is what it was said to be, and what \
            it was told as stands beside it.
            """)

    @OptionGroup var identity: IDFlag

    @OptionGroup var query: HistoryQuery

    func run() throws {
        try query.answer(about: [.action]) { reader, filter in
            .init(try reader.segments(.action, filter), showsIDs: identity.ids)
        }
    }
}

/// `laban history gestures`.
struct HistoryGesturesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gestures", abstract: "Gestures, newest first: who, what, from when to when.")

    @OptionGroup var identity: IDFlag

    @OptionGroup var query: HistoryQuery

    func run() throws {
        try query.answer(about: [.gesture]) { reader, filter in
            .init(try reader.segments(.gesture, filter), showsIDs: identity.ids)
        }
    }
}

/// `laban history reps`.
struct HistoryRepsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reps", abstract: "Repetitions, newest first, with tempo and range of motion.",
        discussion: """
            With --by-day, how many sets and repetitions of each exercise there were on each day. Repetitions that went \
            clearly less far than the others of their set are shown as partial and counted nowhere.

            Examples:
              laban history reps --label squat --since today
              laban history reps --by-day --since 'last 7 days'
            """)

    @Flag(help: "Sum up sets and repetitions by day and exercise.")
    var byDay = false

    @OptionGroup var identity: IDFlag

    @OptionGroup var query: HistoryQuery

    func run() throws {
        try query.answer(about: byDay ? [.set] : [.rep]) { reader, filter in
            guard byDay else { return .init(try reader.repetitions(filter), showsIDs: identity.ids) }
            var whole = filter
            whole.limit = nil
            return .init(exercise: try reader.statistics([.set], whole).suffix(filter.limit ?? .max))
        }
    }
}

/// `laban history sets`.
struct HistorySetsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sets", abstract: "Sets of repetitions, newest first: who, which exercise, how many.")

    @OptionGroup var identity: IDFlag

    @OptionGroup var query: HistoryQuery

    func run() throws {
        try query.answer(about: [.set]) { reader, filter in
            .init(try reader.segments(.set, filter), showsIDs: identity.ids)
        }
    }
}

/// `laban history interactions`.
struct HistoryInteractionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "interactions",
        abstract: "What people did to each other, newest first: who, to whom, from when to when.",
        discussion: "With --track, what that person did to others or others did to them.")

    @OptionGroup var identity: IDFlag

    @OptionGroup var query: HistoryQuery

    func run() throws {
        try query.answer(about: [.interaction]) { reader, filter in
            .init(try reader.segments(.interaction, filter), showsIDs: identity.ids)
        }
    }
}

/// `laban history tracks`.
struct HistoryTracksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tracks", abstract: "People, newest first: when each came and went.")

    @OptionGroup var identity: IDFlag

    @OptionGroup var query: HistoryQuery

    func run() throws {
        try query.answer(about: [.track]) { reader, filter in
            .init(try reader.segments(.track, filter), showsIDs: identity.ids)
        }
    }
}

/// `laban history cameras`.
struct HistoryCamerasCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cameras", abstract: "What befell the cameras, newest first, and the state each was in before.")

    @OptionGroup var query: HistoryQuery

    func run() throws { try query.answer(about: [.camera]) { reader, filter in .init(try reader.cameras(filter)) } }
}

/// `laban history timeline`.
struct HistoryTimelineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "timeline", abstract: "Everything that happened, oldest first.")

    @OptionGroup var query: HistoryQuery

    func run() throws {
        try query.answer(about: EventKind.allCases) { reader, filter in .init(try reader.timeline(filter)) }
    }
}

/// `laban history stats`.
struct HistoryStatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats", abstract: "How often and how long, by day, camera and label.",
        discussion: """
            What goes on over midnight is counted once, on its first day; each day gets its part of the time.
            """)

    @OptionGroup var query: HistoryQuery

    func run() throws {
        let kinds: [EventKind] = [.action, .gesture, .rep, .interaction, .track]
        try query.answer(about: kinds) { reader, filter in
            // Everything is counted; the limit is one of rows.
            var whole = filter
            whole.limit = nil
            return .init(try reader.statistics(kinds, whole).suffix(filter.limit ?? .max))
        }
    }
}
