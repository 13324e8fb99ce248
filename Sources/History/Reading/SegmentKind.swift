package import Events

/// The kinds of events that have a beginning and an end, as the `segment` table numbers them.
package enum SegmentKind: Int, Sendable, Hashable, CaseIterable {
    case action = 0
    case gesture = 1
    case track = 2
    case interaction = 3
    case set = 6

    package init?(_ kind: EventKind) {
        switch kind {
        case .action: self = .action
        case .gesture: self = .gesture
        case .track: self = .track
        case .interaction: self = .interaction
        case .set: self = .set
        case .rep, .robot, .camera, .history, .heartbeat: return nil
        }
    }

    package var eventKind: EventKind {
        switch self {
        case .action: .action
        case .gesture: .gesture
        case .track: .track
        case .interaction: .interaction
        case .set: .set
        }
    }

    /// The view for people at the `sqlite3` shell.
    var viewName: String { eventKind.rawValue + "s" }
}
