import Events
import Foundation
import Pipeline
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
        self.parts = parts
        self.outputs = outputs
        var live = LiveSettings()
        live.transport = transport
        live.startLimit = Self.startLimit
        self.live = live
    }

    func work() throws {
        let stop = StopSignal()
        let reader = try SourceReader(source, options: reading, speed: speed, live: live)
        for note in reader.derived { Terminal.standardError.write("Derived: \(note)\n") }
        let tally = EventTally()
        let stamper = EventStamper()
        let bus = EventBus(stamper: stamper, sinks: try sinks(tally, run: stamper.run))
        if let base = reader.timeBase(recordedAt: outputs.recordedAt ?? UnixTime(Date())) {
            bus.setTimeBase(base, of: camera)
        }
        var session = try CameraSession(camera: camera, reader: reader, parts: parts, bus: bus)
        let recorder = try outputs.skeletons.map { try SkeletonRecorder(path: $0) }
        var drawing = try Drawing(video: outputs.render, sheet: outputs.sheet, reader: reader)
        var bar = ProgressBar(camera, total: reader.expectedFrameCount, unit: "frames")
        var frames = 0
        let summary = try session.run(shouldStop: { stop.isRequested }) { step, picture in
            try recorder?.append(step.skeletons)
            if let picture { try drawing?.append(step, over: picture) }
            frames += 1
            bar.update(count: frames)
        }
        bar.finish()
        try recorder?.finish()
        try drawing?.finish()
        try bus.finish()
        if source.isVideo, !reader.isPhotograph, summary.frames < 3 {
            Terminal.standardError.write("Note: nobody is reported before they are seen in three pictures.\n")
        }
        if let warning = summary.warning { Terminal.standardError.write("Warning: \(warning)\n") }
        if !outputs.json { try printSummary(summary, tally, isStopped: stop.isRequested) }
    }

    private func sinks(_ tally: EventTally, run: EventID) throws -> [any EventSink] {
        var sinks: [any EventSink] = []
        if let path = outputs.events { sinks.append(try JSONLinesSink(path: path)) }
        if let path = outputs.history { sinks.append(try HistorySink(path: path)) }
        if let address = outputs.publish {
            sinks.append(
                try PublisherSink(
                    address: address, run: run, patience: outputs.waitsForSubscriber ? .seconds(60) : nil))
        }
        sinks.append(outputs.json ? JSONLinesSink() : EventPrinter(showsModel: parts.actionModels.count > 1))
        sinks.append(tally)
        guard let kinds = outputs.kinds else { return sinks }
        return sinks.map { KindFilter($0, kinds: kinds) }
    }

    private func printSummary(_ summary: CameraSession.Summary, _ tally: EventTally, isStopped: Bool) throws {
        let speed = summary.length.inSeconds / max(summary.elapsed.inSeconds, 1e-6)
        try StandardOutput.print("")
        try StandardOutput.print(
            String(
                format: "%d frames, %.1f s of %@ in %.1f s (%.1f times real time)%@", summary.frames,
                summary.length.inSeconds, camera, summary.elapsed.inSeconds, speed, isStopped ? ", stopped" : ""))
        let table = tally.table
        try StandardOutput.print(table.isEmpty ? "Nothing was found.\n" : table, terminator: "")
        for (what, path) in [
            ("events", outputs.events), ("skeletons", outputs.skeletons), ("history", outputs.history),
            ("video", outputs.render), ("pictures", outputs.sheet),
        ] {
            if let path { try StandardOutput.print("\(what) in \(path)") }
        }
    }
}
