import Skeleton

/// What the columns of a table of landmarks hold, by their headings.
struct TableColumns {
    /// Where the values of one joint are.
    struct Joint {
        /// What it is called; nil where only its place in the row tells.
        let name: String?
        /// x, y, z, visibility and presence; the last three may be missing.
        var columns: [Int?] = [nil, nil, nil, nil, nil]
        /// x, y and z in metres.
        var worldColumns: [Int?] = [nil, nil, nil]

        var hasPlace: Bool { columns[0] != nil && columns[1] != nil }
        var hasWorldPlace: Bool { worldColumns.allSatisfy { $0 != nil } }
    }

    let count: Int
    /// The joints of a row; empty where a row is one joint.
    private(set) var joints: [Joint] = []
    /// The values of the one joint of a row, and which column says which joint it is.
    private(set) var joint: Joint?
    private(set) var jointColumn: Int?
    private(set) var time: (column: Int, field: TimeUnit.Field, name: String)?
    private(set) var number: Int?
    private(set) var person: Int?
    /// Which joints the rows have where their order tells; nil where names or their number do.
    private(set) var topology: SkeletonTopology?

    /// For errors: what headings are expected.
    static let expected =
        "columns x0, y0 … x32, y32 (or x_0, x1 … x33, nose_x, landmark_0_x; with z, visibility, presence in any order), "
        + "or frame, landmark, x, y with a line a landmark"

    /// Fewer joints with x and y are no body.
    private static let fewest = 5

    /// Nil when the headings are not those of a table of landmarks.
    init?(_ headings: [String]) {
        count = headings.count
        var numbered: [Int: Joint] = [:]
        var named: [String: Joint] = [:]
        var order: [String] = []
        var single = Joint(name: nil)
        for (column, heading) in headings.enumerated() {
            if let value = Self.value(heading) {
                switch value.joint {
                case .number(let joint): value.put(column, into: &numbered[joint, default: Joint(name: nil)])
                case .name(let joint):
                    if named[joint] == nil { order.append(joint) }
                    value.put(column, into: &named[joint, default: Joint(name: joint)])
                case .row: value.put(column, into: &single)
                }
            } else {
                takeOther(heading, column)
            }
        }
        let placed = numbered.filter { $0.value.hasPlace || $0.value.hasWorldPlace }
        let placedByName = order.compactMap { named[$0] }.filter { $0.hasPlace || $0.hasWorldPlace }
        if placedByName.count >= Self.fewest {
            joints = placedByName
        } else if placed.count >= Self.fewest {
            takeNumbered(placed)
        } else if single.hasPlace, let jointColumn, number != nil || time != nil {
            joint = single
            self.jointColumn = jointColumn
        } else {
            return nil
        }
    }

    /// The landmarks of MediaPipe's pose, all of them or some; where more follow they are of face and hands.
    private mutating func takeNumbered(_ placed: [Int: Joint]) {
        let numbers = placed.keys.sorted()
        let first = numbers[0] == 0 ? 0 : numbers.contains(33) && !numbers.contains(0) ? 1 : 0
        let isWhole = numbers == Array(numbers[0]..<numbers[0] + numbers.count) && numbers[0] == first
        if isWhole, numbers.count < 33, KeypointLayout.isKnown(numbers.count) {
            joints = numbers.compactMap { placed[$0] }
        } else if isWhole, numbers.count >= 33 {
            joints = numbers.prefix(33).compactMap { placed[$0] }
            topology = .blazePose33
        } else {
            joints = numbers.filter { (0..<33).contains($0 - first) }.compactMap { number in
                placed[number].map {
                    Joint(
                        name: SkeletonTopology.blazePose33.jointNames[number - first], columns: $0.columns,
                        worldColumns: $0.worldColumns)
                }
            }
        }
    }

    private mutating func takeOther(_ heading: String, _ column: Int) {
        let words = JointName.words(of: heading)
        let joined = words.joined(separator: "_")
        if let field = TimeUnit.Field(name: heading) {
            // A column whose name tells a unit comes before one whose name does not.
            if time == nil || time?.field == .unstated && field != .unstated { time = (column, field, heading) }
        } else if Self.numberWords.contains(joined) {
            number = number ?? column
        } else if Self.jointWords.contains(joined) {
            // A name tells more than a number.
            if jointColumn == nil || words.last == "name" { jointColumn = column }
        } else if Self.personWords.contains(joined) {
            person = person ?? column
        }
    }

    private static let numberWords: Set = [
        "frame", "frames", "frame_index", "frame_id", "frame_number", "frame_idx", "frame_no", "frame_num",
        "frameindex",
        "framenumber", "frameid", "image_id",
    ]
    private static let jointWords: Set = [
        "landmark", "landmark_id", "landmark_index", "landmark_idx", "landmark_name", "landmark_number", "joint",
        "joint_id",
        "joint_index", "joint_name", "keypoint", "keypoint_id", "keypoint_index", "keypoint_name", "body_part",
        "bodypart",
        "part", "point", "point_id", "kp", "kpt", "marker", "landmarks",
    ]
    private static let personWords: Set = [
        "person", "person_id", "person_idx", "person_index", "pose_id", "pose_index", "track", "track_id", "id", "pid",
        "player", "player_id", "body_id",
    ]

    /// What one column has of which joint.
    private struct Value {
        enum Of {
            case number(Int)
            case name(String)
            case row
        }

        let joint: Of
        let axis: Int
        let isWorld: Bool

        func put(_ column: Int, into joint: inout Joint) {
            if isWorld {
                if axis < 3 { joint.worldColumns[axis] = joint.worldColumns[axis] ?? column }
            } else {
                joint.columns[axis] = joint.columns[axis] ?? column
            }
        }
    }

    private static let axes: [String: Int] = [
        "x": 0, "y": 1, "z": 2, "v": 3, "vis": 3, "visibility": 3, "visible": 3, "score": 3, "conf": 3, "confidence": 3,
        "likelihood": 3, "c": 3, "presence": 4, "pres": 4, "p": 4,
    ]
    private static let fillers: Set = [
        "landmark", "landmarks", "lm", "pose", "point", "pt", "joint", "kp", "kpt", "keypoint", "body", "mp", "coord",
        "norm", "normalized", "img", "image", "px", "pixel",
    ]

    /// Reads `x0`, `x_0`, `nose_x`, `NOSE.visibility`, `landmark_0_x`, `x`; nil for anything else.
    private static func value(_ heading: String) -> Value? {
        var words = JointName.words(of: heading)
        let axis: Int
        if let last = words.last, let known = axes[last] {
            axis = known
            words.removeLast()
        } else if let first = words.first, let known = axes[first] {
            axis = known
            words.removeFirst()
        } else {
            return nil
        }
        let isWorld = words.contains("world")
        words = words.filter { $0 != "world" && !fillers.contains($0) }
        guard !words.isEmpty else { return Value(joint: .row, axis: axis, isWorld: isWorld) }
        if words.count == 1, let number = Int(words[0]) {
            return number < 10_000 ? Value(joint: .number(number), axis: axis, isWorld: isWorld) : nil
        }
        guard case .joint(let name)? = JointName(words.joined(separator: "_")) else { return nil }
        return Value(joint: .name(name), axis: axis, isWorld: isWorld)
    }
}
