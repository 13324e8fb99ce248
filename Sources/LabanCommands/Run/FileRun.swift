import Events
import Foundation
import LabanServer
import MotionRules
import Pipeline
import Recognition
import Recordings
import Skeleton
import Video

/// One file or camera worked through: source, outputs, progress and summary.
struct FileRun {
    private let source: PipelineInput
    private let camera: String
    private let parts: PipelineParts
    private let outputs: RunOutputs
    private let reading: SkeletonReadingOptions
    private let speed: Double
    private let live: LiveSettings

    /// Frames a second from which on a robot can follow.
    private static let leastRobotRate = 11.0
    /// How long a camera gets for its first picture.
    private static let startLimit = Duration.seconds(10)

    init(
        source: PipelineInput, camera: String, parts: PipelineParts, outputs: RunOutputs,
        reading: SkeletonReadingOptions = .init(), speed: Double = 1, transport: LiveSettings.Transport = .tcp
    ) throws {
        self.reading = reading
        self.speed = speed
        self.source = source
        self.camera = camera
        var parts = parts
        parts.tellsPredictions = outputs.probabilities != nil
        self.parts = parts
        self.outputs = outputs
        var live = LiveSettings()
        live.transport = transport
        live.startLimit = Self.startLimit
        self.live = live
    }

    func work() throws {
        let stop = StopSignal()
        FileMode.set(outputs.fileMode)
        let reader = try SourceReader(source, options: reading, speed: speed, live: live)
        for note in reader.facts.derived { Terminal.standardError.write("Derived: \(note)\n") }
        let streams = try RunStreams(outputs)
        let tally = EventTally()
        let sets = SetTable()
        let robots = RobotTally()
        let stamper = EventStamper()
        let bus = EventBus(
            stamper: stamper, keeper: try history(), sinks: try sinks([tally, sets, robots], streams, run: stamper.run))
        if let base = reader.timeBase(recordedAt: outputs.recordedAt) {
            bus.setTimeBase(base, of: camera)
        }
        var session = try CameraSession(camera: camera, reader: reader, parts: parts, bus: bus)
        var recorder = streams.skeletons.map { SkeletonRecorder($0, say: Self.warn) }
        var drawing = try Drawing(video: outputs.render, sheet: outputs.sheet, reader: reader, say: Self.warn)
        var bar = ProgressBar(camera, total: reader.facts.frameCount, unit: "frames", isLogged: !source.isLive)
        var table = streams.probabilities.map {
            ProbabilityTable($0, classes: parts.actionModels.first?.latest.content.classes ?? [], say: Self.warn)
        }
        var frames = 0
        let run = Result {
            try session.run(shouldStop: { stop.isRequested || isUnread(streams) }) { step, picture in
                recorder?.append(step.skeletons)
                table?.append(step.predictions, source: camera)
                if let picture { try drawing?.append(step, over: picture) }
                frames += 1
                bar.update(count: frames)
            }
        }
        bar.finish()
        // What failed is no reason to leave the other outputs without their ends; the first error is the one to tell.
        let ends: [Result<Void, any Error>] = [
            Result { try bus.finish() }, Result { try recorder?.finish() }, Result { try drawing?.finish() },
            Result { try table?.finish() },
        ]
        let summary = try run.get()
        if source.isVideo, !reader.facts.isPhotograph, summary.frames < 3 {
            Terminal.standardError.write("Note: nobody is reported before they are seen in three pictures.\n")
        }
        let rate = Double(summary.frames) / max(summary.length.inSeconds, 1e-6)
        if parts.robot != nil, summary.frames > 1, rate < Self.leastRobotRate {
            Terminal.standardError.write(
                String(
                    format:
                        "Note: an arm is held where no frame comes for a tenth of a second: %.1f a second are too few\n",
                    rate))
        }
        if let warning = summary.warning { Terminal.standardError.write("Warning: \(warning)\n") }
        for end in ends { try end.get() }
        if !outputs.json, !outputs.printsTrajectories {
            let table = outputs.tellsRobot ? robots.table : outputs.tellsSets ? sets.text : tally.table
            try printSummary(summary, table, isStopped: stop.isRequested)
        }
        if parts.explainsRules { try explain(session.explanations, session.courses) }
    }

