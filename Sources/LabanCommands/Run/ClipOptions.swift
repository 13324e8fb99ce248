import ArgumentParser
import History

/// How long a history keeps the skeletons of those it tells of.
struct ClipOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "With --history: for how many days since they were written skeletons are kept; 0 writes none.",
            discussion:
                "All clips of the history that are older are deleted, whoever wrote them; with 0, or when left out, none.",
            valueName: "days"))
    var clipDays: Double?

    @Option(
        help: ArgumentHelp(
            "With --history: how many million bytes of skeletons are kept; 1000 when left out.", valueName: "number"))
    var clipMegabytes: Double?

    var isGiven: Bool { clipDays != nil || clipMegabytes != nil }

    var keeping: ClipKeeping {
        ClipKeeping(
            days: clipDays ?? ClipKeeping.allowed.upperBound, megabytes: clipMegabytes ?? ClipKeeping.usual.megabytes)
    }

    func validate() throws {
        for (option, number) in [("--clip-days", clipDays), ("--clip-megabytes", clipMegabytes)] {
            if let number, !ClipKeeping.allowed.contains(number) {
                throw ValidationError("\(option): expected 0 to 1000000, found \(number)")
            }
        }
    }
}
