import JSONLines

extension EventFields {
    /// Writes the fields that are set as one object.
    mutating func encode(into line: inout JSONWriter) {
        line.openObject()
        visit(&line)
        line.closeObject()
    }

    /// Reads the value of one key; an unknown key's is passed over, and null is as good as absent.
    mutating func read(_ key: JSONKey, from scanner: inout JSONScanner) throws(JSONFault) {
        if scanner.skipNull() { return }
        var reader = FieldReader(scanner: scanner, key: key)
        try visit(&reader)
        scanner = reader.scanner
        if !reader.isFound { try scanner.skipValue() }
    }

    /// Goes over all keys in the order in which they are written.
    private mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(Visitor.Failure) {
        try visitor.visit("v", &version)
        try visitor.visit("type", &type)
        try visitor.visit("id", &id)
        try visitor.visit("phase", &phase)
        try visitor.visit("run", &run)
        try visitor.visit("stream", &stream)
        try visitor.visit("seq", &sequence)
        try visitor.visit("camera", &camera)
        try visitor.visit("track", &track)
        try visitor.visit("other_track", &otherTrack)
        try visitor.visit("mutual", &mutual)
        try visitor.visit("label", &label)
        try visitor.visit("confidence", &confidence)
        try visitor.visit("threshold", &threshold)
        try visitor.visit("peak", &peak)
        try visitor.visit("index", &index)
        try visitor.visit("set", &set)
        try visitor.visit("count", &count)
        try visitor.visit("partial_count", &partialCount)
        try visitor.visit("count_by_motion", &countByMotion)
        try visitor.visit("disputed", &isDisputed)
        try visitor.visit("partial", &isPartial)
        try visitor.visit("by", &basis)
        try visitor.visit("faults", &faults)
        try visitor.visit("unjudged", &unjudged)
        try visitor.visit("rom_deg", &rangeOfMotion)
        try visitor.visit("down_s", &down)
        try visitor.visit("up_s", &up)
        try visitor.visit("mean_s", &meanDuration)
        try visitor.visit("rest_s", &rest)
        try visitor.visit("held_s", &held)
        try visitor.visit("state", &state)
        try visitor.visit("message", &message)
        try visitor.visit("robot", &robot)
        try visitor.visit("arm", &arm)
        try visitor.visit("joint_names", &jointNames)
        try visitor.visit("q", &positions)
        try visitor.visit("qd", &velocities)
        try visitor.visit("qdd", &accelerations)
        try visitor.visit("target_us", &target)
        try visitor.visit("status", &status)
        try visitor.visit("upper_arm_error_rad", &upperArmError)
        try visitor.visit("forearm_error_rad", &forearmError)
        try visitor.visit("wrist_error_m", &wristError)
        try visitor.visit("grip", &grip)
        try visitor.visit("dry_run", &isDryRun)
        try visitor.visit("frames", &frames)
        try visitor.visit("dropped_frames", &droppedFrames)
        try visitor.visit("outage_s", &outage)
        try visitor.visit("fps", &framesPerSecond)
        try visitor.visit("dropped_share", &droppedShare)
        try visitor.visit("waiting", &waiting)
        try visitor.visit("dropped", &dropped)
        try visitor.visit("since_us", &since)
        try visitor.visit("until_us", &until)
        try visitor.visit("joints", &joints)
        try visitor.visit("may_be_swapped", &mayBeSwapped)
        try visitor.visit("with", &swappedWith)
        try visitor.visit("last_seq", &lastSequences)
        try visitor.visit("frame", &frame)
        try visitor.visit("pts_us", &presentationTime)
        try visitor.visit("start_pts_us", &start)
        try visitor.visit("end_pts_us", &end)
        try visitor.visit("turn_pts_us", &turningPoint)
        try visitor.visit("t_cap_us", &captureTime)
        try visitor.visit("t_pub_us", &publishTime)
        try visitor.visit("clock", &clock)
        try visitor.visit("mono_ns", &monotonicNanoseconds)
        try visitor.visit("reason", &reason)
        try visitor.visit("model", &model)
        try visitor.visit("durable", &durable)
    }
}

