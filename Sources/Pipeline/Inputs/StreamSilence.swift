import Foundation
import Skeleton
import Video

/// When a stream of skeletons is silent, and what is said about it: decisions only, no clock, no socket.
///
/// Nobody announces that a publisher comes or leaves, so the frames themselves tell. Times are those since the source
/// was made.
struct StreamSilence {
    private let address: String
    private let limit: Duration
    private var last: Duration?
    private var isOnline = false
    private var nextReport: Duration

    /// - Parameter limit: a stream without a frame for this long is silent.
    init(address: String, limit: Duration) {
        self.address = address
        self.limit = limit
        nextReport = limit
    }

    /// A frame came; what to say when it is the first, or the first after a silence.
    mutating func frameArrived(at time: Duration) -> ConnectionReport? {
        defer {
            last = time
            isOnline = true
            nextReport = time + limit
        }
        guard !isOnline else { return nil }
        guard let last else {
            return ConnectionReport(state: .online, outage: nil, time: time, message: "skeletons come")
        }
        let outage = time - last
        return ConnectionReport(
            state: .online, outage: outage, time: time, message: "back after \(outage.shortSeconds)")
    }

    /// No frame came until now; what to say once that is too long, and from then on once a minute.
    mutating func waited(until time: Duration) -> ConnectionReport? {
        guard time >= nextReport else { return nil }
        isOnline = false
        nextReport = time + LiveConnection.reminder
        let silence = time - (last ?? .zero)
        let message =
            last == nil
            ? "nothing was published on \(address) for \(silence.shortSeconds)"
            : "no skeletons for \(silence.shortSeconds)"
        return ConnectionReport(state: last == nil ? .offline : .stalled, outage: silence, time: time, message: message)
    }
}
