import Skeleton

/// The joints that a file names, brought into a topology: one whose names they are in any order, else the smallest that
/// has the most of them.
struct NamedJoints {
    let topology: SkeletonTopology
    /// Where each joint of the topology comes from, as indices of the names.
    let origins: [JointOrigin]
    /// What was left out or worked out; nil when nothing was.
    let note: String?

    /// Fewer joints are no body.
    private static let fewest = 5

    /// - Throws: when a name is unknown, or two are one joint, or too few are a body's.
    init(_ names: [String], file: String) throws(RecordingsError) {
        var places: [String: Int] = [:]
        for (index, name) in names.enumerated() {
            guard let known = JointName(name) else {
                throw RecordingsError(
                    file: file,
                    message: "expected the names of a person's joints such as left_shoulder, found '\(name.prefix(40))'"
                )
            }
            guard case .joint(let joint) = known else { continue }
            if let other = places.updateValue(index, forKey: joint) {
                throw RecordingsError(
                    file: file,
                    message: "expected each joint once, found '\(names[other].prefix(40))' and '\(name.prefix(40))'")
            }
        }
        // Human3.6M's feet are where others have ankles.
        if places["leftAnkle"] == nil, places["rightAnkle"] == nil {
            for side in ["left", "right"] {
                if let foot = places.removeValue(forKey: side + "Foot") { places[side + "Ankle"] = foot }
            }
        }
        guard places.count >= Self.fewest, let topology = Self.topology(for: places, among: names.count) else {
            throw RecordingsError(
                file: file, message: "expected at least \(Self.fewest) joints of a body, found \(places.count)")
        }
        self.topology = topology
        origins = topology.jointNames.map { joint in
            if let place = places[joint] { return .copied(place) }
            for group in Self.substitutes[joint] ?? [] {
                let found = group.compactMap { places[$0] }
                if found.count == group.count { return .derived(found) }
            }
            return .missing
        }
        let left = places.keys.filter { topology.index(of: $0) == nil }.sorted()
        let details = names.count - places.count
        var parts: [String] = []
        if !left.isEmpty { parts.append(left.joined(separator: ", ")) }
        if details > 0 { parts.append("\(details) points of face and hands") }
        note = parts.isEmpty ? nil : "left out of \(topology.name): " + parts.joined(separator: " and ")
    }

    /// Whether the names are the topology's own in its own order.
    var isInOrder: Bool { origins.enumerated().allSatisfy { $1 == .copied($0) } }

    private static func topology(for places: [String: Int], among count: Int) -> SkeletonTopology? {
        func covered(_ topology: SkeletonTopology) -> Int { topology.jointNames.count { places[$0] != nil } }
        func isInOrder(_ topology: SkeletonTopology) -> Bool {
            topology.jointNames.enumerated().allSatisfy { places[$1] == $0 }
        }
        return SkeletonTopology.known.max { a, b in
            (covered(a), -a.count, isInOrder(a) ? 1 : 0) < (covered(b), -b.count, isInOrder(b) ? 1 : 0)
        }
    }

    /// What stands in for joints in the middle of the body that a file lacks and its topology has.
    private static let substitutes: [String: [[String]]] = [
        "pelvis": [["leftHip", "rightHip"]], "neck": [["leftShoulder", "rightShoulder"]],
        "head": [["leftEar", "rightEar"], ["nose"], ["headTop"]],
    ]
}
