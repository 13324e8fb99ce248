package import Shapes

/// How a gesture is told from other motion: a condition that stays true for a while.
package struct Gesture: Sendable, Hashable {
    /// What a gesture has to do with who is in control: at most one person before a camera is.
    package enum Control: String, Sendable, Hashable, CaseIterable {
        /// Gives control to who makes it; found only while nobody has it, or by who has.
        case takes
        /// Ends the control of who has it, so that somebody else can take it; found only of who has.
        case gives
        /// Found only of who is in control.
        case needs
    }

    /// What segments of it are called.
    package let label: String
    /// One condition for each way to make the gesture, such as one a side; each gives segments of its own.
    package let variants: [Condition]
    /// What arms each variant: it is looked for only while this has been true for a moment. Empty where nothing need be.
    package var arming: [Condition] = []
    /// The condition must be true this long before a segment begins.
    package let hold: Duration
    /// Breaks shorter than this do not end a segment under way.
    package let gap: Duration
    /// Breaks shorter than this do not restart the wait for `hold`.
    package let settle: Duration
    /// After a segment has ended, the next begins no sooner than this.
    package var cooldown = Duration.zero
    /// What it has to do with who is in control; nil where nothing.
    package var control: Control?

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

    /// The networks it asks.
    package var networks: Set<ShapeModel.Subject> { Set(measures.compactMap(\.formula.network)) }

    /// Whether it asks for hands, which are found in pictures only where they are looked for.
    package var looksAtHands: Bool {
        measures.contains { $0.points.contains(.leftHand) || $0.points.contains(.rightHand) }
    }

    /// Every measure it asks for, each once.
    package var measures: [Measure] { (variants + arming).flatMap(\.measures).unique }
}
