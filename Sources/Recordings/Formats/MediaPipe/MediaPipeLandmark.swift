/// One landmark as MediaPipe has it: fractions of the picture, or metres for world landmarks.
struct MediaPipeLandmark {
    var place = SIMD3<Float>.zero
    /// 1 where the dump leaves them out.
    var visibility: Float = 1
    var presence: Float = 1

    /// Its fields in the order in which dumps write them.
    static let fields: [StaticString] = ["x", "y", "z", "visibility", "presence"]

    mutating func set(_ field: Int, _ value: Float) {
        switch field {
        case 0...2: place[field] = value
        case 3: visibility = value
        default: presence = value
        }
    }

    /// Above 0, since landmarks are always found, however unlikely.
    private var confidence: Float { max(KeypointPerson.leastConfidence, min(1, visibility)) }

    /// A person from as many landmarks as a pose has, of either kind or of both.
    static func person(
        image: [MediaPipeLandmark], world: [MediaPipeLandmark], at place: RecordPlace
    ) throws(RecordingsError) -> KeypointPerson {
        for landmarks in [image, world] where !landmarks.isEmpty && landmarks.count != 33 {
            throw place.error("expected the 33 landmarks of a pose, found \(landmarks.count)")
        }
        return KeypointPerson(
            points: image.map { SIMD4($0.place, $0.confidence) },
            presences: image.map { max(0, min(1, $0.presence)) }, worldPoints: world.map(\.place))
    }
}
