import JSONLines
package import Skeleton

extension SkeletonLine {
    /// Reads the line in `bytes[range]`; keys may come in any order and unknown ones are ignored.
    ///
    /// - Parameters:
    ///   - file, number: what an error names; `number` counts from 1.
    package static func decode(
        _ bytes: [UInt8], in range: Range<Int>, file: String, number: Int
    ) throws(RecordingsError) -> SkeletonFrame {
        do {
            var scanner = JSONScanner(bytes, in: range)
            var fields = LineFields()
            try scanner.readObject { (scanner, key) throws(JSONFault) in try fields.read(key, from: &scanner) }
            try scanner.expectEnd()
            return try fields.frame(at: scanner)
        } catch {
            throw RecordingsError(file: file, line: number, message: error.sentence)
        }
    }
}

/// What has been read of a line so far; keys come in any order, so joints are counted when all is read.
private struct LineFields {
    private var camera = ""
    private var frame: Int64?
    private var time: Int64?
    private var captureTime: Int64?
    private var aspect: Float?
    private var topology: SkeletonTopology?
    private var hasVersion = false
    private var hasType = false
    private var people: [PersonFields]?

    @inline(__always)
    mutating func read(_ key: JSONKey, from scanner: inout JSONScanner) throws(JSONFault) {
        if scanner.matches(key, "people") {
            var people: [PersonFields] = []
            try scanner.readArray { (scanner) throws(JSONFault) in
                var person = PersonFields(track: Int64(people.count) + 1)
                try scanner.readObject { (scanner, key) throws(JSONFault) in try person.read(key, from: &scanner) }
                people.append(person)
            }
            self.people = people
        } else if scanner.matches(key, "frame") {
            frame = try whole(in: 0...Int64(Int32.max) << 16, "a frame index from 0", &scanner)
        } else if scanner.matches(key, "pts_us") {
            let limit = Duration.mediaLimit.inMicroseconds
            time = try whole(in: -limit...limit, "microseconds within a hundred years", &scanner)
        } else if scanner.matches(key, "t_cap_us") {
            if scanner.skipNull() { return }
            captureTime = try whole(in: 0...1 << 52, "microseconds since 1970", &scanner)
        } else if scanner.matches(key, "camera") {
            camera = try scanner.readString()
        } else if scanner.matches(key, "aspect") {
            if scanner.skipNull() { return }
            let fault = scanner.fault(expected: "an aspect ratio between 0.001 and 1000")
            let value = Float(try scanner.readNumber())
            guard value >= 0.001, value <= 1000 else { throw fault }
            aspect = value
        } else if scanner.matches(key, "topology") {
            let fault = scanner.fault(
                expected: "a topology (" + SkeletonTopology.known.map(\.name).joined(separator: ", ") + ")")
            guard let known = SkeletonTopology.named(try scanner.readString()) else { throw fault }
            topology = known
        } else if scanner.matches(key, "v") {
            _ = try whole(in: Int64(SkeletonLine.version)...Int64(SkeletonLine.version), "version 1", &scanner)
            hasVersion = true
        } else if scanner.matches(key, "type") {
            let fault = scanner.fault(expected: "type \"laban.skeleton\"")
            guard try scanner.readString() == "laban.skeleton" else { throw fault }
            hasType = true
        } else {
            try scanner.skipValue()
        }
    }

    /// The frame, once the whole line is read.
    func frame(at scanner: JSONScanner) throws(JSONFault) -> SkeletonFrame {
        func missing(_ key: String) -> JSONFault { scanner.fault(expected: "key \"\(key)\"") }
        guard hasVersion else { throw missing("v") }
        guard hasType else { throw missing("type") }
        guard let frame else { throw missing("frame") }
        guard let time else { throw missing("pts_us") }
        guard let people else { throw missing("people") }
        var tracked: [TrackedPose] = []
        tracked.reserveCapacity(people.count)
        for person in people {
            guard let topology else { throw missing("topology") }
            tracked.append(try person.trackedPose(topology, at: scanner))
        }
        var skeletons = SkeletonFrame(
            camera: camera, index: Int(frame), presentationTime: .microseconds(time), aspectRatio: aspect,
            people: tracked)
        skeletons.captureTime = captureTime.map { .microseconds($0) }
        return skeletons
    }
}

private struct PersonFields {
    var track: Int64
    private var score: Float = 1
    private var keypoints: [Keypoint?] = []
    private var worldPoints: [SIMD3<Float>?] = []
    private var worldSource = WorldSource.measured
    private var hands: [HandPose] = []
    private var evidence: [JointEvidence] = []
    private var implausibleJoints: [Int] = []

    init(track: Int64) { self.track = track }

