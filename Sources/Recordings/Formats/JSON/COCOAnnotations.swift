import JSONLines
import Skeleton

/// COCO keypoint annotations: `images`, `annotations` with x, y, v a joint, `categories` with the joints' names.
///
/// Annotations come in any order, so all keypoints are held in memory; nothing else of the file is.
final class COCOAnnotations: KeypointSource {
    private struct Image {
        let id: ImageName
        let fields: FrameFields
        let place: RecordPlace
    }

    /// What annotations may be of.
    private struct Category {
        var id: Int?
        var name = ""
        var joints: [String] = []
        /// Joints counted from 1, two a bone.
        var bones: [Int] = []
        var place: RecordPlace

        /// Whether its joints are those of a person.
        var isPerson: Bool { joints.count >= 5 && joints.allSatisfy { JointName($0) != nil } }
    }

    private struct Annotation {
        var image: ImageName?
        var category: Int?
        var labelled: Int?
        var person = KeypointPerson(score: 1)
    }

    private(set) var notes: [String] = []
    let namesPictures = true
    private let file: String
    private var images: [Image] = []
    private var people: [ImageName: [KeypointPerson]] = [:]
    private var categories: [Int: Category] = [:]
    /// The only category with joints, which annotations without one are of.
    private var onlyCategory: Category?
    /// Whether every image has a name that no other has.
    private let hasOwnNames: Bool
    private var position = 0

    init(path: String) throws(RecordingsError) {
        file = path
        var images: [Image] = []
        try Self.forEach("images", of: path) { record throws(RecordingsError) in images.append(try Self.image(record)) }
        self.images = images
        let names = images.compactMap(\.fields.image)
        hasOwnNames = Set(names).count == images.count
        try readCategories(path)
        var (strangers, homeless, disagreeing, hidden): ([String: Int], Int, Int, Bool) = ([:], 0, 0, false)
        let known = Set(images.map(\.id))
        var people: [ImageName: [KeypointPerson]] = [:]
        try Self.forEach("annotations", of: path) { record throws(RecordingsError) in
            var annotation = try Self.annotation(record)
            let category = annotation.category.flatMap { categories[$0] } ?? onlyCategory
            if let category, !category.isPerson {
                strangers[category.name, default: 0] += 1
                return
            }
            guard !annotation.person.points.isEmpty else { return }
            if let names = category?.joints, !names.isEmpty {
                guard names.count == annotation.person.points.count else {
                    throw record.error(
                        "expected \(names.count) joints as category '\(category?.name ?? "")' names, found "
                            + "\(annotation.person.points.count)")
                }
                annotation.person.names = names
            }
            if let labelled = annotation.labelled, labelled != annotation.person.points.count(where: { $0.w > 0 }) {
                disagreeing += 1
            }
            for index in annotation.person.points.indices {
                // 0 was not labelled, 1 is hidden, 2 is visible.
                let label = annotation.person.points[index].w
                if label >= 1, label < 2 { hidden = true }
                annotation.person.points[index].w = label >= 2 ? 1 : label >= 1 ? 0.25 : 0
            }
            guard let image = annotation.image else { throw record.error("expected key \"image_id\", found none") }
            if !known.contains(image) { homeless += 1 }
            people[image, default: []].append(annotation.person)
        }
        self.people = people
        if hidden { notes.append("joints marked as hidden given visibility 0.25") }
        for (name, count) in strangers.sorted(by: { $0.key < $1.key }) {
            notes.append("\(count) annotations of category '\(name)' passed over")
        }
        if homeless > 0 { notes.append("\(homeless) annotations of images that are not listed passed over") }
        if disagreeing > 0 {
            notes.append(
                "num_keypoints of \(disagreeing) annotations is not the number of their labelled keypoints, which count"
            )
        }
    }

    func next() throws(RecordingsError) -> KeypointFrame? {
        guard position < images.count else { return nil }
        let image = images[position]
        defer { position += 1 }
        return KeypointFrame(
            number: image.fields.number ?? (image.fields.image ?? image.id).frameNumber, time: image.fields.time,
            picture: image.fields.picture, image: hasOwnNames ? image.fields.image : nil,
            people: people[image.id] ?? [], place: image.place)
    }

