/// A shape of one hand that the network for hands tells apart; the 27 of the pose-classification-kit (A. FDLR, MIT).
///
/// The raw value is the word for it in rule files. Left and right hands make the same shapes, mirrored.
package enum HandShape: String, Sendable, Hashable, CaseIterable {
    /// Fingertips bunched against the thumb, hand sideways.
    case beak
    /// Thumb and little finger out, thumb up: a telephone at the ear.
    case call
    /// A hanging hand with the thumb out, as if pouring into the mouth.
    case drink
    /// Four fingers up, middle finger and thumb touching.
    case eight
    /// A fist of which the back of the hand is seen.
    case fistBack = "fist_back"
    /// A fist of which the fingers are seen.
    case fistFront = "fist_front"
    case four
    /// The flat hand held out sideways, thumb above.
    case handshake
    /// Thumb, index and little finger out.
    case iLoveYou = "i_love_you"
    /// Thumb and index at right angles.
    case lShape = "l_shape"
    case middleFinger = "middle_finger"
    /// Three fingers up, index bent to the thumb.
    case nine
    /// Thumb and index make a ring, the others stand.
    case ok
    /// The five spread fingers of an open hand, upright.
    case openPalm = "open_palm"
    /// The index alone.
    case point
    /// Index and little finger up, thumb on the others.
    case rock
    /// Index and middle finger apart, sideways.
    case scissors
    /// Four fingers up, ring finger and thumb touching.
    case seven
    /// Thumb and little finger out, upright.
    case shaka
    /// Index, middle and ring finger up, little finger and thumb touching.
    case six
    /// The flat upright hand, fingers together.
    case stop
    /// Thumb, index and middle finger.
    case three
    case thumbDown = "thumb_down"
    case thumbUp = "thumb_up"
    /// Index and middle finger apart, upright.
    case victory
    /// Upright hand, fingers parted in the middle.
    case vulcan
    /// The fingers rounded to an O with the thumb.
    case zero
}

/// A word for hand shapes in rule files: one shape, another name for it, or several that mean the same.
package struct HandWord: Sendable, Hashable {
    package let name: String
    /// What it stands for; a hand that is any of them is meant.
    package let shapes: [HandShape]

    /// Every word, sorted.
    package static let all: [HandWord] = {
        let shapes = HandShape.allCases.map { HandWord(name: $0.rawValue, shapes: [$0]) }
        let others = [
            HandWord(name: "fist", shapes: [.fistFront, .fistBack]), HandWord(name: "one", shapes: [.point]),
            HandWord(name: "two", shapes: [.victory]), HandWord(name: "five", shapes: [.openPalm]),
            HandWord(name: "palm", shapes: [.openPalm, .stop]),
        ]
        return (shapes + others).sorted { $0.name < $1.name }
    }()

    /// The word of that name, or nil.
    package static func named(_ name: String) -> HandWord? { all.first { $0.name == name } }
}
