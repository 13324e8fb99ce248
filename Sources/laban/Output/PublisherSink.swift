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
    ///   - patience: how long to wait for a first subscriber; nil does not wait.
    /// - Throws: `MessagingError` when nothing can listen there, `OutputError` when no subscriber came in time.
    init(address: String, run: EventID, site: String = "local", patience: Duration? = nil) throws {
        publisher = try EventPublisher(endpoint: address, site: site, run: run)
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
