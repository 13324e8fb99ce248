import JSONLines
import Skeleton

/// COCO keypoint annotations: `images`, `annotations` with x, y, v a joint, `categories` with the joints' names.
///
/// Annotations come in any order, so all keypoints are held in memory; nothing else of the file is.
final class COCOAnnotations: KeypointSource {
    private struct Image {
        let id: KeypointResults.Image
        let size: PictureSize?
        let line: Int
    }

    let topology: SkeletonTopology?
    let notes = ["joints marked as hidden given visibility 0.25"]
    private let file: String
    private let images: [Image]
    private let people: [KeypointResults.Image: [KeypointPerson]]
    private var position = 0

    init(path: String) throws(RecordingsError) {
        file = path
        var images: [Image] = []
        try Self.forEach("images", of: path) { record throws(RecordingsError) in images.append(try Self.image(record)) }
        self.images = images
        var people: [KeypointResults.Image: [KeypointPerson]] = [:]
        try Self.forEach("annotations", of: path) { record throws(RecordingsError) in
            if let (image, person) = try Self.annotation(record) { people[image, default: []].append(person) }
        }
        self.people = people
        var topology: SkeletonTopology?
        try Self.forEach("categories", of: path) { record throws(RecordingsError) in
            let names = try Self.jointNames(record)
            topology = topology ?? SkeletonTopology.known.first { $0.jointNames == names }
        }
        self.topology = topology
    }

    func next() throws(RecordingsError) -> KeypointFrame? {
        guard position < images.count else { return nil }
        let image = images[position]
        defer { position += 1 }
        return KeypointFrame(
            picture: image.size, people: people[image.id] ?? [], file: file, line: image.line)
    }

    /// Calls `body` with every element of one array of the file; a file without that array has none.
    private static func forEach(
        _ key: String, of path: String, _ body: (JSONRecord) throws(RecordingsError) -> Void
    ) throws(RecordingsError) {
        let keys = try JSONRecords(path: path, container: .members)
        while let name = try keys.nextKey() {
            guard name == key else {
                try keys.skipValue()
                continue
            }
            let records = try JSONRecords(path: path, container: .arrayUnder(key))
            while let record = try records.next() { try body(record) }
            return
        }
    }

    private static func image(_ record: JSONRecord) throws(RecordingsError) -> Image {
        var id: KeypointResults.Image?
        var (width, height): (Int64?, Int64?)
        try record.read { (scanner) throws(JSONFault) in
            try scanner.readObject { (scanner, key) throws(JSONFault) in
                if scanner.matches(key, "id") {
                    id = try scanner.readImage()
                } else if scanner.matches(key, "width"), !scanner.skipNull() {
                    width = try scanner.readInteger()
                } else if scanner.matches(key, "height"), !scanner.skipNull() {
                    height = try scanner.readInteger()
                } else {
                    try scanner.skipValue()
                }
            }
        }
        guard let id else { throw record.error("expected key \"id\", found none") }
        guard let width, let height else { return Image(id: id, size: nil, line: record.line) }
        guard let size = PictureSize(width: Int(width), height: Int(height)) else {
            throw record.error("expected a width and height from 1 to 100000, found \(width) and \(height)")
        }
        return Image(id: id, size: size, line: record.line)
    }

    /// The person of an annotation and the image it is in; nil for one without keypoints.
    private static func annotation(
        _ record: JSONRecord
    ) throws(RecordingsError) -> (KeypointResults.Image, KeypointPerson)? {
        var image: KeypointResults.Image?
        var person = KeypointPerson(score: 1)
        try record.read { (scanner) throws(JSONFault) in
            try scanner.readObject { (scanner, key) throws(JSONFault) in
                if scanner.matches(key, "image_id") {
                    image = try scanner.readImage()
                } else if scanner.matches(key, "keypoints") {
                    person.points = try scanner.readKeypoints()
                } else if scanner.matches(key, "track_id") {
                    person.id = try scanner.readIdentity()
                } else {
                    try scanner.skipValue()
                }
            }
        }
        guard let image else { throw record.error("expected key \"image_id\", found none") }
        for index in person.points.indices {
            // 0 was not labelled, 1 is hidden, 2 is visible.
            let label = person.points[index].w
            person.points[index].w = label >= 2 ? 1 : label >= 1 ? 0.25 : 0
        }
        return person.isEmpty ? nil : (image, person)
    }

    /// The names of the joints as topologies have them: `left_eye` as `leftEye`.
    private static func jointNames(_ record: JSONRecord) throws(RecordingsError) -> [String] {
        var names: [String] = []
        try record.read { (scanner) throws(JSONFault) in
            try scanner.readObject { (scanner, key) throws(JSONFault) in
                guard scanner.matches(key, "keypoints") else { return try scanner.skipValue() }
                try scanner.readArray { (scanner) throws(JSONFault) in
                    let words = try scanner.readString().split(separator: "_")
                    names.append(
                        (words.first.map { $0.lowercased() } ?? "") + words.dropFirst().map(\.capitalized).joined())
                }
            }
        }
        return names
    }
}

extension Substring {
    fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst().lowercased() }
}
