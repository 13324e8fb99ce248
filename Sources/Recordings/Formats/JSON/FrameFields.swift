import JSONLines
import Skeleton

/// What JSON says of a frame besides its people, under the names that programs use for it.
struct FrameFields {
    var number: Int?
    var time: StatedTime?
    var image: ImageName?
    var picture: PictureSize?
    private var width: Int?
    private var height: Int?

    /// Whether a key is about the frame; its value is read then.
    mutating func read(_ key: JSONKey, from scanner: inout JSONScanner) throws(JSONFault) -> Bool {
        let name = try scanner.text(of: key)
        switch name {
        case "frame", "frame_id", "frame_index", "frame_idx", "frame_number", "frame_no", "frame_num", "frameId",
            "frameIndex", "frameNumber", "frame_count":
            try readNumber(&scanner)
        case "image_id", "image_name", "image", "image_path", "imgname", "img_name", "img_path", "file_name",
            "filename",
            "fileName", "image_file", "file":
            try readImage(&scanner)
        case "width", "image_width", "img_width", "frame_width", "video_width", "imageWidth":
            width = try scanner.readSize()
        case "height", "image_height", "img_height", "frame_height", "video_height", "imageHeight":
            height = try scanner.readSize()
        case "image_size", "img_size", "imageSize", "resolution", "frame_size":
            let sizes = try scanner.readSizes()
            if sizes.count >= 2 { picture = PictureSize(width: sizes[0], height: sizes[1]) }
        case "orig_shape", "img_shape", "image_shape", "ori_shape":
            // Rows come first in the shape of an array.
            let sizes = try scanner.readSizes()
            if sizes.count >= 2 { picture = PictureSize(width: sizes[1], height: sizes[0]) }
        default:
            guard let field = TimeUnit.Field(name: name) else { return false }
            try readTime(field, name, &scanner)
        }
        if let width, let height { picture = PictureSize(width: width, height: height) }
        return true
    }

    private mutating func readNumber(_ scanner: inout JSONScanner) throws(JSONFault) {
        if scanner.peek() == UInt8(ascii: "\"") {
            number = FrameNumber.inName(try scanner.readString())
        } else {
            number = FrameNumber.within(try scanner.readIdentity())
        }
    }

    private mutating func readImage(_ scanner: inout JSONScanner) throws(JSONFault) {
        if scanner.peek() == UInt8(ascii: "\"") || scanner.peeksNumber() {
            image = try scanner.readImage()
        } else {
            try scanner.skipValue()
        }
    }

    /// A field whose name tells a unit comes before one whose name does not.
    private mutating func readTime(
        _ field: TimeUnit.Field, _ name: String, _ scanner: inout JSONScanner
    ) throws(JSONFault) {
        if let time, time.unit != nil || field == .unstated { return try scanner.skipValue() }
        if scanner.skipNull() || scanner.skipNaN() { return }
        let fault = scanner.fault(expected: "a time")
        var unit: TimeUnit?
        if case .stated(let stated) = field { unit = stated }
        let stated: StatedTime?
        switch scanner.peek() {
        case UInt8(ascii: "\""): stated = StatedTime(text: try scanner.readString(), unit: unit, field: name)
        case UInt8(ascii: "{"): stated = StatedTime(value: try scanner.readStamp(), unit: .seconds, field: name)
        default: stated = StatedTime(value: try scanner.readNumber(), unit: unit, field: name)
        }
        guard let stated else { throw fault }
        time = stated
    }
}

extension JSONScanner {
    /// A number of pixels; nil for what is none.
    mutating func readSize() throws(JSONFault) -> Int? {
        guard peeksNumber() else {
            try skipValue()
            return nil
        }
        return Int(exactly: try readNumber().rounded())
    }

    /// Numbers of pixels in a row; empty for anything else.
    mutating func readSizes() throws(JSONFault) -> [Int] {
        guard peek() == UInt8(ascii: "[") else {
            try skipValue()
            return []
        }
        var sizes: [Int] = []
        try readArray { (scanner) throws(JSONFault) in
            guard let size = try scanner.readSize(), sizes.count < 8 else { return }
            sizes.append(size)
        }
        return sizes
    }

    /// Seconds of a stamp with seconds and nanoseconds, as robots write it.
    fileprivate mutating func readStamp() throws(JSONFault) -> Double {
        var seconds = 0.0
        try readObject { (scanner, key) throws(JSONFault) in
            switch try scanner.text(of: key) {
            case "sec", "secs", "seconds": seconds += try scanner.readNumber()
            case "nanosec", "nsec", "nsecs", "nanos", "nanoseconds": seconds += try scanner.readNumber() / 1e9
            default: try scanner.skipValue()
            }
        }
        return seconds
    }
}
