import Events
import Foundation
import Skeleton
import Video

/// What a camera's own events say while it runs: outages and load. A value without clock or thread.
struct CameraHealth {
    private var load = LoadMeter()
    private var isOnline: Bool
    /// Media time since which no picture was worked on, until everybody seen has been ended.
    private var quietSince: Duration?

    /// - Parameter isLive: whether the source tells when it is online.
    init(isLive: Bool) { isOnline = !isLive }

    /// The source's connection changed.
    mutating func take(_ report: ConnectionReport) -> CameraPayload {
        load.restart()
        let state: CameraPayload.State =
            switch report.state {
            case .online: .online
            case .stalled: .stalled
            case .offline: .offline
            }
        isOnline = state == .online
        return CameraPayload(state: state, message: report.message, outage: report.outage)
    }

    /// A picture was worked on; gives what is to be said about the load.
    mutating func worked(_ frames: Int, dropped: Int, at time: Duration) -> CameraPayload? {
        quietSince = time
        guard isOnline, let report = load.update(worked: frames, dropped: dropped, at: time) else { return nil }
        let text = String(
            format: "%.1f pictures a second worked on, %.0f %% dropped", report.framesPerSecond,
            report.droppedShare * 100)
        return CameraPayload(
            state: report.isDropping ? .dropping : .online, message: text, framesPerSecond: report.framesPerSecond,
            droppedShare: report.droppedShare)
    }

    /// Why everybody seen is given up by now, and how long after the last picture: the camera gave no pictures, or none
    /// of those it gave was worked on. Told once for each such time.
    ///
    /// - Parameter newest: media time of the newest picture the camera gave, worked on or not.
    mutating func losesEverybody(at time: Duration, newest: Duration?) -> SourceLoss? {
        guard let since = quietSince,
            let loss = SourceLoss(silence: time - max(since, newest ?? since), idleness: time - since)
        else { return nil }
        quietSince = nil
        return loss
    }
}
