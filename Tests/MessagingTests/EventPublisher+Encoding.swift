import Events
import Messaging

extension EventPublisher {
    /// Publishes an event as the line that it is.
    func publish(_ event: Event) throws { try publish(event, line: EventLine.encode(event)) }
}
