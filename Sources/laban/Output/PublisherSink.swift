import Events
import Messaging
import Pipeline

/// Publishes every event over ZeroMQ.
final class PublisherSink: EventSink {
    let publisher: EventPublisher

    /// Listens at `address`.
    ///
    /// - Parameters:
    ///   - run: the run of the events.
    ///   - site: the third part of every topic.
    ///   - heartbeats: whether one is published every second, as of what goes on for long.
    ///   - patience: how long to wait for a first subscriber; nil does not wait.
    /// - Throws: `MessagingError` when nothing can listen there, `OutputError` when no subscriber came in time.
    init(
        address: String, run: EventID, site: String = "local", heartbeats: Bool = false, patience: Duration? = nil
    ) throws {
        var settings = EventPublisher.Settings()
        if heartbeats { settings.heartbeatInterval = .seconds(1) }
        publisher = try EventPublisher(endpoint: address, site: site, run: run, settings: settings)
        guard let patience else { return }
        Terminal.standardError.write("Waiting for a subscriber on \(publisher.endpoint)\n")
        guard publisher.waitForSubscriptions(timeout: patience) else {
            throw OutputError(path: address, message: "no subscriber came within \(patience.components.seconds) s")
        }
    }

    func take(_ event: Event, line: [UInt8]) throws { try publisher.publish(event) }

    /// Tells subscribers the last numbers, so that they can see that nothing is missing at the end.
    func finish() throws { try publisher.publishHeartbeat() }
}
