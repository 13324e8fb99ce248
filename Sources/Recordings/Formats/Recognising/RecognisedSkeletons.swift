import Foundation
import JSONLines

/// What the content of a file or folder shows of its form.
struct RecognisedSkeletons: Equatable {
    let format: SkeletonFormat
    /// How the frames lie in a JSON file.
    var container = JSONRecords.Container.values
    /// The part of a format that needs a reader of its own.
    var variant = Variant.json
    /// How the names of the files end that belong to a folder; empty for a file.
    var suffix = ""

    enum Variant { case json, folder, text, table, annotations }

    /// Nil for what holds no skeletons of a known form, such as a video; neither pipes nor devices are looked into.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFDIR:
            guard let kind = FrameFolder.kind(of: path) else { return nil }
            self.init(format: kind.format, variant: .folder)
        case S_IFREG:
            guard let found = (try? Self.json(path)) ?? Self.text(path) else { return nil }
            self = found
        default: return nil
        }
    }

    init(
        format: SkeletonFormat, container: JSONRecords.Container = .values, variant: Variant = .json,
        suffix: String = ""
    ) {
        self.format = format
        self.container = container
        self.variant = variant
        self.suffix = suffix
    }

    /// Whether a file of this form is one frame and nothing more.
    func isOneFrame(_ path: String) -> Bool {
        switch variant {
        case .text: return format != .ntu
        case .folder, .table, .annotations: return false
        case .json:
            // A list is a frame when it is one of people.
            guard format != .laban, format != .azureKinect, container == .values || container == .array,
                let records = try? JSONRecords(path: path, container: .values),
                let record = try? records.next(), (try? records.peek()) == .some(nil)
            else { return false }
            guard record.firstByte == UInt8(ascii: "[") else { return true }
            guard let element = Element(firstOf: path, .array) else { return false }
            return element.isPerson && !element.namesPicture
        }
    }

    private static func json(_ path: String) throws(RecordingsError) -> RecognisedSkeletons? {
        let records = try JSONRecords(path: path, container: .members)
        switch try records.peek() {
        case UInt8(ascii: "["):
            guard let element = Element(firstOf: path, .array) else {
                // A first picture without anybody is an empty list, and others follow it.
                return Element(firstOf: path, .values).map { RecognisedSkeletons(format: $0.format) }
            }
            // A list of people may be one of many, a line each: only its end tells.
            guard element.isPerson, !element.namesPicture else {
                return RecognisedSkeletons(format: element.format, container: .array)
            }
            let lines = try JSONRecords(path: path, container: .values)
            try lines.skipValue()
            return RecognisedSkeletons(format: element.format, container: try lines.peek() != nil ? .values : .array)
        case UInt8(ascii: "{"): break
        default: return nil
        }
        while let key = try records.nextKey() {
            switch key {
            case "images", "categories":
                return RecognisedSkeletons(format: .coco, container: .members, variant: .annotations)
            case _
            where ["v", "type", "people", "bodies", "pts_us"].contains(key) || JSONPerson.pointKeys.contains(key):
                // Frames one after another; the whole of the first one tells whose.
                return Element(firstOf: path, .values).map { RecognisedSkeletons(format: $0.format) }
            case _ where MediaPipeJSON.isLandmarkKey(key): return RecognisedSkeletons(format: .mediaPipe)
            default: if let found = try member(key, of: path, records) { return found }
            }
        }
        return nil
    }

    /// What a member of the file's first object shows, once its key was read.
    private static func member(
        _ key: String, of path: String, _ records: JSONRecords
    ) throws(RecordingsError) -> RecognisedSkeletons? {
        switch try records.peek() {
        case UInt8(ascii: "{"):
            let record = try records.value(named: key)
            guard let element = Element(record) else { return nil }
            let format = element.format == .openPose ? .alphaPose : element.format
            return RecognisedSkeletons(format: format, container: .members)
        case UInt8(ascii: "["):
            defer { _ = try? records.skipValue() }
            let isNumber = FrameNumber.inName(key) != nil && !FrameJSON.listKeys.contains(key)
            guard let element = Element(firstOf: path, .arrayUnder(key)) else {
                // People of a first frame without any are still to come.
                let isFrame = FrameJSON.listKeys.contains(key) && key != "annotations" && key != "results"
                guard isFrame, let whole = Element(firstOf: path, .values) else { return nil }
                return RecognisedSkeletons(format: whole.format)
            }
            if element.isPerson, !element.namesPicture {
                if FrameJSON.listKeys.contains(key) { return RecognisedSkeletons(format: element.format) }
                return RecognisedSkeletons(format: element.format, container: isNumber ? .members : .arrayUnder(key))
            }
            if key == "annotations", element.format == .coco {
                return RecognisedSkeletons(format: .coco, container: .members, variant: .annotations)
            }
            return RecognisedSkeletons(format: element.format, container: .arrayUnder(key))
        case UInt8(ascii: ","), UInt8(ascii: "}"): return nil
        default:
            try records.skipValue()
            return nil
        }
    }

    private static func text(_ path: String) -> RecognisedSkeletons? {
        guard let window = try? FileWindow(path: path), (try? window.fill(line: 1)) == true else { return nil }
        // A heading with a column for every number of every landmark is long.
        let head = window.buffer[window.unread.prefix(65_536)]
        let lines = String(decoding: head, as: UTF8.self).split(whereSeparator: \.isNewline)
            .map { $0.drop { $0.isWhitespace || $0 == "\u{FEFF}" } }.filter { !$0.isEmpty && !$0.hasPrefix("#") }
        guard let first = lines.first else { return nil }
        let word = first.prefix { $0.isLetter || $0 == "_" }
        let starts = [
            "landmark", "landmarks", "pose_landmarks", "pose_world_landmarks", "hand_landmarks", "classifications",
            "handedness",
        ]
        if starts.contains(String(word)),
            first.dropFirst(word.count).contains("{")
        {
            return RecognisedSkeletons(format: .mediaPipe, variant: .text)
        }
        if MediaPipeTable.isHeading(String(first)) { return RecognisedSkeletons(format: .mediaPipe, variant: .table) }
        if YOLOText.isPerson(first) { return RecognisedSkeletons(format: .ultralytics, variant: .text) }
        let numbers = lines.prefix(2).map { Int($0.filter { !$0.isWhitespace }) }
        if numbers.count == 2, numbers.allSatisfy({ $0.map { $0 >= 0 } ?? false }) {
            return RecognisedSkeletons(format: .ntu, variant: .text)
        }
        return nil
    }
}

