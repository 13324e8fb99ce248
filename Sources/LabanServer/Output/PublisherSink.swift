package import Events
import Messaging
import Pipeline

/// Publishes every event over ZeroMQ.
package final class PublisherSink: EventSink {
    private let publisher: EventPublisher

    /// Listens at `address`, and publishes a heartbeat every second.
    ///
    /// - Parameters:
    ///   - run: the run of the events.
    ///   - site: the third part of every topic.
    /// - Throws: `MessagingError` when nothing can listen there.
    package init(
        address: String, run: EventID, site: String = "local"
    ) throws {
        var settings = EventPublisher.Settings()
        settings.heartbeatInterval = .seconds(1)
        publisher = try EventPublisher(endpoint: address, site: site, run: run, settings: settings)
    }

    /// Where it listens, with the port that the system chose where none was asked for.
    package var endpoint: String { publisher.endpoint }

    /// Waits for a first subscriber.
    ///
    /// - Throws: `OutputError` when none came in time.
    package func waitForSubscriber(within patience: Duration) throws(OutputError) {
        guard publisher.waitForSubscriptions(timeout: patience) else {
            throw OutputError(file: endpoint, message: "no subscriber came within \(patience.components.seconds) s")
        }
    }

    package func take(_ event: Event, line: [UInt8]) throws { try publisher.publish(event, line: line) }

    /// Tells subscribers the last numbers, so that they can see that nothing is missing at the end.
    package func finish() throws { try publisher.publishHeartbeat() }
}
