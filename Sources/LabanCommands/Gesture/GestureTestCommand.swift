import ArgumentParser
import Foundation
import LabanServer
import ModelStore
import MotionRules
import Pipeline
import Recognition
import Shapes

/// `laban gesture test`: one rule on one recording, or a taught gesture on its own examples.
struct GestureTestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract:
            "Try a rule or a taught gesture on a recording or on the past, or a taught gesture on its own examples.",
        discussion: """
            Checks the file, all of it: every fault is told with its line and column. Then prints what this rule alone \
            finds in the recording, and of each attempt of each person why it was or was not counted: which \
            condition of which phase refused it, what the measure reached and what was wanted, and when.

            A taught gesture is given by its name. Without a recording it is tried on the examples it is stored with, \
            each looked for with the others, and on those of the other taught gestures, which must not be taken for it; \
            exits with 1 when one is wrong.

            With --history, a rule (its file, or the name it is listed by) or a taught gesture is tried on the past: on \
            the skeletons that 'laban run --history' and 'laban serve' keep. Each time it fires is printed, with the id of \
            the event that told it then where there is one ('laban history show ID --render what.png' draws it), and, \
            where ten minutes of people were watched or more, how often an hour that is. Each repetition of an exercise \
            counts at once there; of one that is held each time it was held long enough.

            Exits with 0 when the recording was worked through, whatever was found, with 1 when every clip of the past is \
            damaged, and with 2 when the rule or the recording cannot be read.

            Examples:
              laban gesture test Gestures/wave.yaml Fixtures/everyday.mp4
              laban gesture test swipe                       on its own examples
              laban gesture test swipe me.mp4
              laban gesture test swipe --history 'last 7 days'   on what cameras saw, kept in laban.db
              laban gesture test wave --history gym.db --since yesterday --camera hall
              laban gesture test my_squat.yaml me.mp4 --plot my_squat.png
              laban gesture test my_squat.yaml me.mp4 --json | jq -r 'select(.counted == false) | .text'
            """)

    @Argument(help: "The rule file, or the name of a taught gesture; with --history of a rule as well.")
    var rule: String

    @Argument(help: "A video file, pictures, a file or folder of skeletons, or '-'.")
    var input: String?

    @Option(help: ArgumentHelp("Folder of gesture files; Laban's own when left out.", valueName: "folder"))
    var gestures: String?

    @Option(help: ArgumentHelp("Draw the measures over time, with thresholds and attempts.", valueName: "file.png"))
    var plot: String?

    @Flag(help: "Print JSON lines instead of text: events, then laban.attempt and laban.attempts.")
    var json = false

    @OptionGroup(title: "The past") var past: PastOptions

    @OptionGroup(title: "Skeletons of other programs") var skeletonOptions: SkeletonOptions

    func validate() throws {
        var places = OutputPlaces()
        guard past.history == nil else {
            guard input == nil, plot == nil else {
                throw ValidationError("--history takes the place of a recording, and --plot does not go with it")
            }
            try PastOptions.refuse(skeletonOptions)
            return
        }
        if let input, !PipelineInput(input).isLive { places.keep(input, as: "the input") }
        if !isTaught { places.keep(rule, as: "the rule") }
        if input == nil, !isTaught {
            throw ValidationError(
                "expected a recording to try \(rule) on; only taught gestures have examples of their own")
        }
        if plot != nil, isTaught { throw ValidationError("--plot draws the measures of rules") }
        try places.take(plot, for: "--plot")
    }

    /// Whether the argument is a name rather than a file.
    private var isTaught: Bool { TaughtGesture.isName(rule) && !FileManager.default.fileExists(atPath: rule) }

    func run() throws {
        if let (reader, filter) = try past.open() {
            return try PastTrial(name: rule, parts: pastParts()).run(on: reader, filter, json: json)
        }
        var parts = PipelineParts()
        if isTaught {
            let folder = try GestureFolder(named: gestures)
            folder.warn()
            guard let gesture = folder.taught.first(where: { $0.name == rule }) else {
                throw ValidationError(
                    "expected a rule file or a taught gesture, found '\(rule)'; see 'laban gesture list'")
            }
            let model = try GestureFolder.model()
            guard input != nil else {
                try TaughtGestureTest(gesture, others: folder.taught, model: model).run(json: json)
                if !folder.faults.isEmpty { throw ExitCode(2) }
                return
            }
            parts.taught = ExemplarSet([gesture], model: model)
        }
        guard let input else { preconditionFailure("a rule without a recording was refused") }
        if let plot { try ResultPlace.check(plot, option: "--plot", ending: ".png") }
        if !isTaught {
            for rule in try MotionRuleSet.rules(at: URL(filePath: rule)) { parts.add(rule) }
            parts.shapes = try ShapeModels(for: parts.gestures)
            parts.explainsRules = true
        }
        let source = try skeletonOptions.input(input)
        if source.isVideo { parts.poseModelFolder = try ModelFolder.requirePoseWeights() }
        parts.findsHands = source.isVideo && parts.gestures.contains(where: \.looksAtHands)
        var outputs = RunOutputs()
        outputs.json = json
        outputs.explains = !isTaught
        outputs.isFocused = true
        outputs.plot = plot
        try FileRun(
            source: source, camera: source.cameraName, parts: parts, outputs: outputs,
            reading: skeletonOptions.reading, speed: skeletonOptions.speed
        ).work()
    }
}
