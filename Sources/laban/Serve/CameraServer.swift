import Events
import Foundation
import Logging
import MarkedYAML
import Messaging
import Pipeline
import Recognition
import Recordings
import Skeleton
import Synchronization
import Tracking
import Video

/// Every camera of a settings file at work, each on a thread of its own, all publishing on one bus.
final class CameraServer: Sendable {
    private let settings: ServeSettings
    private let parts: [PipelineParts]
    private let shelf: Mutex<ModelShelf>
    private let gate: FairGate
    private let logger = Logger(label: "laban.serve")

    /// Loads whatever the settings name.
    ///
    /// - Parameter file: the settings' file, for errors.
    /// - Throws: what is wrong with a model, a rule file or the pose weights.
    init(settings: ServeSettings, file: String) throws {
        self.settings = settings
        var resources = ResourceOptions()
        resources.gestures = settings.gestures
        resources.falseAlarmsPerHour = settings.falseAlarmsPerHour
        var shelf = ModelShelf()
        parts = try settings.cameras.map { camera in
            var parts = try resources.parts(
                for: camera.input, threads: camera.threads, recognisesActions: false, findsHands: camera.findsHands)
            parts.actionModels = try (camera.models ?? settings.models).map { choice in
                try Self.model(choice, for: camera, from: &shelf, file: file)
            }
            return parts
        }
        self.shelf = Mutex(shelf)
        let threads = settings.cameras.map(\.threads).max() ?? 1
        gate = FairGate(permits: max(1, ProcessInfo.processInfo.activeProcessorCount / threads))
    }

    /// The model of a camera; what is wrong with it is said of the place in the settings that names it.
    private static func model(
        _ choice: ServeSettings.ModelChoice, for camera: ServeSettings.CameraSettings, from shelf: inout ModelShelf,
        file: String
    ) throws -> SharedModel {
        func fault(_ message: String) -> YAMLFileError {
            YAMLFileError(file: file, line: choice.line, column: choice.column, message: message)
        }
        let model: SharedModel
        do { model = try shelf.model(in: ResourceOptions.modelFolder(choice.name)) } catch let error as RecognitionError
        {
            throw fault("model '\(choice.name)': \(error)")
        }
        guard !model.latest.model.looksAtHands || camera.findsHands || !camera.input.isVideo else {
            throw fault("model '\(choice.name)' looks at hands: expected 'hands: true' for '\(camera.name)'")
        }
        return model
    }

    /// Tries what can be tried without serving: whether events can be published and kept, and whether the files that
    /// cameras name can be opened. Live sources may be away for a while, so they are not asked.
    ///
    /// - Returns: what is wrong, one sentence each.
    func faults() -> [String] {
        var faults: [String] = []
        func attempt(_ what: String, _ work: () throws -> Void) {
            do { try work() } catch { faults.append("\(what): \(SourceAddress.redacting("\(error)"))") }
        }
        attempt("publish") { _ = try PublisherSink(address: settings.publish, run: EventStamper().run) }
        if let history = settings.history { attempt("history") { try HistorySink.check(history) } }
        for camera in settings.cameras where !camera.input.isLive {
            attempt("camera '\(camera.name)'") {
                try SourceReader(
                    camera.input, options: SkeletonReadingOptions(framesPerSecond: camera.live.frameRate)
                ).stop()
            }
        }
        return faults
    }

    /// Serves until told to stop; every event has ended and reached its sinks then.
    func run(until stop: StopSignal) throws {
        let stamper = EventStamper()
        let publisher = try PublisherSink(
            address: settings.publish, run: stamper.run, site: settings.site, heartbeats: true)
        let log = CameraLog()
        var sinks: [any EventSink] = [publisher, log]
        if let path = settings.history { sinks.insert(try HistorySink(path: path), at: 0) }
        let bus = EventBus(stamper: stamper, sinks: sinks)
        let finished = DispatchGroup()
        logger.info(
            "serving",
            metadata: [
                "cameras": "\(settings.cameras.map(\.name).joined(separator: ", "))",
                "publish": "\(publisher.publisher.endpoint)", "site": "\(settings.site)",
            ])
        for (camera, parts) in zip(settings.cameras, parts) {
            finished.enter()
            let thread = Thread { [self] in
                serve(camera, parts, on: bus, until: stop)
                finished.leave()
            }
            thread.name = "laban.camera"
            thread.stackSize = 4 << 20
            thread.start()
        }
        while !stop.wait(.seconds(1)) {
            log.flush()
            shelf.withLock { $0.look() }
        }
        logger.info("stopping")
        finished.wait()
        try bus.finish()
    }

    /// Works through a camera's source, again and again if the settings say so.
    private func serve(
        _ camera: ServeSettings.CameraSettings, _ parts: PipelineParts, on bus: EventBus, until stop: StopSignal
    ) {
        // Ids go on over repetitions: none is given twice in a run.
        var numbering = TrackNumbering()
        repeat {
            do {
                let reader = try SourceReader(
                    camera.input, pace: camera.isRealTime ? .realTime : .consumer,
                    options: SkeletonReadingOptions(framesPerSecond: camera.live.frameRate), speed: camera.speed,
                    live: camera.live)
                for note in reader.derived {
                    logger.info("derived", metadata: ["camera": "\(camera.name)", "what": "\(note)"])
                }
                if let base = reader.timeBase() { bus.setTimeBase(base, of: camera.name) }
                var session = try CameraSession(
                    camera: camera.name, reader: reader, parts: parts, bus: bus, gate: gate, numbering: numbering)
                defer { numbering = session.numbering }
                let summary = try session.run(shouldStop: { stop.isRequested }) { _, _ in }
                logger.info(
                    "source ended",
                    metadata: [
                        "camera": "\(camera.name)", "frames": "\(summary.frames)", "dropped": "\(summary.dropped)",
                    ])
            } catch {
                log(error, "camera failed", camera: camera.name)
                return
            }
        } while camera.repeats && !stop.isRequested
    }

    private func log(_ error: any Error, _ message: Logger.Message, camera: String? = nil) {
        var metadata: Logger.Metadata = ["error": "\(SourceAddress.redacting("\(error)"))"]
        if let camera { metadata["camera"] = "\(camera)" }
        logger.error(message, metadata: metadata)
    }
}
