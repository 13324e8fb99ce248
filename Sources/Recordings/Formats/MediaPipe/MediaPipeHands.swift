import Skeleton

/// The hands of one frame as MediaPipe tells them: 21 landmarks each, and which hand it takes each for.
struct MediaPipeHands {
    /// One list a hand: fractions of the picture.
    var image: [[MediaPipeLandmark]] = []
    /// One list a hand, in metres; or none.
    var world: [[MediaPipeLandmark]] = []
    /// `Left` or `Right` a hand, and how sure that is.
    var handedness: [(word: String, score: Float)] = []
    /// Of lists whose name tells whose hand it is, such as those of the holistic model.
    var sides: [HandPose.Side] = []

    static let landmarks = 21

    /// One person for each hand: hands are all that is known of them.
    ///
    /// MediaPipe takes pictures for mirrored, as a mirror shows its user. As Laban has it, left is the person's own in
    /// the picture as it is: what MediaPipe calls a right hand is then a left one.
    func people(at place: RecordPlace) throws(RecordingsError) -> [KeypointPerson] {
        guard world.isEmpty || world.count == image.count else {
            throw place.error(
                "expected as many hands in the world landmarks as in the image's \(image.count), found \(world.count)")
        }
        guard handedness.isEmpty || handedness.count == image.count else {
            throw place.error("expected the handedness of \(image.count) hands, found that of \(handedness.count)")
        }
        return try image.indices.map { index throws(RecordingsError) in
            for landmarks in [image[index]] + (world.isEmpty ? [] : [world[index]])
            where landmarks.count != Self.landmarks {
                throw place.error("expected the 21 landmarks of a hand, found \(landmarks.count)")
            }
            let side: HandPose.Side =
                if index < sides.count {
                    sides[index]
                } else {
                    !handedness.isEmpty && handedness[index].word.lowercased() == "right" ? .left : .right
                }
            let score = handedness.isEmpty ? 1 : max(0, min(1, handedness[index].score))
            let hand = HandPose(
                side: side, score: score, imagePoints: image[index].map(\.place),
                worldPoints: world.isEmpty ? [] : world[index].map(\.place))
            return KeypointPerson(hands: [hand], score: score)
        }
    }
}
