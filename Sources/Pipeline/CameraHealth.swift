import Events
import Foundation
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

    /// Whether there were no pictures for so long that everybody seen is gone; true once for each such time.
    mutating func losesEverybody(at time: Duration) -> Bool {
        guard let since = quietSince, time - since >= CameraPipeline.patience else { return false }
        quietSince = nil
        return true
    }
}