extension RecognisedSkeletons {
    /// One frame, or one person, and what its keys say of whoever wrote it.
    private struct Element {
        let format: SkeletonFormat
        /// Whether it is one person rather than a frame of people.
        var isPerson = false
        /// Whether a person says which picture they are in.
        var namesPicture = false

        /// Frames without anybody that are looked through for one that tells more.
        private static let patience = 1_000

        /// The first value of a container that shows anything.
        init?(firstOf path: String, _ container: JSONRecords.Container) {
            guard let records = try? JSONRecords(path: path, container: container) else { return nil }
            for _ in 0..<Self.patience {
                guard let record = try? records.next() else { return nil }
                if let found = Element(record) {
                    self = found
                    return
                }
                guard record.firstByte == UInt8(ascii: "[") else { return nil }
            }
            return nil
        }

        /// Nil for a value that shows nothing.
        init?(_ record: JSONRecord) {
            var look = Look()
            // A line that was cut short still shows its first keys.
            _ = try? record.read { (scanner) throws(JSONFault) in try look.at(&scanner, depth: 0) }
            guard let found = look.element else { return nil }
            self = found
        }

        init(format: SkeletonFormat, isPerson: Bool = false, namesPicture: Bool = false) {
            self.format = format
            self.isPerson = isPerson
            self.namesPicture = namesPicture
        }
    }

    /// What has been seen of a value so far.
    private struct Look {
        private var keys: Set<String> = []
        private var bodies: Set<String> = []
        private var isList = false
        private var hasNamedImage = false
        /// How the joints of a person are written.
        private var joints: Joints?
        /// The first person of a list.
        private var person: Element?

