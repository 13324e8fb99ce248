import ArgumentParser
import Foundation
import ModelStore
import MotionRules
import Pipeline

/// `laban gesture`: the rules gestures and repetitions are found by.
struct GestureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gesture",
        abstract: "List the gesture and exercise rules, and try them.",
        discussion: """
            Gestures and exercises are YAML files in Gestures/; Gestures/schema.json describes them. Copy one, change \
            it, try it, and put it there (or in a folder given with --gestures) to use it.
            """,
        subcommands: [GestureListCommand.self, GestureMeasuresCommand.self, GestureTestCommand.self])
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
            rules.exercises.map { Row(name: $0.name, kind: "exercise") }
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
        abstract: "Try one rule file on a video or skeleton file.",
        discussion: """
            Checks the file, then prints what this rule alone finds in the recording.

            Example:
              laban gesture test Gestures/wave.yaml Fixtures/everyday.mp4
            """)

    @Argument(help: "The rule file.")
    var rule: String

    @Argument(help: "A video file, a skeleton file (.jsonl), or '-'.")
    var input: String

    @Flag(help: "Print JSON lines instead of text.")
    var json = false

    func run() throws {
        var parts = PipelineParts()
        switch try MotionRuleSet.rule(at: URL(filePath: rule)) {
        case .exercise(let exercise): parts.exercises = [exercise]
        case .gesture(let gesture): parts.gestures = [gesture]
        }
        let source = PipelineInput(input)
        if source.isVideo { parts.poseModelFolder = try ModelFolder.requirePoseWeights() }
        var outputs = RunOutputs()
        outputs.json = json
        try FileRun(source: source, camera: source.cameraName, parts: parts, outputs: outputs).work()
    }
}
