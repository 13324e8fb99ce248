import CZeroMQ
import Files

/// Why an address cannot be used or a message cannot be read.
package struct MessagingError: LocatedError {
    package enum Code: Sendable, Hashable {
        /// The address is not one Laban opens, or not an address at all.
        case refusedAddress
        /// Somebody else listens there.
        case addressInUse
        /// A message is no event.
        case malformedMessage
        /// ZeroMQ or the system refused.
        case system
    }

    package let code: Code
    /// The address it is about.
    package let file: String
    /// What is wrong and what to do, as one sentence without a full stop.
    package let message: String

    package init(_ code: Code, endpoint: String, message: String) {
        self.code = code
        self.file = endpoint
        self.message = message
    }

    /// What ZeroMQ's last call says.
    init(lastCall: String, endpoint: String) {
        let number = zmq_errno()
        let reason = String(cString: zmq_strerror(number))
        self.init(
            number == EADDRINUSE ? .addressInUse : .system, endpoint: endpoint, message: "\(lastCall): \(reason)")
    }
}
