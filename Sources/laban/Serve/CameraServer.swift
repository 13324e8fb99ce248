import Events
import Foundation
import Logging
import Messaging
import Pipeline
import Skeleton

/// Every camera of a settings file at work, each on a thread of its own, all publishing on one bus.
final class CameraServer: Sendable {
    private let settings: ServeSettings
    private let parts: [PipelineParts]
    private let logger = Logger(label: "laban.serve")

    /// Loads whatever the settings name.
    ///
    /// - Throws: what is wrong with a model, a rule file or the pose weights.
    init(settings: ServeSettings) throws {
        self.settings = settings
        var resources = ResourceOptions()
        resources.model = settings.model
        resources.gestures = settings.gestures
        parts = try settings.cameras.map { camera in
            try resources.parts(
                for: PipelineInput(camera.input), threads: camera.threads, findsHands: camera.findsHands)
        }
    }

    /// Serves until SIGINT or SIGTERM; every event has ended and reached its sinks then.
    func run() throws {
        let stamper = EventStamper()
        let publisher = try PublisherSink(address: settings.publish, run: stamper.run, site: settings.site)
        var sinks: [any EventSink] = [publisher]
        if let path = settings.history { sinks.insert(try HistorySink(path: path), at: 0) }
        let bus = EventBus(stamper: stamper, sinks: sinks)
        let stopped = DispatchSemaphore(value: 0)
        let stop = StopSignal { stopped.signal() }
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
        while stopped.wait(timeout: .now() + 1) == .timedOut {
            do { try publisher.publisher.publishHeartbeat() } catch { log(error, "heartbeat not sent") }
        }
        logger.info("stopping")
        finished.wait()
        try bus.finish()
    }

    /// Works through a camera's source, again and again if the settings say so.
    private func serve(
        _ camera: ServeSettings.CameraSettings, _ parts: PipelineParts, on bus: EventBus, until stop: StopSignal
    ) {
        repeat {
            do {
                let reader = try SourceReader(
                    PipelineInput(camera.input), pace: camera.isRealTime ? .realTime : .consumer)
                for note in reader.derived {
                    logger.info("derived", metadata: ["camera": "\(camera.name)", "what": "\(note)"])
                }
                if !reader.isLive { bus.setTimeBase(.file(start: UnixTime(Date())), of: camera.name) }
                var session = try CameraSession(camera: camera.name, reader: reader, parts: parts, bus: bus)
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
        var metadata: Logger.Metadata = ["error": "\(error)"]
        if let camera { metadata["camera"] = "\(camera)" }
        logger.error(message, metadata: metadata)
    }
}
