import Skeleton

/// Which joints a list of keypoints has, and where each joint of their topology lies in it.
struct KeypointLayout {
    let topology: SkeletonTopology
    /// For each joint of the topology where it comes from in the list.
    let origins: [JointOrigin]
    /// What was assumed or left out; nil when nothing was.
    let note: String?
    /// Joints a person in the list.
    let count: Int

    /// - Parameters:
    ///   - count: joints a person in the file.
    ///   - own: what the format says.
    ///   - stated: what the user says, see `SkeletonReadingOptions.layout`.
    /// - Throws: when nothing known has so many joints, or what is stated does not fit.
    init(count: Int, own: SkeletonTopology?, stated: String?, file: String) throws(RecordingsError) {
        var (topology, note) = own.map { ($0, nil) } ?? Self.known[count] ?? (nil, nil)
        if let stated {
            let named = try Self.topology(stated: stated, file: file)
            if named != topology {
                guard named.count == count, own == nil else {
                    throw RecordingsError(
                        file: file,
                        message: "expected \(named.count) joints of \(named.name), found "
                            + (own.map { "\(count) of \($0.name)" } ?? "\(count)"))
                }
                topology = named
            }
            if named.count == count { note = nil }
        }
        guard let topology, topology.count <= count else {
            throw RecordingsError(
                file: file,
                message: "expected "
                    + (own.map { "\($0.count)" }
                        ?? Self.known.keys.sorted().map(String.init).joined(separator: ", "))
                    + " joints a person, found \(count)")
        }
        self.topology = topology
        self.note = note
        self.count = count
        origins = (0..<topology.count).map { .copied($0) }
    }

    /// - Parameters:
    ///   - names: what the file calls the joints.
    ///   - stated: what the user says, which must be what the names are.
    init(names: [String], stated: String?, file: String) throws(RecordingsError) {
        let joints = try NamedJoints(names, file: file)
        if let stated {
            let named = try Self.topology(stated: stated, file: file)
            guard named == joints.topology else {
                throw RecordingsError(
                    file: file,
                    message:
                        "expected the joints of \(named.name) as --layout says, found names of \(joints.topology.name)")
            }
        }
        topology = joints.topology
        origins = joints.origins
        count = names.count
        let order = joints.isInOrder ? nil : "joints put in the order of \(topology.name) by their names"
        let notes = [order, joints.note].compactMap(\.self)
        note = notes.isEmpty ? nil : notes.joined(separator: "; ")
    }

    /// What so many joints are when nobody says.
    private static let known: [Int: (SkeletonTopology?, String?)] = [
        17: (.coco17, nil),
        18: (.coco18, nil),
        25: (.openPose25, "25 joints taken for BODY_25; --layout body25b says otherwise"),
        26: (.halpe26, nil),
        33: (.blazePose33, nil),
        133: (.coco17, "feet, face and hands of 133 joints left out"),
        136: (.halpe26, "face and hands of 136 joints left out"),
    ]

    /// Whether a list of so many joints may be a person.
    static func isKnown(_ count: Int) -> Bool { known[count] != nil }

    private static func topology(stated: String, file: String) throws(RecordingsError) -> SkeletonTopology {
        guard let named = topology(stated) else {
            throw RecordingsError(
                file: file,
                message: "expected a layout ("
                    + SkeletonTopology.known.map(\.name).joined(separator: ", ") + "), found '\(stated)'")
        }
        return named
    }

    /// A topology by its own name or by OpenPose's.
    static func topology(_ name: String) -> SkeletonTopology? {
        let plain = name.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
        return plain == "body25" ? .openPose25 : SkeletonTopology.named(plain)
    }
}
