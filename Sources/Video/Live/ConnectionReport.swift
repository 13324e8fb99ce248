/// What there is to say when a live source's connection changes.
package struct ConnectionReport: Sendable, Equatable {
    package enum State: Sendable, Equatable {
        /// Pictures come.
        case online
        /// The connection stands but brings no pictures.
        case stalled
        /// There is no connection.
        case offline
    }

    package var state: State
    /// Without pictures for this long: in all once they come again, so far while they do not. Nil for the first picture
    /// of a source.
    package var outage: Duration?
    /// Media time at which this was noticed.
    package var time: Duration
    /// For people to read.
    package var message: String

    package init(state: State, outage: Duration?, time: Duration, message: String) {
        self.state = state
        self.outage = outage
        self.time = time
        self.message = message
    }
}
