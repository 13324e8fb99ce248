import ArgumentParser
import Events
import Foundation
import MotionRules
import Pipeline

/// `laban count INPUT`: repetitions of everyone in a file.
struct CountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "count",
        abstract: "Count the repetitions in a video or skeleton file.",
        discussion: """
            Prints each repetition as it is known, with the seconds out and back and the range of motion, then a table \
            of sets: who, what, how many, from when, how long in all and each, and the rest before it.

            Whatever a person repeats is counted. Exercises that have a rule go by its name ('laban gesture list' names \
            them), the rest is 'unnamed', walking too. The first repetitions of a set are told together, once it is \
            known that they are some. One that goes clearly less far than the others is 'partial': told, and not \
            counted. Where a rule and the motion alone come to counts that differ by more than one, the table gives both. \
            A set ends after four seconds without a repetition, or three times the length of one. With one --exercise, \
            whatever is repeated is taken for it.

            --explain adds every attempt that was not counted, with the phase and the measure it hung on: the hips did \
            not come down far enough, it was too quick, joints were not seen. --plot draws what was counted over the \
            motion, and the measures of each rule over time with their thresholds. Both keep the measures in memory, \
            about 20 MB a person and hour. --render draws the count over the video.

            Examples:
              laban count workout.mp4
              laban count workout.mp4 --exercise squat
              laban count alphapose-results.json --fps 25
              laban count workout.mp4 --explain                     why the others were not counted
              laban count workout.mp4 --exercise squat --plot squats.png
              laban count workout.mp4 --render counted.mp4          the count drawn over the video
              laban count knees.mp4 --teach knee_lift               a rule of your own from three repetitions
              laban count workout.mp4 --json | jq -s 'group_by(.label) | map({(.[0].label): length})'
            """)

    @Argument(help: "A video file, pictures, a file or folder of skeletons, tcp://… or ipc://…, or '-'.")
    var input: String

    @Option(parsing: .singleValue, help: "Count only this exercise; may be given several times.")
    var exercise: [String] = []

    @Option(
        help: ArgumentHelp(
            "Make the rule of a new exercise from this recording of it, done three times or more.",
            discussion: "It goes to Gestures/exercises/NAME.yaml, or to the folder given with --gestures.",
            valueName: "name"))
    var teach: String?

    @Option(help: "Threads the pose networks may use.")
    var threads = min(2, ProcessInfo.processInfo.activeProcessorCount)

    @Flag(help: "Print JSON lines instead of text, and nothing else, on standard output.")
    var json = false

    @Flag(help: "Tell of each attempt why it was or was not counted; with --json as lines of type laban.attempt.")
    var explain = false

    @Option(
        help: ArgumentHelp(
            "Draw what was counted, and the measures over time with thresholds and attempts.", valueName: "file.png"))
    var plot: String?

    @Option(help: ArgumentHelp("Draw skeletons and counts over the video, into this one.", valueName: "file"))
    var render: String?

    @OptionGroup(title: "Skeletons of other programs") var skeletonOptions: SkeletonOptions

    @OptionGroup var resources: ResourceOptions

    func validate() throws {
        if render != nil, try !skeletonOptions.input(input).isVideo {
            throw ValidationError("--render draws over a video, but \(input) holds skeletons")
        }
        if teach != nil, render != nil || plot != nil || explain || json || !exercise.isEmpty {
            throw ValidationError("--teach goes without --exercise, --json, --explain, --plot and --render")
        }
        var places = OutputPlaces()
        if !PipelineInput(input).isLive { places.keep(input, as: "the input") }
        for folder in resources.folders { places.keep(folder, as: "a model or a rule") }
        for (option, path) in [("--plot", plot), ("--render", render)] { try places.take(path, for: option) }
    }

    func run() throws {
        if let plot { try ResultPlace.check(plot, option: "--plot", ending: ".png") }
        let source = try skeletonOptions.input(input)
        var parts = try resources.parts(for: source, threads: threads)
        parts.gestures = []
        parts.counting = .workout
        parts.explainsRules = explain || plot != nil
        if let teach {
            return try ExerciseLesson(
                name: teach, source: source, parts: parts, reading: skeletonOptions.reading,
                speed: skeletonOptions.speed, folder: resources.gestures
            ).work()
        }
        if !exercise.isEmpty {
            let known = (parts.exercises.map(\.name) + parts.holds.map(\.label)).sorted()
            if let stranger = exercise.first(where: { !known.contains($0) }) {
                throw ValidationError("no exercise '\(stranger)'; there are \(known.joined(separator: ", "))")
            }
            parts.exercises.removeAll { !exercise.contains($0.name) }
            parts.holds.removeAll { !exercise.contains($0.label) }
            parts.counting = .given(parts.exercises.map(\.name), holds: parts.holds.map(\.label))
        }
        var outputs = RunOutputs()
        outputs.json = json
        outputs.kinds = [.rep, .set]
        outputs.explains = explain
        outputs.plot = plot
        outputs.render = render
        outputs.tellsSets = true
        outputs.isFocused = !exercise.isEmpty
        try FileRun(
            source: source, camera: source.cameraName, parts: parts, outputs: outputs,
            reading: skeletonOptions.reading, speed: skeletonOptions.speed
        ).work()
    }
}
