/// What an event tells of.
package enum EventKind: String, Sendable, Hashable, CaseIterable {
    case action, gesture, rep, set, interaction, track, robot, camera, history, heartbeat

    /// The `type` of the event line.
    package var type: String { "laban." + rawValue }

    /// The kind with that `type`, or nil.
    package init?(type: String) {
        guard type.hasPrefix("laban.") else { return nil }
        self.init(rawValue: String(type.dropFirst("laban.".count)))
    }
}
