import Events
import Foundation
import Logging
import MarkedYAML
import Messaging
import MotionRules
import Pipeline
import Recognition
import Recordings
import Skeleton
import Synchronization
import Tracking
import Video

/// Every camera of a settings file at work, each on a thread of its own, all publishing on one bus.
package final class CameraServer: Sendable {
    private let settings: ServeSettings
    private let parts: [PipelineParts]
    private let registry: Mutex<ModelRegistry>
    private let gestures: Mutex<GestureRegistry>
    private let gate: FairGate
    private let roll: CameraRoll
    private let logger = Logger(label: "laban.serve")

    /// Loads whatever the settings name.
    ///
    /// - Parameter file: the settings' file, for errors.
    /// - Throws: what is wrong with a model, a rule file or the pose weights.
    package init(settings: ServeSettings, file: String) throws {
        self.settings = settings
        var registry = ModelRegistry()
        let gestures = try GestureRegistry(folder: settings.gestures)
        let shared = gestures.shared
        parts = try settings.cameras.map { camera in
            var parts = try PipelineParts(
                for: camera.input, lookingFor: shared, falseAlarmsPerHour: settings.falseAlarmsPerHour,
                threads: camera.threads, findsHands: camera.findsHands)
            parts.counting = camera.counting.settings
            var names: [String: String] = [:]
            parts.actionModels = try (camera.models ?? settings.models).map { choice in
                let model = try Self.model(choice, for: camera, from: &registry, file: file)
                let identifier = model.latest.content.identifier
                if let other = names.updateValue(choice.name, forKey: identifier) {
                    throw YAMLFileError(
                        file: file, line: choice.line, column: choice.column,
                        message: "expected models that events can tell apart, found \(identifier) in '\(choice.name)' "
                            + "and in '\(other)'")
                }
                return model
            }
            return parts
        }
        self.registry = Mutex(registry)
        self.gestures = Mutex(gestures)
        let threads = settings.cameras.map(\.threads).max() ?? 1
        roll = CameraRoll(settings.cameras.map(\.name))
        gate = FairGate(permits: max(1, ProcessInfo.processInfo.activeProcessorCount / threads))
    }

    /// The model of a camera; what is wrong with it is said of the place in the settings that names it.
    private static func model(
        _ choice: ServeSettings.ModelChoice, for camera: ServeSettings.CameraSettings,
        from registry: inout ModelRegistry,
        file: String
    ) throws -> Shared<ActionModel> {
        func fault(_ message: String) -> YAMLFileError {
            YAMLFileError(file: file, line: choice.line, column: choice.column, message: message)
        }
        let model: Shared<ActionModel>
        do { model = try registry.model(in: ModelName.folder(choice.name)) } catch let error as RecognitionError {
            throw fault("model '\(choice.name)': \(error)")
        }
        guard !model.latest.content.input.looksAtHands || camera.findsHands || !camera.input.isVideo else {
            throw fault("model '\(choice.name)' looks at hands: expected 'hands: true' for '\(camera.name)'")
        }
        return model
    }

    /// Tries what can be tried without serving: whether events can be published and kept, and whether the files that
    /// cameras name can be opened. Live sources may be away for a while, so they are not asked.
    ///
    /// - Returns: what is wrong, one sentence each.
    package func faults() -> [String] {
        var faults: [String] = []
        func attempt(_ what: String, _ work: () throws -> Void) {
            do { try work() } catch { faults.append(SourceAddress.redacting("\(what): \(error)")) }
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
    ///
    /// - Throws: `OutputError` when no camera can go on, and what is wrong when not everything could be kept.
    package func run(until stop: StopSignal) throws {
        FileMode.set(settings.fileMode)
        let stamper = EventStamper()
        let publisher = try PublisherSink(
            address: settings.publish, run: stamper.run, site: settings.site)
        let log = CameraLog()
        let warn: @Sendable (String) -> Void = { [logger] in logger.warning("output", metadata: ["what": "\($0)"]) }
        let history = try settings.history.map {
            try HistorySink(path: $0, clips: settings.clips, forgivesHoles: true, say: warn)
        }
        let bus = EventBus(stamper: stamper, keeper: history, sinks: [SteadySink(publisher, say: warn), log])
        let finished = DispatchGroup()
        logger.info(
            "serving",
            metadata: [
                "cameras": "\(settings.cameras.map(\.name).joined(separator: ", "))",
                "publish": "\(publisher.endpoint)", "site": "\(settings.site)",
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
        while !stop.wait(.seconds(1)), !roll.isOver {
            do { try bus.publishNotices() } catch { self.log(error, "not published") }
            log.flush()
            registry.withLock { $0.look() }
            gestures.withLock { $0.look() }
        }
        let failure = stop.isRequested ? nil : roll.failure
        logger.info("stopping")
        finished.wait()
        try bus.finish()
        if let failure { throw failure }
    }

    /// Works through a camera's source, again and again if the settings say so. One that fails is tried again after
    /// growing pauses, as long as another is at work.
    private func serve(
        _ camera: ServeSettings.CameraSettings, _ parts: PipelineParts, on bus: EventBus, until stop: StopSignal
    ) {
        // Ids go on over repetitions: none is given twice in a run.
        var numbering = TrackNumbering()
        var pause = Self.firstPause
        repeat {
            let start = ContinuousClock.now
            var session: CameraSession?
            do {
                roll.set(.working, camera.name)
                let reader = try SourceReader(
                    camera.input, pace: camera.isRealTime ? .realTime : .consumer,
                    options: SkeletonReadingOptions(framesPerSecond: camera.live.frameRate), speed: camera.speed,
                    live: camera.live)
                for note in reader.facts.derived {
                    logger.info("derived", metadata: ["camera": "\(camera.name)", "what": "\(note)"])
                }
                if let base = reader.timeBase() { bus.setTimeBase(base, of: camera.name) }
                session = try CameraSession(
                    camera: camera.name, reader: reader, parts: parts, bus: bus, gate: gate, numbering: numbering)
                defer { numbering = session!.numbering }
                let summary = try session!.run(shouldStop: { stop.isRequested || roll.isOver }) { _, _ in }
                var metadata: Logger.Metadata = [
                    "camera": "\(camera.name)", "frames": "\(summary.frames)", "dropped": "\(summary.dropped)",
                ]
                if let warning = summary.warning { metadata["warning"] = "\(warning)" }
                logger.info("source ended", metadata: metadata)
            } catch {
                log(error, "camera failed", camera: camera.name)
                // A session ends its own events; what cannot even be opened has none.
                if session == nil { tellOfFailure(error, of: camera.name, on: bus) }
                roll.set(.failed(SourceAddress.redacting("\(error)")), camera.name)
                if ContinuousClock.now - start > Self.longestPause { pause = Self.firstPause }
                guard roll.wait(pause, until: { stop.isRequested }) else { return }
                pause = min(pause * 2, Self.longestPause)
                continue
            }
            guard camera.repeats else { return roll.set(.ended, camera.name) }
        } while !stop.isRequested && !roll.isOver
    }

    /// Between two tries of a camera that failed.
    private static let firstPause = Duration.seconds(1)
    private static let longestPause = Duration.seconds(60)

    private func tellOfFailure(_ error: any Error, of camera: String, on bus: EventBus) {
        let payload = CameraPayload(state: .failed, message: SourceAddress.redacting("\(error)"))
        do {
            try bus.publish([EventDraft(camera: camera, reason: .failed, payload: .camera(payload))])
        } catch { log(error, "not published", camera: camera) }
    }

    private func log(_ error: any Error, _ message: Logger.Message, camera: String? = nil) {
        var metadata: Logger.Metadata = ["error": "\(SourceAddress.redacting("\(error)"))"]
        if let camera { metadata["camera"] = "\(camera)" }
        logger.error(message, metadata: metadata)
    }
}
