import Recognition
import Skeleton

/// What everybody is doing at the moment, as far as the action models say.
struct OngoingActions {
    private var open: [TrackID: [Int: String]] = [:]

    /// Takes what the action models found in a frame.
    mutating func take(_ findings: [Finding]) {
        for case .action(let change, _) in findings {
            open[change.track, default: [:]][change.segment] = change.phase == .end ? nil : change.label
        }
    }

    /// The actions that somebody is in; empty where nothing is said of them.
    func labels(of track: TrackID) -> Set<String> { Set((open[track] ?? [:]).values) }

    mutating func forget(_ track: TrackID) { open[track] = nil }
}
