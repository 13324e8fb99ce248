import JSONLines
import Skeleton

/// What a JSON file says of the whole recording, beside its frames.
struct FileFacts {
    /// Frames a second.
    private(set) var framesPerSecond: Double?
    /// The size of every picture.
    private(set) var picture: PictureSize?
    /// What the joints are called, in order; empty when nothing says.
    private(set) var names: [String] = []

    init() {}

    /// Looks at the members of the file's one object, and into those that describe it.
    init(path: String) throws(RecordingsError) {
        let records = try JSONRecords(path: path, container: .members)
        guard try records.peek() == UInt8(ascii: "{") else { return }
        while let key = try records.nextKey() {
            guard Self.isFact(key) || Self.descriptions.contains(key) else {
                try records.skipValue()
                continue
            }
            let record = try records.value(named: key)
            // What is no fact is left alone: nothing here must be.
            _ = try? record.read { (scanner) throws(JSONFault) in
                if Self.descriptions.contains(key), scanner.peek() == UInt8(ascii: "{") {
                    try readObject(&scanner)
                } else {
                    try read(key, from: &scanner)
                }
            }
        }
        if let width, let height { picture = picture ?? PictureSize(width: width, height: height) }
    }

    private var width: Int?
    private var height: Int?

    private static let descriptions: Set = [
        "info", "meta", "metadata", "meta_info", "video", "video_info", "dataset_meta",
    ]
    private static let rates: Set = ["fps", "frame_rate", "framerate", "frameRate", "video_fps", "frames_per_second"]
    private static let widths: Set = ["width", "image_width", "video_width", "frame_width"]
    private static let heights: Set = ["height", "image_height", "video_height", "frame_height"]
    private static let nameKeys: Set = [
        "keypoint_names", "keypoints_names", "joint_names", "keypoint_id2name", "landmark_names", "joints_names",
    ]

    private static func isFact(_ key: String) -> Bool {
        rates.contains(key) || widths.contains(key) || heights.contains(key) || nameKeys.contains(key)
            || ["image_size", "resolution"].contains(key)
    }

    private mutating func readObject(_ scanner: inout JSONScanner) throws(JSONFault) {
        var facts = self
        try scanner.readObject { (scanner, key) throws(JSONFault) in
            try facts.read(try scanner.text(of: key), from: &scanner)
        }
        self = facts
    }

    private mutating func read(_ key: String, from scanner: inout JSONScanner) throws(JSONFault) {
        let isNumber = scanner.peek().map { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } ?? false
        switch key {
        case _ where Self.rates.contains(key) && isNumber: framesPerSecond = try scanner.readNumber()
        case _ where Self.widths.contains(key): width = try scanner.readSize()
        case _ where Self.heights.contains(key): height = try scanner.readSize()
        case "image_size", "resolution":
            let sizes = try scanner.readSizes()
            if sizes.count == 2 { picture = PictureSize(width: sizes[0], height: sizes[1]) }
        case _ where Self.nameKeys.contains(key): try readNames(&scanner)
        default: try scanner.skipValue()
        }
    }

    /// Names in a row, or by their joint's number.
    private mutating func readNames(_ scanner: inout JSONScanner) throws(JSONFault) {
        var names: [Int: String] = [:]
        if scanner.peek() == UInt8(ascii: "{") {
            try scanner.readObject { (scanner, key) throws(JSONFault) in
                guard let number = Int(try scanner.text(of: key)), scanner.peek() == UInt8(ascii: "\"") else {
                    return try scanner.skipValue()
                }
                names[number] = try scanner.readString()
            }
        } else {
            try scanner.readArray { (scanner) throws(JSONFault) in names[names.count] = try scanner.readString() }
        }
        let inOrder = (0..<names.count).compactMap { names[$0] }
        if inOrder.count == names.count { self.names = inOrder }
    }
}
