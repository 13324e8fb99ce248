import JSONLines
import Skeleton

/// What Azure Kinect's offline processor writes: `frames` with `timestamp_usec` and `bodies`, each with `body_id` and
/// 32 `joint_positions` in millimetres, seen from the depth camera.
final class AzureKinectFile: KeypointSource {
    let topology: SkeletonTopology? = .azureKinect32
    let notes = ["millimetres turned into metres, with the depth camera as origin"]
    private let records: JSONRecords

    init(path: String, container: JSONRecords.Container) throws(RecordingsError) {
        records = try JSONRecords(path: path, container: container)
    }

    func next() throws(RecordingsError) -> KeypointFrame? {
        guard let record = try records.next() else { return nil }
        var fields = FrameFields()
        var people: [KeypointPerson]?
        try record.read { (scanner) throws(JSONFault) in
            try scanner.readObject { (scanner, key) throws(JSONFault) in
                if scanner.matches(key, "bodies") {
                    var found: [KeypointPerson] = []
                    try scanner.readArray { (scanner) throws(JSONFault) in found.append(try Self.body(&scanner)) }
                    people = found
                } else if try !fields.read(key, from: &scanner) {
                    try scanner.skipValue()
                }
            }
        }
        guard let people else { throw record.error("expected key \"bodies\", found none") }
        return KeypointFrame(number: fields.number, time: fields.time, people: people, place: record.place)
    }

    private static func body(_ scanner: inout JSONScanner) throws(JSONFault) -> KeypointPerson {
        var person = KeypointPerson(score: 1)
        try scanner.readObject { (scanner, key) throws(JSONFault) in
            if scanner.matches(key, "body_id") {
                person.id = try scanner.readIdentity()
            } else if scanner.matches(key, "joint_positions") {
                try scanner.readArray { (scanner) throws(JSONFault) in
                    var place = SIMD3<Float>()
                    var count = 0
                    let fault = scanner.fault(expected: "3 numbers a joint")
                    try scanner.readArray { (scanner) throws(JSONFault) in
                        guard count < 3 else { throw fault }
                        place[count] = try scanner.readFloat()
                        count += 1
                    }
                    guard count == 3 else { throw fault }
                    person.worldPoints.append(place == .zero ? nil : place / 1000)
                }
            } else {
                try scanner.skipValue()
            }
        }
        return person
    }
}
