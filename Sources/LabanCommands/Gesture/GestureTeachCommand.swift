import ArgumentParser
import Files
import Foundation
import LabanServer
import Pipeline
import Printing
import Recognition
import Recordings
import Skeleton
import Training

/// `laban gesture teach`: a gesture from one to five examples.
struct GestureTeachCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "teach",
        abstract: "Teach a gesture by showing it one to five times.",
        discussion: """
            Give one video or skeleton file for each showing, or a camera. In each, the part in which the person moves \
            is found and said; --from and --to say it for one file. One example works; three, by different people or \
            at different speeds, work better. Slower and faster performances are found without being shown; left and \
            right differ unless --mirror is given.

            The threshold is chosen so that an hour of ordinary motion (Laban's own puppets, who sit, walk about, handle \
            things, dance and exercise) raises no more false alarms than --false-alarms-per-hour, and so that the \
            examples of other taught gestures are not taken for this one. Where that leaves little room you are told: \
            choose a motion that is more its own. With --history the skeletons that a history keeps are ordinary motion \
            too: you are told how often the gesture would have fired there, and the threshold keeps to the limit.

            An example can be taken from the past: an event with --history and --event, or any stretch with --from, --to, \
            --camera and --track.

            The gesture is one file, NAME.gesture.json, in the folder taught/ of the gestures in use. 'laban run' and \
            'laban serve' look for it from then on (a server within seconds, without a restart) and tell it as \
            laban.gesture events when it is over.

            Examples:
              laban gesture teach swipe swipe1.mp4 swipe2.mp4 swipe3.mp4
              laban gesture teach salute me.mp4 --from 12.5 --to 15 --mirror
              laban gesture teach hello /dev/video0 --examples 3
              laban gesture teach swipe swipe1.mp4 --history 'last 7 days'
              laban gesture teach salute --history laban.db --event 01M5W6DT7S
              laban gesture teach salute --history laban.db --camera hall --track 3 --from 14:02:10 --to 14:02:13
              laban gesture test swipe                  try its own examples
              laban gesture remove swipe
            """)

    @Argument(help: "What its events are called: small letters, digits and '_'.")
    var name: String

    @Argument(help: ArgumentHelp("Videos, skeleton files, or a camera.", valueName: "input"))
    var inputs: [String] = []

    @Option(
        help: ArgumentHelp("Where the gesture begins, for one file; of the past a time.", valueName: "seconds|time"))
    var from: String?

    @Option(help: ArgumentHelp("Where it ends.", valueName: "seconds|time"))
    var to: String?

    @Option(
        help: ArgumentHelp(
            "With --history: an event as example, by its id or how that begins; may be given several times.",
            valueName: "id"))
    var event: [String] = []

    @Option(help: "Whose motion it is, by the number events give; the main person when left out.")
    var track: Int?

    @Flag(help: "Take the mirror image for the same gesture.")
    var mirror = false

    @Option(help: ArgumentHelp("False alarms an hour to put up with.", valueName: "number"))
    var falseAlarmsPerHour = 1.0

    @Option(help: "The threshold, instead of one that is chosen: 0 is the example itself, 1 about standing still.")
    var threshold: Float?

    @Flag(help: "Add these examples to a gesture that is there.")
    var add = false

    @Flag(help: "Teach anew a gesture that is there.")
    var replace = false

    @Option(help: "How often a camera is watched.")
    var examples = 1

    @Option(help: ArgumentHelp("How long a camera is watched each time.", valueName: "seconds"))
    var seconds = 4.0

    @Option(help: ArgumentHelp("Folder of gesture files; Laban's own when left out.", valueName: "folder"))
    var gestures: String?

    @Flag(help: "Print one JSON object, and nothing else.")
    var json = false

    @OptionGroup(title: "The past") var past: PastOptions

    @OptionGroup(title: "Skeletons of other programs") var skeletonOptions: SkeletonOptions

    func validate() throws {
        guard TaughtGesture.isName(name) else {
            throw ValidationError("NAME: expected small letters, digits and '_', a letter first, found '\(name)'")
        }
        try validateExamples()
        guard falseAlarmsPerHour >= 0, falseAlarmsPerHour <= 100_000 else {
            throw ValidationError("--false-alarms-per-hour: expected a number from 0, found \(falseAlarmsPerHour)")
        }
        if let threshold, !TaughtGesture.thresholds.contains(threshold) {
            throw ValidationError(
                "--threshold: expected \(TaughtGesture.thresholds.lowerBound) to "
                    + "\(TaughtGesture.thresholds.upperBound), found \(threshold)")
        }
        guard (1...TaughtGesture.mostExamples).contains(examples), (1...30).contains(seconds) else {
            throw ValidationError("expected --examples 1 to \(TaughtGesture.mostExamples) of --seconds 1 to 30")
        }
        if add, replace { throw ValidationError("expected --add or --replace, found both") }
    }

    func run() throws {
        let folder = try GestureFolder(named: gestures)
        let place = folder.file(of: name)
        let before = try existing(in: folder)
        let past = try PastLesson(self)
        var gesture = TaughtGesture(
            name: name, isMirrored: mirror || (before?.isMirrored ?? false), threshold: 1,
            examples: try (before?.examples ?? []) + (past?.examples ?? []) + shown())
        guard gesture.examples.count <= TaughtGesture.mostExamples else {
            throw ValidationError(
                "expected at most \(TaughtGesture.mostExamples) examples, found \(gesture.examples.count) in all")
        }
        let teacher = GestureTeacher(model: try GestureFolder.model())
        let background = PuppetMotions.idling(hours: 1, seed: 20_26).map { teacher.describe($0.samples) }
        var proposal = teacher.propose(
            for: gesture, background: background, others: folder.taught, limit: falseAlarmsPerHour)
        let alarms = try past?.alarms(of: gesture)
        let usual = proposal.threshold
        proposal.threshold = alarms?.threshold(allowing: falseAlarmsPerHour, atMost: usual) ?? usual
        gesture.threshold = threshold ?? proposal.threshold
        gesture.falseAlarmsPerHour = threshold == nil ? falseAlarmsPerHour : nil
        try save(gesture, to: place)
        try report(gesture, proposal, alarms, usual: usual, teacher.confusions(of: gesture, with: folder.taught), place)
    }

    private func existing(in folder: GestureFolder) throws -> TaughtGesture? {
        if folder.ruleNames.contains(name) {
            throw ValidationError(
                "expected a name of its own, found '\(name)', which is a rule in \(folder.place.path)")
        }
        let before = folder.taught.first { $0.name == name }
        if before != nil, !add, !replace {
            throw ValidationError("'\(name)' is taught already: give --add for more examples, or --replace")
        }
        if before == nil, add { throw ValidationError("--add: expected a taught gesture, found no '\(name)'") }
        return add ? before : nil
    }

    /// The examples, each said on standard error.
    private func shown() throws -> [TaughtGesture.Example] {
        let stop = StopSignal()
        var found: [TaughtGesture.Example] = []
        for argument in inputs {
            let input = try skeletonOptions.input(argument)
            for turn in 0..<(input.isLive ? examples : 1) {
                if input.isLive { try countDown(turn, stop) }
                let motion = try ShownMotion.watch(
                    input, named: argument, reading: skeletonOptions.reading, speed: skeletonOptions.speed,
                    track: track,
                    seconds: input.isLive ? seconds : nil, stop: stop)
                guard !stop.isRequested else { throw ExitCode(1) }
                let first = motion.samples[0].time
                let last = motion.samples[motion.samples.count - 1].time
                let (from, to) = (from.flatMap(Double.init), to.flatMap(Double.init))
                let begin = from ?? min(first, to ?? first)
                guard
                    let example = GestureTeacher.example(
                        motion.samples, within: begin...(to ?? max(last, begin)), source: argument)
                else {
                    throw RecordingsError(
                        file: argument,
                        message: "expected somebody who moves for at most half a minute, found nobody who does; say "
                            + "where with --from and --to")
                }
                let others = motion.people > 1 ? " (#\(motion.track.value) of \(motion.people) people)" : ""
                Terminal.standardError.write(
                    String(
                        format: "%@: the gesture is from %.2f s to %.2f s%@\n", argument.printable,
                        example.span.lowerBound, example.span.upperBound, others))
                found.append(example)
            }
        }
        return found
    }

    private func countDown(_ turn: Int, _ stop: StopSignal) throws {
        Terminal.standardError.write("Example \(turn + 1) of \(examples): stand still, then show '\(name)'. ")
        for count in [3, 2, 1] {
            Terminal.standardError.write("\(count) ")
            if stop.wait(.seconds(1)) { throw ExitCode(1) }
        }
        Terminal.standardError.write("now\n")
    }

    private func save(_ gesture: TaughtGesture, to place: URL) throws {
        let folder = place.deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try gesture.write(to: place.path, isNew: !add && !replace)
        } catch let error as FileError where error.code == .taken {
            throw ValidationError("'\(name)' is taught already: give --add for more examples, or --replace")
        } catch {
            throw FileError(
                .unwritable, file: place.path,
                "cannot be written; give a folder of your own with --gestures, to 'run' too and as 'gestures:' in the "
                    + "settings of 'serve' (copy \(folder.deletingLastPathComponent().path) to keep the rules): \(error)"
            )
        }
    }

    private func report(
        _ gesture: TaughtGesture, _ proposal: GestureTeacher.Proposal, _ alarms: PastAlarms?, usual: Float,
        _ confusions: GestureTeacher.Confusions, _ place: URL
    ) throws {
        var warnings = alarms?.warnings(gesture, usual: usual) ?? []
        if proposal.falseAlarmsAtUsual > 0 {
            warnings.append(
                "at the usual threshold it would fire \(proposal.falseAlarmsAtUsual) times in "
                    + String(format: "%.1f hours of ordinary motion", proposal.hours))
        }
        if case .gesture(let other) = proposal.bound { warnings.append("it is close to '\(other)'") }
        for other in confusions.others {
            warnings.append("its examples make '\(other)' fire too: teach '\(other)' anew, or show another motion here")
        }
        for other in confusions.own { warnings.append("the examples of '\(other)' make it fire") }
        if threshold == nil, proposal.isTight {
            warnings.append("little room is left: show it more clearly, or another motion that is more its own")
        }
        for warning in warnings { Terminal.standardError.write("Warning: \(name): \(warning)\n") }
        if json {
            struct Line: Encodable {
                let name, file: String
                let examples: Int
                let mirror: Bool
                let threshold: Float
                let spread: Float?
                let warnings: [String]
                let fired_in_history: Int?
                let hours_of_history: Double?
            }
            return try StandardOutput.print(
                JSONLine.text(
                    Line(
                        name: name, file: place.path, examples: gesture.examples.count, mirror: gesture.isMirrored,
                        threshold: gesture.threshold, spread: proposal.spread.flatMap { $0.isFinite ? $0 : nil },
                        warnings: warnings, fired_in_history: alarms?.count(at: gesture.threshold),
                        hours_of_history: alarms.map { ($0.hours * 1000).rounded() / 1000 })))
        }
        try StandardOutput.print(
            String(
                format: "%@: %d example%@, threshold %.2f, in %@", name, gesture.examples.count,
                gesture.examples.count == 1 ? "" : "s", gesture.threshold, place.path))
        if let alarms { try StandardOutput.print("it \(alarms.sentence(at: gesture.threshold))") }
    }
}