    /// Tells what the rules noted down, and draws it.
    private func explain(_ explanations: [RuleExplanation], _ courses: [MotionCourse]) throws {
        let report = ExplanationReport(
            explanations, courses: courses, camera: camera, isFocused: outputs.isFocused)
        if outputs.explains { try report.print(json: outputs.json) }
        guard let path = outputs.plot else { return }
        guard let picture = ExplanationPlot(report, courses: courses).picture() else {
            Terminal.standardError.write("Note: \(path) was not written: there is nobody to draw\n")
            return
        }
        try PictureFile.write(picture, to: path)
        if !outputs.json { try StandardOutput.print("plot in \(path)") }
    }

    /// Whether everybody who was to get something of the run has gone.
    private func isUnread(_ streams: RunStreams) -> Bool {
        let isKept = [outputs.history, outputs.publish, outputs.render, outputs.sheet, outputs.plot].contains {
            $0 != nil
        }
        return !isKept && !streams.haveReaders
    }

    /// Says on standard error what does not stop the run.
    private static let warn: @Sendable (String) -> Void = {
        Terminal.standardError.write("Warning: \($0)\n")
    }

    private func history() throws -> HistorySink? {
        try outputs.history.map {
            try HistorySink(
                path: $0, kinds: outputs.kinds, clips: outputs.clips, forgivesHoles: false, say: Self.warn)
        }
    }

    private func sinks(
        _ summaries: [any EventSink], _ streams: RunStreams, run: EventID
    ) throws -> [any EventSink] {
        var sinks: [any EventSink] = []
        if let events = streams.events { sinks.append(EventFile(events, say: Self.warn)) }
        if let address = outputs.publish {
            let publisher = try PublisherSink(
                address: address, run: run)
            if outputs.waitsForSubscriber {
                Terminal.standardError.write("Waiting for a subscriber on \(publisher.endpoint)\n")
                try publisher.waitForSubscriber(within: .seconds(60))
            }
            sinks.append(SteadySink(publisher, say: Self.warn))
        }
        let printed = OutputFile.standardOutput
        let showsModel = parts.actionModels.count > 1
        if outputs.printsTrajectories {
            sinks.append(TrajectorySink(printed))
        } else {
            sinks.append(
                outputs.json ? JSONLinesSink(printed) : EventPrinter(showsModel: showsModel) { try printed.print($0) })
        }
        sinks += summaries
        guard let kinds = outputs.kinds else { return sinks }
        return sinks.map { KindFilter($0, kinds: kinds) }
    }

    private func printSummary(_ summary: CameraSession.Summary, _ table: String, isStopped: Bool) throws {
        let speed = summary.length.inSeconds / max(summary.elapsed.inSeconds, 1e-6)
        try StandardOutput.print("")
        func tenths(_ number: Double) -> String { String(format: "%.1f", number) }
        try StandardOutput.print(
            "\(summary.frames) frames, \(tenths(summary.length.inSeconds)) s of \(camera) in "
                + "\(tenths(summary.elapsed.inSeconds)) s (\(tenths(speed)) times real time)\(isStopped ? ", stopped" : "")"
        )
        try StandardOutput.print(table.isEmpty ? "Nothing was found.\n" : table, terminator: "")
        for (what, path) in [
            ("events", outputs.events), ("skeletons", outputs.skeletons), ("history", outputs.history),
            ("video", outputs.render), ("pictures", outputs.sheet), ("probabilities", outputs.probabilities),
        ] {
            if let path { try StandardOutput.print("\(what) in \(path)") }
        }
    }
}