/// Writes or reads the keys it is shown.
private protocol FieldVisitor {
    associatedtype Failure: Error
    mutating func visit<Value: FieldValue>(_ key: StaticString, _ value: inout Value?) throws(Failure)
}

/// What a key may hold.
protocol FieldValue {
    /// Whether JSON has a form for it.
    var isWritable: Bool { get }
    func write(to line: inout JSONWriter)
    static func read(from scanner: inout JSONScanner) throws(JSONFault) -> Self
}

extension JSONWriter: FieldVisitor {
    fileprivate typealias Failure = Never

    fileprivate mutating func visit<Value: FieldValue>(_ key: StaticString, _ value: inout Value?) {
        guard let value, value.isWritable else { return }
        self.key(key)
        value.write(to: &self)
    }
}

/// Reads the value of one key.
private struct FieldReader: FieldVisitor {
    typealias Failure = JSONFault

    var scanner: JSONScanner
    let key: JSONKey
    var isFound = false

    mutating func visit<Value: FieldValue>(_ key: StaticString, _ value: inout Value?) throws(JSONFault) {
        guard !isFound, scanner.matches(self.key, key) else { return }
        isFound = true
        value = try .read(from: &scanner)
    }
}

extension FieldValue {
    var isWritable: Bool { true }
}

extension String: FieldValue {
    func write(to line: inout JSONWriter) { line.value(self) }
    static func read(from scanner: inout JSONScanner) throws(JSONFault) -> String { try scanner.readString() }
}

extension Int64: FieldValue {
    func write(to line: inout JSONWriter) { line.value(self) }
    static func read(from scanner: inout JSONScanner) throws(JSONFault) -> Int64 { try scanner.readInteger() }
}

extension UInt64: FieldValue {
    func write(to line: inout JSONWriter) { line.value(self) }
    static func read(from scanner: inout JSONScanner) throws(JSONFault) -> UInt64 { try scanner.readUnsigned() }
}

extension Double: FieldValue {
    var isWritable: Bool { isFinite }
    func write(to line: inout JSONWriter) { line.value(rounding: self) }
    static func read(from scanner: inout JSONScanner) throws(JSONFault) -> Double { try scanner.readNumber() }
}

extension Bool: FieldValue {
    func write(to line: inout JSONWriter) { line.value(self) }
    static func read(from scanner: inout JSONScanner) throws(JSONFault) -> Bool { try scanner.readFlag() }
}

extension [Int64]: FieldValue {
    func write(to line: inout JSONWriter) {
        line.openArray()
        for number in self { line.value(number) }
        line.closeArray()
    }

    static func read(from scanner: inout JSONScanner) throws(JSONFault) -> [Int64] {
        var numbers: [Int64] = []
        try scanner.readArray { (scanner) throws(JSONFault) in numbers.append(try scanner.readInteger()) }
        return numbers
    }
}

extension EventFields.JointFields: FieldValue {
    func write(to line: inout JSONWriter) {
        var joints = self
        line.openObject()
        joints.visit(&line)
        line.closeObject()
    }

    static func read(from scanner: inout JSONScanner) throws(JSONFault) -> Self {
        var joints = Self()
        try scanner.readObject { (scanner, key) throws(JSONFault) in
            var reader = FieldReader(scanner: scanner, key: key)
            try joints.visit(&reader)
            scanner = reader.scanner
            if !reader.isFound { try scanner.skipValue() }
        }
        return joints
    }

    private mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(Visitor.Failure) {
        try visitor.visit("measured", &measured)
        try visitor.visit("filled", &filled)
        try visitor.visit("guessed", &guessed)
    }
}

extension EventFields.LastSequences: FieldValue {
    func write(to line: inout JSONWriter) {
        line.openObject()
        for position in positions {
            line.key(quoting: position.stream)
            line.value(position.sequence)
        }
        line.closeObject()
    }

    static func read(from scanner: inout JSONScanner) throws(JSONFault) -> Self {
        var sequences = Self()
        try scanner.readObject { (scanner, key) throws(JSONFault) in
            let stream = try scanner.text(of: key)
            sequences.positions.append(.init(stream: stream, sequence: try scanner.readUnsigned()))
        }
        return sequences
    }
}
