import Foundation
import JSONLines

/// What the content of a file or folder shows of its form.
struct RecognisedSkeletons: Equatable {
    let format: SkeletonFormat
    /// How the frames lie in a JSON file.
    var container = JSONRecords.Container.values
    /// The part of a format that needs a reader of its own.
    var variant = Variant.json

    enum Variant { case json, folder, text, table, annotations }

    /// Nil for what holds no skeletons of a known form, such as a video; neither pipes nor devices are looked into.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFDIR:
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: path),
                names.contains(where: { $0.hasSuffix(OpenPoseFolder.suffix) })
            else { return nil }
            self.init(format: .openPose, variant: .folder)
        case S_IFREG:
            guard let found = (try? Self.json(path)) ?? Self.text(path) else { return nil }
            self = found
        default: return nil
        }
    }

    init(format: SkeletonFormat, container: JSONRecords.Container = .values, variant: Variant = .json) {
        self.format = format
        self.container = container
        self.variant = variant
    }

    private static func json(_ path: String) throws(RecordingsError) -> RecognisedSkeletons? {
        let records = try JSONRecords(path: path, container: .members)
        switch try records.peek() {
        case UInt8(ascii: "["):
            guard let first = try JSONRecords(path: path, container: .array).next() else { return nil }
            return element(first).map { RecognisedSkeletons(format: $0, container: .array) }
        case UInt8(ascii: "{"): break
        default: return nil
        }
        while let key = try records.nextKey() {
            switch key {
            case "v", "type", "people", "bodies", "pts_us":
                // Frames one after another; the whole of the first one tells whose.
                guard let first = try JSONRecords(path: path, container: .values).next() else { return nil }
                return element(first).map { RecognisedSkeletons(format: $0) }
            case "images", "annotations", "categories":
                return RecognisedSkeletons(format: .coco, container: .members, variant: .annotations)
            case "frames":
                guard try records.peek() == UInt8(ascii: "["),
                    let first = try JSONRecords(path: path, container: .arrayUnder("frames")).next()
                else { return nil }
                return element(first).map { RecognisedSkeletons(format: $0, container: .arrayUnder("frames")) }
            case _ where MediaPipeJSON.isLandmarkKey(key): return RecognisedSkeletons(format: .mediaPipe)
            default:
                if try records.peek() == UInt8(ascii: "{"), let format = element(try records.value(named: key)) {
                    return RecognisedSkeletons(format: format == .openPose ? .alphaPose : format, container: .members)
                }
                if try records.peek() != UInt8(ascii: ","), try records.peek() != UInt8(ascii: "}") {
                    try records.skipValue()
                }
            }
        }
        return nil
    }

    /// The form of one frame, or of one person of results, by its keys.
    private static func element(_ record: JSONRecord) -> SkeletonFormat? {
        var keys: Set<String> = []
        var isNamed = false
        var bodies: Set<String> = []
        // A line that was cut short still shows its first keys.
        _ = try? record.read { (scanner) throws(JSONFault) in
            try scanner.readObject { (scanner, key) throws(JSONFault) in
                keys.insert(try scanner.text(of: key))
                if scanner.matches(key, "image_id") { isNamed = scanner.peek() == UInt8(ascii: "\"") }
                guard scanner.matches(key, "bodies"), scanner.peek() == UInt8(ascii: "[") else {
                    return try scanner.skipValue()
                }
                try scanner.readArray { (scanner) throws(JSONFault) in
                    try scanner.readObject { (scanner, key) throws(JSONFault) in
                        bodies.insert(try scanner.text(of: key))
                        try scanner.skipValue()
                    }
                }
            }
        }
        if keys.contains("v") && keys.contains("type") || keys.contains("pts_us") { return .laban }
        if keys.contains("image_id") && keys.contains("keypoints") { return isNamed ? .alphaPose : .coco }
        if keys.contains("bodies") {
            return keys.contains("timestamp_usec") || bodies.contains("joint_positions") ? .azureKinect : .alphaPose
        }
        if keys.contains("people") { return .openPose }
        return keys.contains(where: MediaPipeJSON.isLandmarkKey) ? .mediaPipe : nil
    }

    private static func text(_ path: String) -> RecognisedSkeletons? {
        guard let window = try? FileWindow(path: path), (try? window.fill(line: 1)) == true else { return nil }
        let head = window.buffer[window.unread.prefix(16_384)]
        let lines = String(decoding: head, as: UTF8.self).split(whereSeparator: \.isNewline)
            .map { $0.drop(while: \.isWhitespace) }.filter { !$0.isEmpty && !$0.hasPrefix("#") }
        guard let first = lines.first else { return nil }
        let word = first.prefix { $0.isLetter || $0 == "_" }
        if ["landmark", "landmarks", "pose_landmarks", "pose_world_landmarks"].contains(word),
            first.dropFirst(word.count).contains("{")
        {
            return RecognisedSkeletons(format: .mediaPipe, variant: .text)
        }
        if MediaPipeTable.isHeading(String(first)) { return RecognisedSkeletons(format: .mediaPipe, variant: .table) }
        let numbers = lines.prefix(2).map { Int($0.filter { !$0.isWhitespace }) }
        if numbers.count == 2, numbers.allSatisfy({ $0.map { $0 >= 0 } ?? false }) {
            return RecognisedSkeletons(format: .ntu, variant: .text)
        }
        return nil
    }
}
