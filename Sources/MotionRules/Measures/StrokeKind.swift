/// Which strokes of a hand count.
enum StrokeKind: Sendable {
    /// Every wide one.
    case wide
    /// The last ones in a row that are alike in width and time, however narrow: what unrest hardly ever is.
    case even

    /// How wide a stroke is at least, in torso lengths.
    var width: Float { self == .wide ? 0.2 : 0.07 }
}
