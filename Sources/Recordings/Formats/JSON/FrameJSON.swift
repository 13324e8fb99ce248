import JSONLines
import Skeleton

/// Frames and people in JSON as OpenPose, AlphaPose, COCO's tools, MMPose, Ultralytics, OpenPifPaf and MoveNet write them.
///
/// A record is a frame, with a list of people under one of several keys; a list of people, which is a frame as well; or
/// one person, whose picture's name, id or place tells where a frame ends.
final class FrameJSON: KeypointSource {
    let units: [KeypointUnit]
    let namesPictures = true
    private let records: JSONRecords
    private let format: SkeletonFormat
    private let container: JSONRecords.Container
    private let names: [String]
    /// The frame that people are still being added to.
    private var open: KeypointFrame?
    /// A frame that ended the one before.
    private var following: KeypointFrame?

    /// - Parameter names: what the file calls the joints where people do not say.
    init(
        path: String, container: JSONRecords.Container, format: SkeletonFormat, names: [String] = []
    ) throws(RecordingsError) {
        records = try JSONRecords(path: path, container: container)
        self.format = format
        self.container = container
        self.names = names
        units = Self.units(of: format)
    }

    /// What the points of a format may be measured in.
    static func units(of format: SkeletonFormat) -> [KeypointUnit] {
        switch format {
        case .openPose, .alphaPose: [.pixels, .fractions, .signedFractions]
        case .coco: [.pixels]
        default: [.pixels, .fractions]
        }
    }

    func next() throws(RecordingsError) -> KeypointFrame? {
        if let following {
            self.following = nil
            return following
        }
        while let record = try records.next() {
            // Beside frames under keys of their own stand facts, such as a rate.
            if container == .members, record.firstByte != UInt8(ascii: "{"), record.firstByte != UInt8(ascii: "[") {
                continue
            }
            let content = try Self.read(record, format: format, names: names)
            guard content.isPerson else {
                let frame = content.frame(of: record)
                guard let done = open else { return frame }
                open = nil
                following = frame
                return done
            }
            if let done = try add(content, from: record) { return done }
        }
        defer { open = nil }
        return open
    }

    /// Adds a person to their frame; gives the frame before where theirs is another one.
    private func add(_ content: Content, from record: JSONRecord) throws(RecordingsError) -> KeypointFrame? {
        let frame = content.frame(of: record)
        if format == .alphaPose || format == .coco, frame.image == nil {
            throw record.error("expected key \"image_id\", found none")
        }
        guard let person = frame.people.first, var open, belongs(person, frame.image, to: open) else {
            defer { self.open = frame }
            return open
        }
        open.people.append(person)
        self.open = open
        return nil
    }

    private func belongs(_ person: KeypointPerson, _ image: ImageName?, to frame: KeypointFrame) -> Bool {
        if image != nil || frame.image != nil { return image == frame.image }
        if let id = person.id { return !frame.people.contains { $0.id == id } }
        // MoveNet gives one list of poses a picture, and lists of many pictures end up in one.
        return format != .moveNet || !frame.people.contains { $0.isNear(person) }
    }

    /// What one record holds.
    struct Content {
        var fields = FrameFields()
        var people: [KeypointPerson] = []
        /// Whether the record is one person, who may share a frame with others.
        var isPerson = false

        func frame(of record: JSONRecord) -> KeypointFrame {
            let named = record.name.flatMap { FrameNumber.inName($0) }
            let image = isPerson ? fields.number.map { .number($0) } ?? fields.image : nil
            return KeypointFrame(
                number: named ?? fields.number ?? fields.image?.frameNumber, time: fields.time, picture: fields.picture,
                image: image, people: people, place: record.place)
        }
    }

