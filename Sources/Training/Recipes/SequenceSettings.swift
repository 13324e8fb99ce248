/// How the sequences are put together that a model is trained on. Times in seconds.
package struct SequenceSettings: Sendable, Codable, Equatable {
    /// Share of sequences that are spliced from clips, and segments of recordings; the others show one recording, or one clip
    /// from its beginning as a model sees it from reset.
    package var spliced: Float = 0.25
    /// The longest passage from one clip of a spliced sequence to the next.
    package var passage: Float = 0.5
    /// A clip longer than this is cut: somebody rarely does the same thing for longer before they do another.
    package var longest: Float = 4
    /// How far a class that has few frames is made up for by counting them more: 0 not at all, 1 wholly.
    package var balance: Float = 0
    /// How much more the first half second of an action counts than what follows: more means begins that are noticed sooner.
    package var onset: Float = 1

    package init() {}
}
