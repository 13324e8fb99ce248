import JSONLines
import Skeleton

/// MediaPipe pose results as JSON, one object a frame: the landmarks of its tasks (a list for each person) or of its
/// older solutions (one person), with or without world landmarks, a time and a frame number.
final class MediaPipeJSON: KeypointSource {
    let topology: SkeletonTopology? = .blazePose33
    let units = [KeypointUnit.fractions]
    private let records: JSONRecords
    private(set) var notes: [String] = []
    private var pending: KeypointFrame?
    private var failure: RecordingsError?

    init(path: String, container: JSONRecords.Container) throws(RecordingsError) {
        records = try JSONRecords(path: path, container: container)
        // What is wrong in the first frame is told when it is asked for.
        do { pending = try frame() } catch { failure = error }
    }

    func next() throws(RecordingsError) -> KeypointFrame? {
        if let failure {
            self.failure = nil
            throw failure
        }
        guard let pending else { return try frame() }
        self.pending = nil
        return pending
    }

    /// Whether a frame with this key holds landmarks.
    static func isLandmarkKey(_ key: String) -> Bool { imageKeys.contains(key) || worldKeys.contains(key) }

    fileprivate static let imageKeys: Set = ["pose_landmarks", "poseLandmarks", "landmarks"]
    fileprivate static let worldKeys: Set = [
        "pose_world_landmarks", "poseWorldLandmarks", "world_landmarks", "worldLandmarks",
    ]

    private func frame() throws(RecordingsError) -> KeypointFrame? {
        guard let record = try records.next() else { return nil }
        var fields = MediaPipeFields()
        try record.read { (scanner) throws(JSONFault) in
            try scanner.readObject { (scanner, key) throws(JSONFault) in try fields.read(key, from: &scanner) }
        }
        if fields.isTimeOfUnknownUnit, notes.isEmpty { notes = ["\"timestamp\" taken for milliseconds"] }
        return KeypointFrame(
            number: fields.number, time: fields.time, people: try fields.people(at: record), file: record.file,
            line: record.line)
    }
}

/// What has been read of a frame so far.
private struct MediaPipeFields {
    var number: Int?
    var time: Duration?
    var isTimeOfUnknownUnit = false
    private var poses: [[MediaPipeLandmark]]?
    private var worldPoses: [[MediaPipeLandmark]]?

    mutating func read(_ key: JSONKey, from scanner: inout JSONScanner) throws(JSONFault) {
        switch try scanner.text(of: key) {
        case let key where MediaPipeJSON.imageKeys.contains(key): poses = try scanner.readMediaPipePoses()
        case let key where MediaPipeJSON.worldKeys.contains(key): worldPoses = try scanner.readMediaPipePoses()
        case "timestamp_ms", "timestampMs": try readTime(unit: 1e3, &scanner)
        case "timestamp_us", "timestamp_usec", "timestampUs": try readTime(unit: 1, &scanner)
        case "timestamp_s", "timestamp_sec", "time_s": try readTime(unit: 1e6, &scanner)
        case "timestamp":
            guard time == nil, let byte = scanner.peek(), byte != UInt8(ascii: "\"") else {
                return try scanner.skipValue()
            }
            try readTime(unit: 1e3, &scanner)
            isTimeOfUnknownUnit = time != nil
        case "frame", "frame_index", "frame_number", "frame_id", "frame_idx":
            number = try scanner.readIdentity().flatMap { $0 < FrameNumber.limit ? $0 : nil }
        default: try scanner.skipValue()
        }
    }

    /// - Parameter unit: microseconds in one.
    private mutating func readTime(unit: Double, _ scanner: inout JSONScanner) throws(JSONFault) {
        if scanner.skipNull() { return }
        let fault = scanner.fault(expected: "a time")
        let microseconds = (try scanner.readNumber() * unit).rounded()
        guard abs(microseconds) < 0x1p52 else { throw fault }
        time = .microseconds(Int64(microseconds))
        isTimeOfUnknownUnit = false
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
                image: image.isEmpty ? [] : image[index], world: world.isEmpty ? [] : world[index], file: record.file,
                line: record.line)
        }
    }
}
