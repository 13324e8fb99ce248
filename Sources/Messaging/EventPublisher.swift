package import Events
import Synchronization

/// Publishes events over ZeroMQ: the topic in one frame, the event line in the next.
///
/// Publishing never waits: a subscriber that falls too far behind loses events and sees a hole in `seq`. May be shared
/// between tasks; closing waits up to the linger time for what is still to be sent.
package final class EventPublisher: Sendable {
    package struct Settings: Sendable, Hashable {
        /// Events kept for each subscriber before some are dropped.
        package var highWaterMark = 10_000
        /// Connections that may stand at a time; one more is ended.
        package var greatestConnections = 128
        /// How long closing waits for the last events to go out.
        package var linger = Duration.seconds(1)
        /// How often a heartbeat is published unasked; nil never does.
        package var heartbeatInterval: Duration?

        package init() {}
    }

    /// Where it listens; a port of `*` has become a number.
    package let endpoint: String
    package let site: String
    private let queue: PublisherQueue
    /// Takes in subscriptions at once, however quiet the cameras are, and publishes heartbeats.
    private let keeper: JoinedThread

    /// Listens on `endpoint`: `tcp://127.0.0.1:PORT`, with `*` for any port, or `ipc://PATH`.
    ///
    /// - Parameters:
    ///   - site: the third part of every topic.
    ///   - run: the run of the events, for heartbeats.
    package init(
        endpoint: String, site: String = "local", run: EventID, settings: Settings = .init(),
        clock: EventClock = .system
    ) throws(MessagingError) {
        let queue = try PublisherQueue(
            endpoint: endpoint, site: site, stamper: EventStamper(run: run, clock: clock), settings: settings)
        self.endpoint = queue.endpoint
        self.site = site
        self.queue = queue
        keeper = JoinedThread { queue.keep(heartbeatInterval: settings.heartbeatInterval) }
    }

    deinit {
        queue.close()
        keeper.join()
        Endpoint.removeSocketFile(of: endpoint)
    }

    /// Publishes one event as the line that it is written as everywhere.
    package func publish(_ event: Event, line: [UInt8]) throws(MessagingError) { try queue.publish(event, line: line) }

    /// Publishes the last number of every stream so far, so that subscribers notice a loss at the end.
    package func publishHeartbeat() throws(MessagingError) { try queue.publishHeartbeat() }

    /// How many subscriptions there are just now.
    package var subscriptions: Int { queue.subscriptions }

    /// Waits for subscribers, who would otherwise miss the first events; false when the time is over before.
    package func waitForSubscriptions(atLeast count: Int = 1, timeout: Duration) -> Bool {
        queue.waitForSubscriptions(atLeast: count, timeout: timeout)
    }
}
