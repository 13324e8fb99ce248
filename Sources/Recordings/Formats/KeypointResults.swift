import JSONLines

/// A results array as AlphaPose and COCO's tools write it: one element a person, with `image_id`, `keypoints`, `score`
/// and, where people were followed, `idx` or `track_id`.
final class KeypointResults: KeypointSource {
    private let records: JSONRecords
    /// The first person of the frame that comes next.
    private var pending: Result?
    private var images: Set<Image> = []
    private var order = 0

    /// A picture as results name it.
    enum Image: Hashable {
        case number(Int)
        case name(String)

        var frameNumber: Int? {
            switch self {
            case .number(let number): (0..<FrameNumber.limit).contains(number) ? number : nil
            case .name(let name): FrameNumber.inName(name)
            }
        }
    }

    private struct Result {
        let image: Image
        let person: KeypointPerson
        let line: Int
    }

    init(path: String) throws(RecordingsError) {
        records = try JSONRecords(path: path, container: .array)
    }

    func next() throws(RecordingsError) -> KeypointFrame? {
        let carried = pending
        pending = nil
        guard let first = if let carried { carried } else { try result() } else { return nil }
        guard images.insert(first.image).inserted else {
            throw RecordingsError(
                file: records.file, line: first.line,
                message: "expected the people of one image together, found \(first.image.text) again")
        }
        var people = [first.person]
        while let other = try result() {
            guard other.image == first.image else {
                pending = other
                break
            }
            people.append(other.person)
        }
        return KeypointFrame(number: first.image.frameNumber, people: people, file: records.file, line: first.line)
    }

    private func result() throws(RecordingsError) -> Result? {
        guard let record = try records.next() else { return nil }
        var image: Image?
        var person = KeypointPerson()
        var hasPoints = false
        try record.read { (scanner) throws(JSONFault) in
            try scanner.readObject { (scanner, key) throws(JSONFault) in
                if scanner.matches(key, "image_id") {
                    image = try scanner.readImage()
                } else if scanner.matches(key, "keypoints") {
                    person.points = try scanner.readKeypoints()
                    hasPoints = true
                } else if scanner.matches(key, "score") {
                    person.score = try scanner.readFloat()
                } else if scanner.matches(key, "idx") || scanner.matches(key, "track_id") {
                    // AlphaPose writes an array here when it has not followed anybody.
                    let isAlone = scanner.peek() != UInt8(ascii: "[")
                    let id = try scanner.readIdentity()
                    if isAlone { person.id = id }
                } else {
                    try scanner.skipValue()
                }
            }
        }
        guard let image else { throw record.error("expected key \"image_id\", found none") }
        guard hasPoints else { throw record.error("expected key \"keypoints\", found none") }
        return Result(image: image, person: person, line: record.line)
    }
}

extension KeypointResults.Image {
    fileprivate var text: String {
        switch self {
        case .number(let number): "\(number)"
        case .name(let name): "'\(name)'"
        }
    }
}

extension JSONScanner {
    /// An image's number or name.
    mutating func readImage() throws(JSONFault) -> KeypointResults.Image {
        if peek() == UInt8(ascii: "\"") { return .name(try readString()) }
        return .number(Int(try readInteger()))
    }
}
