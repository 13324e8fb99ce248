import ArgumentParser
import Foundation
import LabanServer
import ModelStore
import MotionRules
import Pipeline
import Shapes

/// `laban gesture`: the rules gestures and repetitions are found by.
struct GestureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gesture",
        abstract: "List the gesture and exercise rules, and try them.",
        discussion: """
            Shipped gestures: 26 hand shapes (with --hands), 15 body signals, wave, raise_hand, clap, swipes, push, \
            circles, beckon, arms_crossed, arms_sideways.
            Gestures and exercises are YAML files in Gestures/; Gestures/schema.json describes them. Copy one, change \
            it, try it, and put it there (or in a folder given with --gestures) to use it.

            Examples:
              laban gesture measures                              what a rule can ask of a body
              cp Gestures/exercises/squat.yaml rules/half_squat.yaml   and change its name and thresholds
              laban gesture test rules/half_squat.yaml me.mp4 --plot half_squat.png
              laban count me.mp4 --gestures rules
            """,
        subcommands: [
            GestureListCommand.self, GestureMeasuresCommand.self, GestureTestCommand.self, GestureShapesCommand.self,
            GestureSurveyCommand.self,
        ])
}

/// `laban gesture list`: which rules there are.
struct GestureListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show every gesture and exercise, after checking its file.")

    @Flag(help: "Print one JSON object a rule, and nothing else.")
    var json = false

    @OptionGroup var resources: ResourceOptions

    func run() throws {
        struct Row: Encodable { let name, kind: String }
        let rules = try resources.rules()
        let rows =
            (rules.exercises.map(\.name) + rules.holds.map(\.label)).sorted().map { Row(name: $0, kind: "exercise") }
            + rules.gestures.map { Row(name: $0.label, kind: "gesture") }
        if json {
            for row in rows { try StandardOutput.print(JSONLine.text(row)) }
            return
        }
        var table = TextTable([("NAME", .left), ("KIND", .left)])
        for row in rows { table.append([row.name, row.kind]) }
        try StandardOutput.print(table.text, terminator: "")
    }
}

/// `laban gesture test`: one rule on one recording.
struct GestureTestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Try one rule file on a video or skeleton file, and see why it counts or does not.",
        discussion: """
            Checks the file, all of it: every fault is told with its line and column. Then prints what this rule alone \
            finds in the recording, and of each attempt of each person why it was or was not counted: which \
            condition of which phase refused it, what the measure reached and what was wanted, and when.

            Exits with 0 when the recording was worked through, whatever was found, and with 2 when the rule or the \
            recording cannot be read.

            Examples:
              laban gesture test Gestures/wave.yaml Fixtures/everyday.mp4
              laban gesture test my_squat.yaml me.mp4 --plot my_squat.png
              laban gesture test my_squat.yaml me.mp4 --json | jq -r 'select(.counted == false) | .text'
            """)

    @Argument(help: "The rule file.")
    var rule: String

    @Argument(help: "A video file, pictures, a file or folder of skeletons, or '-'.")
    var input: String

    @Option(help: ArgumentHelp("Draw the measures over time, with thresholds and attempts.", valueName: "file.png"))
    var plot: String?

    @Flag(help: "Print JSON lines instead of text: events, then laban.attempt and laban.attempts.")
    var json = false

    @OptionGroup(title: "Skeletons of other programs") var skeletonOptions: SkeletonOptions

    func validate() throws {
        var places = OutputPlaces()
        if !PipelineInput(input).isLive { places.keep(input, as: "the input") }
        places.keep(rule, as: "the rule")
        try places.take(plot, for: "--plot")
    }

    func run() throws {
        var parts = PipelineParts()
        if let plot { try ResultPlace.check(plot, option: "--plot", ending: ".png") }
        for rule in try MotionRuleSet.rules(at: URL(filePath: rule)) {
            switch rule {
            case .exercise(let exercise):
                parts.exercises.append(exercise)
                parts.counting?.exercisesAreGiven = true
            case .hold(let hold): parts.holds.append(hold)
            case .gesture(let gesture): parts.gestures.append(gesture)
            }
        }
        parts.shapes = try ShapeModels(for: parts.gestures)
        parts.explainsRules = true
        let source = try skeletonOptions.input(input)
        if source.isVideo { parts.poseModelFolder = try ModelFolder.requirePoseWeights() }
        parts.findsHands = source.isVideo && parts.gestures.contains(where: \.looksAtHands)
        var outputs = RunOutputs()
        outputs.json = json
        outputs.explains = true
        outputs.isFocused = true
        outputs.plot = plot
        try FileRun(
            source: source, camera: source.cameraName, parts: parts, outputs: outputs,
            reading: skeletonOptions.reading, speed: skeletonOptions.speed
        ).work()
    }
}
