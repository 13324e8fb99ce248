import Foundation
import Skeleton

/// Pose landmarks as protocol buffer text, such as `landmark { x: 0.5 y: 0.4 z: -0.1 visibility: 0.9 }`: one frame.
///
/// Lists in `landmarks` or `pose_landmarks` are people each, or hands where they have 21 landmarks; `pose_world_landmarks`
/// and `world_landmarks` are their world landmarks. `classifications` tell which hand it is. Lists under any other name
/// are passed over.
final class MediaPipeText: KeypointSource {
    let topology: SkeletonTopology? = .blazePose33
    let units = [KeypointUnit.fractions]
    private let path: String
    private var isRead = false

    /// No pose needs more text.
    private static let greatestSize = 16 << 20

    init(path: String) { self.path = path }

    func next() throws(RecordingsError) -> KeypointFrame? {
        guard !isRead else { return nil }
        isRead = true
        let window = try FileWindow(path: path)
        while try window.fill(line: 1) {
            guard window.unread.count <= Self.greatestSize else {
                throw RecordingsError(file: path, message: "expected at most 16 MB of text, found more")
            }
        }
        var scanner = TextProtoScanner(Array(window.buffer[window.unread]), file: path)
        var message = PoseMessage()
        try message.read(&scanner)
        let place = RecordPlace(file: path)
        if message.image.contains(where: { $0.count == MediaPipeHands.landmarks }) {
            let hands = MediaPipeHands(image: message.image, world: message.world, handedness: message.handedness)
            return KeypointFrame(number: 0, people: try hands.people(at: place), place: place)
        }
        let people = try (0..<max(message.image.count, message.world.count)).map { index throws(RecordingsError) in
            try MediaPipeLandmark.person(
                image: index < message.image.count ? message.image[index] : [],
                world: index < message.world.count ? message.world[index] : [], at: place)
        }
        return KeypointFrame(number: 0, people: people, place: place)
    }
}

/// Lists of landmarks, gathered from a message of any of MediaPipe's kinds.
private struct PoseMessage {
    var image: [[MediaPipeLandmark]] = []
    var world: [[MediaPipeLandmark]] = []
    var handedness: [(word: String, score: Float)] = []

    mutating func read(_ scanner: inout TextProtoScanner) throws(RecordingsError) {
        var loose: [MediaPipeLandmark] = []
        while let field = try scanner.nextField() {
            guard field.isMessage else {
                _ = try scanner.value()
                continue
            }
            switch field.name {
            case "landmark": loose.append(try Self.landmark(&scanner))
            case "classifications", "handedness": handedness.append(try Self.handedness(&scanner))
            case "landmarks", "pose_landmarks", "hand_landmarks": image.append(try Self.list(&scanner))
            case "pose_world_landmarks", "world_landmarks", "hand_world_landmarks":
                world.append(try Self.list(&scanner))
            default: try scanner.skipMessage()
            }
        }
        if !loose.isEmpty { image.append(loose) }
    }

    /// The first label of a classification, within messages or not.
    private static func handedness(
        _ scanner: inout TextProtoScanner
    ) throws(RecordingsError) -> (word: String, score: Float) {
        var (word, score): (String?, Float?)
        while let field = try scanner.nextField() {
            if field.isMessage {
                let inner = try handedness(&scanner)
                if word == nil { (word, score) = (inner.word, inner.score) }
                continue
            }
            let text = try scanner.value().trimming("\"")
            switch field.name {
            case "label", "category_name": word = text
            case "score": score = Float(text)
            default: break
            }
        }
        return (word ?? "", score ?? 1)
    }

    private static func list(_ scanner: inout TextProtoScanner) throws(RecordingsError) -> [MediaPipeLandmark] {
        var landmarks: [MediaPipeLandmark] = []
        while let field = try scanner.nextField() {
            if field.isMessage, field.name == "landmark" {
                landmarks.append(try landmark(&scanner))
            } else if field.isMessage {
                try scanner.skipMessage()
            } else {
                _ = try scanner.value()
            }
        }
        return landmarks
    }

    private static func landmark(_ scanner: inout TextProtoScanner) throws(RecordingsError) -> MediaPipeLandmark {
        var landmark = MediaPipeLandmark()
        while let field = try scanner.nextField() {
            if field.isMessage {
                try scanner.skipMessage()
                continue
            }
            let text = try scanner.value()
            guard let place = MediaPipeLandmark.fields.firstIndex(where: { "\($0)" == field.name }) else { continue }
            guard let value = Float(text), value.isFinite else {
                throw scanner.error(expected: "a number for \(field.name)", found: "'\(text)'")
            }
            landmark.set(place, value)
        }
        return landmark
    }
}

extension String {
    /// Without what stands round it.
    fileprivate func trimming(_ mark: Character) -> String {
        String(drop { $0 == mark }.reversed().drop { $0 == mark }.reversed())
    }
}