        private enum Joints { case numbers, rows, objects, columns }

        mutating func at(_ scanner: inout JSONScanner, depth: Int) throws(JSONFault) {
            if scanner.peek() == UInt8(ascii: "[") {
                isList = true
                return try people(&scanner, depth: depth)
            }
            var look = self
            defer { self = look }
            try scanner.readObject { (scanner, key) throws(JSONFault) in
                let name = try scanner.text(of: key)
                look.keys.insert(name)
                if name == "image_id" { look.hasNamedImage = scanner.peek() == UInt8(ascii: "\"") }
                if JSONPerson.pointKeys.contains(name) {
                    look.joints = try Self.joints(&scanner)
                } else if scanner.peek() == UInt8(ascii: "["), FrameJSON.listKeys.contains(name), depth < 3 {
                    try look.people(&scanner, depth: depth)
                } else {
                    try scanner.skipValue()
                }
            }
        }

        /// Looks at the people of a frame; the first of them tells.
        private mutating func people(_ scanner: inout JSONScanner, depth: Int) throws(JSONFault) {
            var look = self
            defer { self = look }
            try scanner.readArray { (scanner) throws(JSONFault) in
                guard look.person == nil, depth < 3,
                    scanner.peek() == UInt8(ascii: "{") || scanner.peek() == UInt8(ascii: "[")
                else { return try scanner.skipValue() }
                var inner = Look()
                defer {
                    look.person = inner.element
                    look.bodies.formUnion(inner.keys)
                }
                try inner.at(&scanner, depth: depth + 1)
            }
        }

        private static func joints(_ scanner: inout JSONScanner) throws(JSONFault) -> Joints {
            let before = scanner
            try scanner.skipValue()
            var ahead = before
            if ahead.skip(UInt8(ascii: "{")) { return .columns }
            guard ahead.skip(UInt8(ascii: "[")) else { return .numbers }
            switch ahead.peek() {
            case UInt8(ascii: "["): return .rows
            case UInt8(ascii: "{"): return .objects
            default: return .numbers
            }
        }

        /// What it is; nil when nothing tells.
        var element: Element? {
            if keys.contains("v") && keys.contains("type") || keys.contains("pts_us") { return Element(format: .laban) }
            if keys.contains(where: MediaPipeJSON.isLandmarkKey) { return Element(format: .mediaPipe) }
            if let joints, person == nil { return personElement(joints) }
            if keys.contains("bodies") {
                let isAzure = keys.contains("timestamp_usec") || bodies.contains("joint_positions")
                return Element(format: isAzure ? .azureKinect : .alphaPose)
            }
            if keys.contains("people") { return Element(format: .openPose) }
            if isList {
                // A list within a list is a frame, whoever is in it.
                return person.map { Element(format: $0.format) }
            }
            if keys.contains("instances") || keys.contains("instance_info") { return Element(format: .mmPose) }
            if let person, !keys.isDisjoint(with: FrameJSON.listKeys) { return Element(format: person.format) }
            if keys.contains("predictions") { return Element(format: .openPifPaf) }
            if keys.contains("poses") { return Element(format: .moveNet) }
            return nil
        }

        private func personElement(_ joints: Joints) -> Element {
            if keys.contains("image_id") {
                return Element(format: hasNamedImage ? .alphaPose : .coco, isPerson: true, namesPicture: true)
            }
            if keys.contains("pose_keypoints_2d") || keys.contains("pose_keypoints")
                || keys.contains("pose_keypoints_3d")
            {
                return Element(format: .openPose, isPerson: true)
            }
            let namesPicture = !keys.isDisjoint(with: [
                "image_name", "image", "file_name", "frame", "frame_id", "frame_index", "frame_number", "imgname",
            ])
            let format: SkeletonFormat =
                switch joints {
                case .columns: .ultralytics
                case .objects: .moveNet
                case .rows: .mmPose
                case .numbers: keys.contains("keypoint_scores") ? .mmPose : .openPifPaf
                }
            return Element(format: format, isPerson: true, namesPicture: namesPicture)
        }
    }
}
