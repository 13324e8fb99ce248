import JSONLines

/// One person as JSON has it, under the names that programs use.
struct JSONPerson {
    private(set) var id: Int?
    private(set) var score: Float?
    private(set) var category: String?
    /// Whether there is a key for joints, with or without any.
    private(set) var hasPoints = false
    private var list: KeypointList?
    private var spatial: KeypointList?
    private var scores: [Float]?
    /// Of several scores that of the pose, then that of the box.
    private var scoreRank = Int.max
    /// The class's name comes before its number.
    private var hasCategoryName = false

    static let pointKeys: Set = [
        "keypoints", "joints", "pose_keypoints_2d", "pose_keypoints", "keypoints_2d", "keypoints2d", "joints_2d",
        "pose_keypoints_3d", "keypoints3D", "keypoints_3d", "keypoints3d", "joints_3d",
    ]

    /// Whether a key is about the person; its value is read then.
    mutating func read(_ key: JSONKey, from scanner: inout JSONScanner) throws(JSONFault) -> Bool {
        switch try scanner.text(of: key) {
        case "keypoints", "joints", "pose_keypoints_2d", "pose_keypoints", "keypoints_2d", "keypoints2d", "joints_2d":
            list = try KeypointList(from: &scanner)
            hasPoints = true
        case "pose_keypoints_3d", "keypoints3D", "keypoints_3d", "keypoints3d", "joints_3d":
            spatial = try KeypointList(from: &scanner)
            hasPoints = true
        case "keypoint_scores", "keypoints_scores", "keypoints_visible", "keypoint_confidence", "keypoints_conf",
            "kpt_scores",
            "scores", "confidences":
            guard scanner.peek() == UInt8(ascii: "[") else { return try skip(&scanner) }
            let numbers = try scanner.readFloats(atMost: 1_000)
            if !numbers.isEmpty { scores = numbers }
        case "score", "confidence", "pose_score": try readScore(rank: 0, &scanner)
        case "bbox_score", "box_score", "conf": try readScore(rank: 1, &scanner)
        case "person_id": id = try scanner.readIdentity() ?? id
        case "idx", "track_id", "trackId", "tracking_id", "id", "id_", "pid", "trackID":
            // AlphaPose writes an array here when it has not followed anybody.
            let isAlone = scanner.peek() != UInt8(ascii: "[")
            let found = try scanner.readIdentity()
            if isAlone { id = found ?? id }
        case "category_id", "class", "cls", "class_id", "name", "category", "class_name", "label":
            try readCategory(&scanner)
        default: return false
        }
        return true
    }

    /// The person, once the object is read.
    func person(at scanner: JSONScanner) throws(JSONFault) -> KeypointPerson {
        var person = KeypointPerson(id: id, score: score, category: category)
        if let list {
            let (points, isSpatial) = try list.points(scores: scores, at: scanner)
            person.names = list.names
            if isSpatial {
                // MMPose lets z grow upwards and y towards the camera.
                person.worldPoints = points.map { $0.w > 0 ? SIMD3(-$0.x, -$0.z, -$0.y) : nil }
            } else {
                person.points = points
            }
        }
        if let spatial {
            // Four numbers a joint in one row, or objects with a depth.
            let points = try spatial.spatialPoints(at: scanner)
            if !points.isEmpty {
                person.worldPoints = points.map { $0.w > 0 ? SIMD3($0.x, $0.y, $0.z) : nil }
                if person.points.isEmpty { person.names = spatial.names }
            }
        }
        return person
    }

    private func skip(_ scanner: inout JSONScanner) throws(JSONFault) -> Bool {
        try scanner.skipValue()
        return true
    }

    private mutating func readScore(rank: Int, _ scanner: inout JSONScanner) throws(JSONFault) {
        var number: Float?
        if scanner.peek() == UInt8(ascii: "[") {
            let numbers = try scanner.readFloats(atMost: 1_000)
            if numbers.count == 1 { number = numbers[0] }
        } else if scanner.peeksNumber() {
            number = try scanner.readFloat()
        } else {
            try scanner.skipValue()
        }
        if let number, rank < scoreRank { (score, scoreRank) = (number, rank) }
    }

    private mutating func readCategory(_ scanner: inout JSONScanner) throws(JSONFault) {
        if scanner.peek() == UInt8(ascii: "\"") {
            category = try scanner.readString()
            hasCategoryName = true
        } else if scanner.peeksNumber() {
            let number = try scanner.readNumber()
            if !hasCategoryName { category = FrameClock.text(number) }
        } else {
            try scanner.skipValue()
        }
    }
}
