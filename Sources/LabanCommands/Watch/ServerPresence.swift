package import Events
import Video

/// Whether a server is heard, and what is said about it: decisions only, no clock, no socket.
///
/// A server sends something every second. Times are those since listening began.
package struct ServerPresence {
    private let address: String
    private var lastHeard: Duration?
    private var silentSince: Duration?
    private var run: EventID?

    /// Two heartbeats were missed, and the third is late.
    static let limit = Duration.milliseconds(2500)

    package init(address: String) { self.address = address }

    /// Something came; what to say of it.
    ///
    /// - Parameter run: the run it is of; nil where that cannot be told.
    package mutating func heard(run: EventID?, at time: Duration) -> [PrintableText] {
        var notes: [PrintableText] = []
        if let silentSince { notes.append("Heard again after \((time - silentSince).shortSeconds)") }
        if let before = self.run, let run, run != before {
            notes.append("A new run began: \(run); track ids start anew")
        }
        lastHeard = time
        silentSince = nil
        self.run = run ?? self.run
        return notes
    }

    /// Nothing came until now; what to say once that is too long.
    package mutating func waited(until time: Duration) -> PrintableText? {
        let since = lastHeard ?? .zero
        guard silentSince == nil, time - since >= Self.limit else { return nil }
        silentSince = since
        guard lastHeard != nil else { return "Warning: nobody is heard on \(address); is a server publishing there?" }
        return "Warning: the server on \(address) is silent"
    }
}
