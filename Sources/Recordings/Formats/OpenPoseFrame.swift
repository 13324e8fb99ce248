import JSONLines

/// Frames as OpenPose writes them: `people`, each with `pose_keypoints_2d` and `person_id`.
///
/// AlphaPose's cmu form has `bodies` with `joints` in their place.
enum OpenPoseFrame {
    static func read(_ record: JSONRecord, number: Int?) throws(RecordingsError) -> KeypointFrame {
        var people: [KeypointPerson]?
        try record.read { (scanner) throws(JSONFault) in
            try scanner.readObject { (scanner, key) throws(JSONFault) in
                guard scanner.matches(key, "people") || scanner.matches(key, "bodies") else {
                    return try scanner.skipValue()
                }
                var found: [KeypointPerson] = []
                try scanner.readArray { (scanner) throws(JSONFault) in found.append(try person(&scanner)) }
                people = found
            }
        }
        guard let people else { throw record.error("expected key \"people\", found none") }
        return KeypointFrame(number: number, people: people, file: record.file, line: record.line)
    }

    private static func person(_ scanner: inout JSONScanner) throws(JSONFault) -> KeypointPerson {
        var person = KeypointPerson()
        try scanner.readObject { (scanner, key) throws(JSONFault) in
            if scanner.matches(key, "pose_keypoints_2d") || scanner.matches(key, "pose_keypoints")
                || scanner.matches(key, "joints")
            {
                person.points = try scanner.readKeypoints()
            } else if scanner.matches(key, "person_id") {
                person.id = try scanner.readIdentity()
            } else {
                try scanner.skipValue()
            }
        }
        return person
    }
}
