/// How a gesture is told from other motion: a condition that stays true for a while.
package struct Gesture: Sendable, Hashable {
    /// What segments of it are called.
    package let label: String
    /// One condition for each way to make the gesture, such as one a side; each gives segments of its own.
    package let variants: [Condition]
    /// The condition must be true this long before a segment begins.
    package let hold: Duration
    /// Breaks shorter than this do not end a segment under way.
    package let gap: Duration
    /// Breaks shorter than this do not restart the wait for `hold`.
    package let settle: Duration

    package init(
        label: String, variants: [Condition], hold: Duration, gap: Duration, settle: Duration = .milliseconds(150)
    ) {
        precondition(!variants.isEmpty, "a gesture needs a condition")
        self.label = label
        self.variants = variants
        self.hold = hold
        self.gap = gap
        self.settle = settle
    }

    /// Every measure it asks for, each once.
    package var measures: [Measure] { variants.flatMap(\.measures).unique }
}
