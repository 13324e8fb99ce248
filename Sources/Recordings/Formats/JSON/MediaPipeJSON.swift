import JSONLines
import Skeleton

/// MediaPipe pose or hand results as JSON, one object a frame: the landmarks of its tasks (a list for each person or hand)
/// or of its older solutions (one person), with or without world landmarks, a time and a frame number.
final class MediaPipeJSON: KeypointSource {
    let topology: SkeletonTopology? = .blazePose33
    let units = [KeypointUnit.fractions]
    private let records: JSONRecords

    init(path: String, container: JSONRecords.Container) throws(RecordingsError) {
        records = try JSONRecords(path: path, container: container)
    }

    func next() throws(RecordingsError) -> KeypointFrame? {
        guard let record = try records.next() else { return nil }
        return try Self.frame(record)
    }

    /// Whether a frame with this key holds landmarks.
    static func isLandmarkKey(_ key: String) -> Bool {
        imageKeys.contains(key) || worldKeys.contains(key) || handKeys.contains(key) || worldHandKeys.contains(key)
    }

    fileprivate static let handKeys: Set = [
        "hand_landmarks", "handLandmarks", "multi_hand_landmarks", "multiHandLandmarks",
    ]
    fileprivate static let worldHandKeys: Set = [
        "hand_world_landmarks", "handWorldLandmarks", "multi_hand_world_landmarks", "multiHandWorldLandmarks",
    ]
    fileprivate static let handednessKeys: Set = [
        "handedness", "handednesses", "multi_handedness", "multiHandedness",
    ]

    fileprivate static let imageKeys: Set = ["pose_landmarks", "poseLandmarks", "landmarks"]
    fileprivate static let worldKeys: Set = [
        "pose_world_landmarks", "poseWorldLandmarks", "world_landmarks", "worldLandmarks",
    ]

    /// Reads one frame.
    static func frame(_ record: JSONRecord) throws(RecordingsError) -> KeypointFrame {
        var fields = MediaPipeFields()
        try record.read { (scanner) throws(JSONFault) in
            try scanner.readObject { (scanner, key) throws(JSONFault) in try fields.read(key, from: &scanner) }
        }
        return KeypointFrame(
            number: record.name.flatMap { FrameNumber.inName($0) } ?? fields.frame.number, time: fields.frame.time,
            picture: fields.frame.picture, people: try fields.people(at: record), place: record.place)
    }
}

/// What has been read of a frame so far.
private struct MediaPipeFields {
    var frame = FrameFields()
    private var poses: [[MediaPipeLandmark]]?
    private var worldPoses: [[MediaPipeLandmark]]?
    private var hands: [[MediaPipeLandmark]]?
    /// Whether the landmarks have a name that hands have, too.
    private var mayBeHands = false
    private var worldHands: [[MediaPipeLandmark]]?
    private var handedness: [(word: String, score: Float)] = []

    mutating func read(_ key: JSONKey, from scanner: inout JSONScanner) throws(JSONFault) {
        switch try scanner.text(of: key) {
        case let key where MediaPipeJSON.imageKeys.contains(key):
            mayBeHands = key == "landmarks"
            poses = try scanner.readMediaPipePoses()
        case let key where MediaPipeJSON.worldKeys.contains(key): worldPoses = try scanner.readMediaPipePoses()
        case let key where MediaPipeJSON.handKeys.contains(key): hands = try scanner.readMediaPipePoses()
        case let key where MediaPipeJSON.worldHandKeys.contains(key): worldHands = try scanner.readMediaPipePoses()
        case let key where MediaPipeJSON.handednessKeys.contains(key): handedness = try scanner.readHandedness()
        default: if try !frame.read(key, from: &scanner) { try scanner.skipValue() }
        }
    }

    func people(at record: JSONRecord) throws(RecordingsError) -> [KeypointPerson] {
        // The tasks call hands and people alike `landmarks`: their number tells.
        let areHands = mayBeHands && poses?.contains { $0.count == MediaPipeHands.landmarks } ?? false
        if hands != nil || areHands || (worldHands != nil && poses == nil) {
            return try MediaPipeHands(
                image: hands ?? (areHands ? poses : nil) ?? [],
                world: worldHands ?? (areHands ? worldPoses : nil) ?? [], handedness: handedness
            ).people(at: record.place)
        }
        guard poses != nil || worldPoses != nil else {
            throw record.error("expected key \"pose_landmarks\" or \"pose_world_landmarks\", found neither")
        }
        let (image, world) = (poses ?? [], worldPoses ?? [])
        guard image.isEmpty || world.isEmpty || image.count == world.count else {
            throw record.error(
                "expected as many people in the world landmarks as in the image's \(image.count), found \(world.count)")
        }
        return try (0..<max(image.count, world.count)).map { index throws(RecordingsError) in
            try MediaPipeLandmark.person(
                image: image.isEmpty ? [] : image[index], world: world.isEmpty ? [] : world[index],
                at: record.place)
        }
    }
}