    private func readCategories(_ path: String) throws(RecordingsError) {
        var found: [Category] = []
        try Self.forEach("categories", of: path) { record throws(RecordingsError) in
            let category = try Self.category(record)
            if !category.joints.isEmpty { found.append(category) }
        }
        for category in found {
            if let id = category.id { categories[id] = category }
            if let stray = category.bones.first(where: { !(0...category.joints.count).contains($0) }) {
                throw category.place.error(
                    "expected a skeleton of joints from 1 to \(category.joints.count), found \(stray)")
            }
        }
        if found.count == 1 { onlyCategory = found[0] }
        guard let first = found.first, !found.contains(where: \.isPerson) else { return }
        let stranger = first.joints.first { JointName($0) == nil }
        throw first.place.error(
            stranger.map { "expected the names of a person's joints such as left_shoulder, found '\($0.prefix(40))'" }
                ?? "expected at least 5 joints of a body, found \(first.joints.count)")
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
        var id: ImageName?
        var fields = FrameFields()
        var (width, height): (Int64?, Int64?)
        try record.read { (scanner) throws(JSONFault) in
            try scanner.readObject { (scanner, key) throws(JSONFault) in
                if scanner.matches(key, "id") {
                    id = try scanner.readImage()
                } else if scanner.matches(key, "width"), !scanner.skipNull() {
                    width = try scanner.readInteger()
                } else if scanner.matches(key, "height"), !scanner.skipNull() {
                    height = try scanner.readInteger()
                } else if try !fields.read(key, from: &scanner) {
                    try scanner.skipValue()
                }
            }
        }
        guard let id else { throw record.error("expected key \"id\", found none") }
        if let width, let height {
            guard let size = PictureSize(width: Int(width), height: Int(height)) else {
                throw record.error("expected a width and height from 1 to 100000, found \(width) and \(height)")
            }
            fields.picture = size
        }
        return Image(id: id, fields: fields, place: record.place)
    }

    private static func annotation(_ record: JSONRecord) throws(RecordingsError) -> Annotation {
        var annotation = Annotation()
        try record.read { (scanner) throws(JSONFault) in
            try scanner.readObject { (scanner, key) throws(JSONFault) in
                if scanner.matches(key, "image_id") {
                    annotation.image = try scanner.readImage()
                } else if scanner.matches(key, "keypoints") {
                    annotation.person.points = try KeypointList(from: &scanner).points(scores: nil, at: scanner).points
                } else if scanner.matches(key, "track_id") || scanner.matches(key, "instance_id") {
                    annotation.person.id = try scanner.readIdentity()
                } else if scanner.matches(key, "category_id") {
                    annotation.category = try scanner.readIdentity()
                } else if scanner.matches(key, "num_keypoints") {
                    annotation.labelled = try scanner.readIdentity()
                } else {
                    try scanner.skipValue()
                }
            }
        }
        return annotation
    }

    private static func category(_ record: JSONRecord) throws(RecordingsError) -> Category {
        var category = Category(place: record.place)
        try record.read { (scanner) throws(JSONFault) in
            try scanner.readObject { (scanner, key) throws(JSONFault) in
                if scanner.matches(key, "id") {
                    category.id = try scanner.readIdentity()
                } else if scanner.matches(key, "name"), scanner.peek() == UInt8(ascii: "\"") {
                    category.name = String(try scanner.readString().prefix(40))
                } else if scanner.matches(key, "keypoints"), scanner.peek() == UInt8(ascii: "[") {
                    try scanner.readArray { (scanner) throws(JSONFault) in
                        category.joints.append(try scanner.readString())
                    }
                } else if scanner.matches(key, "skeleton"), scanner.peek() == UInt8(ascii: "[") {
                    category.bones = try scanner.readFloats(atMost: 4_000).compactMap { Int(exactly: $0) }
                } else {
                    try scanner.skipValue()
                }
            }
        }
        return category
    }
}
