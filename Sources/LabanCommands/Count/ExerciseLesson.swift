import ArgumentParser
import Events
import Files
import Foundation
import LabanServer
import ModelStore
import MotionRules
import Pipeline
import Recognition
import Recordings

/// `laban count --teach NAME INPUT`: the rule of an exercise from a recording of it.
struct ExerciseLesson {
    let name: String
    let source: PipelineInput
    let parts: PipelineParts
    let reading: SkeletonReadingOptions
    let speed: Double
    /// Folder of rules that it goes to; Laban's own when nil.
    let folder: String?

    /// Watches the recording, writes the rule, and says what it was made from.
    func work() throws {
        let settings = CountingSettings()
        guard name != CountingSettings.unnamed, !settings.otherActions.contains(name) else {
            throw ValidationError("--teach: expected a name of its own, found '\(name)', which means something else")
        }
        let path = try place()
        let reader = try SourceReader(source, options: reading, speed: speed)
        let bus = EventBus(stamper: .init(), keeper: nil, sinks: [])
        var parts = parts
        (parts.exercises, parts.holds, parts.gestures, parts.actionModels) = ([], [], [], [])
        var session = try CameraSession(camera: source.cameraName, reader: reader, parts: parts, bus: bus)
        var teacher = ExerciseTeacher()
        var bar = ProgressBar(source.cameraName, total: reader.facts.frameCount, unit: "frames")
        var frames = 0
        _ = try session.run(shouldStop: { false }) { step, _ in
            teacher.take(step.skeletons)
            frames += 1
            bar.update(count: frames)
        }
        bar.finish()
        try bus.finish()
        let lesson = try learn(&teacher)
        try FileManager.default.createDirectory(
            at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
        let file = PartialFile(for: path)
        try lesson.text.write(toFile: file.growingPath, atomically: false, encoding: .utf8)
        try file.finish()
        for (index, span) in lesson.spans.enumerated() {
            let (begin, end) = (EventPrinter.clockTime(span.lowerBound), EventPrinter.clockTime(span.upperBound))
            try StandardOutput.print("\(index + 1)  \(begin) to \(end)")
        }
        let (measure, rest, turn) = lesson.leading
        try StandardOutput.print(
            "led by \(measure.name): \(measure.unit.text(rest)) at rest, \(measure.unit.text(turn)) farthest out")
        try StandardOutput.print("the rule counts \(lesson.counted) of these \(lesson.spans.count)")
        try StandardOutput.print("rule in \(path)")
    }

    private func learn(_ teacher: inout ExerciseTeacher) throws -> ExerciseTeacher.Lesson {
        do {
            return try teacher.lesson(named: name)
        } catch {
            let found =
                switch error {
                case .nobody: "found nobody"
                case .repetitions(let count): "found \(count) that are alike"
                case .vague: "found none whose measures agree"
                }
            throw ValidationError(
                "\(source.cameraName): expected a person who does the exercise \(ExerciseTeacher.least) times or more, one "
                    + "after another, \(found)")
        }
    }

    /// Where the rule goes.
    private func place() throws -> String {
        let isName = name.wholeMatch(of: /[a-z][a-z0-9_]{0,63}/) != nil
        guard isName else {
            throw ValidationError(
                "--teach: expected a name of small letters, digits and '_', such as 'knee_lift', "
                    + "found '\(name.prefix(64))'")
        }
        let known = try GestureFolder(named: folder)
        guard !known.ruleNames.contains(name), !known.taught.contains(where: { $0.name == name }) else {
            throw ValidationError("--teach: expected a new name, found '\(name)', which there is a rule for")
        }
        let path = known.place.appending(path: "exercises/\(name).yaml").path
        try ResultPlace.checkFolder(URL(filePath: path).deletingLastPathComponent().path)
        return path
    }
}
