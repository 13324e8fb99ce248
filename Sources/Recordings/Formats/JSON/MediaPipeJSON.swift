import JSONLines
import Skeleton

/// MediaPipe pose results as JSON, one object a frame: the landmarks of its tasks (a list for each person) or of its
/// older solutions (one person), with or without world landmarks, a time and a frame number.
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
    static func isLandmarkKey(_ key: String) -> Bool { imageKeys.contains(key) || worldKeys.contains(key) }

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

    mutating func read(_ key: JSONKey, from scanner: inout JSONScanner) throws(JSONFault) {
        switch try scanner.text(of: key) {
        case let key where MediaPipeJSON.imageKeys.contains(key): poses = try scanner.readMediaPipePoses()
        case let key where MediaPipeJSON.worldKeys.contains(key): worldPoses = try scanner.readMediaPipePoses()
        default: if try !frame.read(key, from: &scanner) { try scanner.skipValue() }
        }
    }

    func people(at record: JSONRecord) throws(RecordingsError) -> [KeypointPerson] {
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
