/// What one person can do to another; raw values are the labels of events.
package enum InteractionKind: String, Sendable, Hashable, CaseIterable {
    /// Goes up to the other and stops there.
    case approach
    /// Goes away from the other after having stood with them.
    case leave
    /// Holds the other's hand between them.
    case handshake
    /// Has the arms round the other.
    case hug
    /// Stretches the arms at the other, who gives way.
    case push
}
