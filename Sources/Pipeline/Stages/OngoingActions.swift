import Recognition
import Skeleton

/// What everybody is doing at the moment, as far as the action models say.
struct OngoingActions {
    private var open: [TrackID: [Int: String]] = [:]
    private var labels: [TrackID: Set<String>] = [:]

    /// Takes what the action models found in a frame.
    mutating func take(_ findings: [Finding]) {
        for case .action(let change, _) in findings {
            open[change.track, default: [:]][change.segment] = change.phase == .end ? nil : change.label
            labels[change.track] = Set((open[change.track] ?? [:]).values)
        }
    }

    /// The actions that somebody is in; empty where nothing is said of them.
    func labels(of track: TrackID) -> Set<String> { labels[track] ?? [] }

    mutating func forget(_ track: TrackID) {
        open[track] = nil
        labels[track] = nil
    }
}