    /// Reads a frame, a list of people or a person.
    static func read(
        _ record: JSONRecord, format: SkeletonFormat, names: [String] = []
    ) throws(RecordingsError) -> Content {
        var content = Content()
        var keys: [String] = []
        let isList = record.firstByte == UInt8(ascii: "[")
        var hasPeople = isList
        var person = JSONPerson()
        try record.read { (scanner) throws(JSONFault) -> Void in
            if isList { return try readPeople(into: &content.people, &scanner) }
            try scanner.readObject { (scanner, key) throws(JSONFault) in
                let name = try scanner.text(of: key)
                if keys.count < 8 { keys.append(name) }
                if Self.listKeys.contains(name), Self.mustBeLists.contains(name) || scanner.peek() == UInt8(ascii: "[")
                {
                    try readPeople(into: &content.people, &scanner)
                    hasPeople = true
                } else if try !content.fields.read(key, from: &scanner) {
                    if try !person.read(key, from: &scanner) { try scanner.skipValue() }
                }
            }
            if !hasPeople, person.hasPoints {
                content.people = [try person.person(at: scanner)]
                content.isPerson = true
            }
        }
        guard hasPeople || content.isPerson || format.namesEmptyFrames && content.fields.isSomething else {
            if format == .openPose { throw record.error("expected key \"people\", found none") }
            if format == .alphaPose || format == .coco {
                throw record.error(
                    "expected key \"\(content.fields.image == nil ? "image_id" : "keypoints")\", found none")
            }
            throw record.error("expected people or keypoints, found the keys " + keys.joined(separator: ", "))
        }
        if !names.isEmpty {
            for index in content.people.indices where content.people[index].jointCount == names.count {
                if content.people[index].names.isEmpty { content.people[index].names = names }
            }
        }
        return content
    }

    /// Keys under which frames have their people.
    static let listKeys: Set = [
        "people", "bodies", "instances", "predictions", "poses", "persons", "detections", "annotations", "results",
        "humans",
        "skeletons", "objects", "pose", "keypoints_list", "tracks",
    ]
    private static let mustBeLists: Set = ["people", "bodies"]

    /// Reads a list of people, or of such lists; what stands for nobody is passed over.
    private static func readPeople(
        into people: inout [KeypointPerson], _ scanner: inout JSONScanner, depth: Int = 0
    ) throws(JSONFault) {
        var found = people
        try scanner.readArray { (scanner) throws(JSONFault) in
            if scanner.skipNull() { return }
            if depth < 2, scanner.peek() == UInt8(ascii: "[") {
                return try readPeople(into: &found, &scanner, depth: depth + 1)
            }
            var person = JSONPerson()
            var nested: [KeypointPerson]?
            try scanner.readObject { (scanner, key) throws(JSONFault) in
                // A batch of one picture stands in a list of its own.
                if depth < 2, scanner.peek() == UInt8(ascii: "["), Self.listKeys.contains(try scanner.text(of: key)) {
                    var inner: [KeypointPerson] = []
                    try readPeople(into: &inner, &scanner, depth: depth + 1)
                    nested = (nested ?? []) + inner
                } else if try !person.read(key, from: &scanner) {
                    try scanner.skipValue()
                }
            }
            if let nested { found += nested } else { found.append(try person.person(at: scanner)) }
        }
        people = found
    }
}

extension FrameFields {
    /// Whether anything was said of a frame.
    var isSomething: Bool { number != nil || time != nil || image != nil }
}

extension SkeletonFormat {
    /// Whether a frame without anybody may lack the list of people.
    fileprivate var namesEmptyFrames: Bool { [.mmPose, .ultralytics, .openPifPaf, .moveNet].contains(self) }
}

extension KeypointPerson {
    /// Whether somebody is so much where this person is that they must be the same one, a picture later.
    func isNear(_ other: KeypointPerson) -> Bool {
        guard points.count == other.points.count else { return false }
        var (distance, count): (Float, Float) = (0, 0)
        var (low, high) = (SIMD2<Float>(repeating: .infinity), SIMD2<Float>(repeating: -.infinity))
        for (a, b) in zip(points, other.points) where a.isSeen && b.isSeen {
            let (a, b) = (SIMD2(a.x, a.y), SIMD2(b.x, b.y))
            distance += ((a - b) * (a - b)).sum().squareRoot()
            count += 1
            low = pointwiseMin(low, a)
            high = pointwiseMax(high, a)
        }
        return count > 0 && distance / count < 0.3 * (high - low).max()
    }
}