    @inline(__always)
    mutating func read(_ key: JSONKey, from scanner: inout JSONScanner) throws(JSONFault) {
        if scanner.matches(key, "image") {
            if scanner.skipNull() { return }
            keypoints = []
            keypoints.reserveCapacity(33)
            try scanner.readArray { (scanner) throws(JSONFault) in
                guard let (values, count) = try numbers(atMost: 5, &scanner) else { return keypoints.append(nil) }
                guard count >= 2 else { throw scanner.fault(expected: "2 to 5 numbers an image point") }
                keypoints.append(
                    Keypoint(
                        x: values[0], y: values[1], z: count > 2 ? values[2] : 0,
                        visibility: count > 3 ? values[3] : 1, presence: count > 4 ? values[4] : 1))
            }
        } else if scanner.matches(key, "world") {
            if scanner.skipNull() { return }
            worldPoints = []
            worldPoints.reserveCapacity(33)
            try scanner.readArray { (scanner) throws(JSONFault) in
                guard let (values, count) = try numbers(atMost: 3, &scanner) else { return worldPoints.append(nil) }
                guard count == 3 else { throw scanner.fault(expected: "3 numbers a world point") }
                worldPoints.append(SIMD3(values[0], values[1], values[2]))
            }
        } else if scanner.matches(key, "world_source") {
            if scanner.skipNull() { return }
            let fault = scanner.fault(expected: "measured or lifted")
            guard let source = WorldSource(rawValue: try scanner.readString()) else { throw fault }
            worldSource = source
        } else if scanner.matches(key, "track") {
            track = try whole(in: 0...1 << 52, "a track id from 0", &scanner)
        } else if scanner.matches(key, "score") {
            if scanner.skipNull() { return }
            let fault = scanner.fault(expected: "a number in range")
            score = Float(try scanner.readNumber())
            guard score.isFinite else { throw fault }
        } else if scanner.matches(key, "hands") {
            if scanner.skipNull() { return }
            hands = []
            try scanner.readArray { (scanner) throws(JSONFault) in
                guard hands.count < HandPose.Side.allCases.count else {
                    throw scanner.fault(expected: "at most two hands a person")
                }
                var hand = HandFields()
                try scanner.readObject { (scanner, key) throws(JSONFault) in try hand.read(key, from: &scanner) }
                hands.append(try hand.hand(at: scanner))
            }
        } else if scanner.matches(key, "origins") {
            if scanner.skipNull() { return }
            let fault = scanner.fault(expected: "a letter m, f or g for each joint")
            evidence = []
            for letter in try scanner.readString().utf8 {
                guard let known = JointEvidence.allCases.first(where: { $0.letter == letter }) else { throw fault }
                evidence.append(known)
            }
        } else if scanner.matches(key, "implausible") {
            if scanner.skipNull() { return }
            implausibleJoints = []
            try scanner.readArray { (scanner) throws(JSONFault) in
                implausibleJoints.append(Int(try whole(in: 0...1 << 16, "a joint index from 0", &scanner)))
            }
        } else {
            try scanner.skipValue()
        }
    }

    func trackedPose(_ topology: SkeletonTopology, at scanner: JSONScanner) throws(JSONFault) -> TrackedPose {
        for (key, count) in [
            ("image", keypoints.count), ("world", worldPoints.count), ("origins", evidence.count),
        ]
        where count != 0 && count != topology.count {
            throw JSONFault(
                offset: scanner.length, expected: "\(topology.count) \(key) joints of \(topology.name)",
                found: "\(count)")
        }
        if let stranger = implausibleJoints.first(where: { $0 >= topology.count }) {
            throw JSONFault(
                offset: scanner.length, expected: "implausible joints below \(topology.count)", found: "\(stranger)")
        }
        return TrackedPose(
            track: TrackID(Int(track)),
            pose: Pose(
                topology: topology, keypoints: keypoints, worldPoints: worldPoints, worldSource: worldSource,
                score: score, hands: hands, evidence: evidence, implausibleJoints: implausibleJoints))
    }
}

/// The numbers of one joint, or nil for `null`.
@inline(__always)
func numbers(
    atMost greatest: Int, _ scanner: inout JSONScanner
) throws(JSONFault) -> (SIMD8<Float>, Int)? {
    if scanner.peek() == UInt8(ascii: "n") {
        guard scanner.skipNull() else { throw scanner.fault(expected: "null or an array") }
        return nil
    }
    var values = SIMD8<Float>()
    var count = 0
    try scanner.readArray { (scanner) throws(JSONFault) in
        guard count < greatest else { throw scanner.fault(expected: "at most \(greatest) numbers a joint") }
        let value = Float(try scanner.readNumber())
        guard value.isFinite else { throw scanner.fault(expected: "a number in range") }
        values[count] = value
        count += 1
    }
    return (values, count)
}

private func whole(
    in range: ClosedRange<Int64>, _ expected: String, _ scanner: inout JSONScanner
) throws(JSONFault) -> Int64 {
    _ = scanner.peek()
    let before = scanner
    let value = try scanner.readInteger()
    guard range.contains(value) else { throw before.fault(expected: expected) }
    return value
}
