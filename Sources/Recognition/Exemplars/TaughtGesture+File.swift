package import Files
import Glibc
import JSONLines
import Skeleton

/// The file of a taught gesture: one JSON object.
///
/// `{"v":1,"type":"laban.taught_gesture","gesture":"swipe","mirror":false,"threshold":0.8,"false_alarms_per_hour":1,
/// "examples":[{"source":"me.mp4","from_us":1200000,"to_us":2000000,"samples":[[pts_us,[[x,y,z] or null, …]], …]}]}`:
/// joints of `common16` as `MotionSample` has them, in metres or picture heights.
extension TaughtGesture {
    /// What files of taught gestures are called after the gesture's name.
    package static let fileEnding = "gesture.json"
    /// No file is larger.
    private static let largestFile = 8 << 20
    private static let version: Int64 = 1
    private static let type = "laban.taught_gesture"

    /// Reads a file.
    ///
    /// - Throws: what is wrong with it, with line and column.
    package init(contentsOf path: String) throws(RecognitionError) {
        let bytes: [UInt8]
        do { bytes = try RegularFile.read(path, limit: Self.largestFile) } catch {
            throw RecognitionError(file: path, error.message)
        }
        try self.init(bytes, file: path)
    }

    /// Reads the text of a file; `file` is what errors call it.
    package init(_ bytes: [UInt8], file: String) throws(RecognitionError) {
        if let fault = JSONFileFault(bytes) {
            throw RecognitionError(file: file, line: fault.line, column: fault.column, fault.message)
        }
        do {
            var scanner = JSONScanner(bytes, in: 0..<bytes.count, isFile: true)
            // Empty until read; filled fields are checked below.
            var fields = Fields()
            try scanner.readObject { (scanner, key) throws(JSONFault) in try fields.read(key, from: &scanner) }
            self = try fields.gesture(at: scanner)
        } catch {
            let lines = bytes[..<error.offset].split(separator: 0x0A, omittingEmptySubsequences: false)
            throw RecognitionError(
                file: file, line: lines.count, column: (lines.last ?? []).count { $0 & 0xC0 != 0x80 } + 1,
                "expected \(error.expected), found \(error.found)")
        }
    }

    /// The text of its file.
    package var text: [UInt8] {
        var line = JSONWriter()
        line.openObject()
        line.key("v")
        line.value(Self.version)
        line.key("type")
        line.value(Self.type)
        line.key("gesture")
        line.value(name)
        line.key("mirror")
        line.value(isMirrored)
        line.key("threshold")
        line.value(rounding: threshold)
        if let falseAlarmsPerHour {
            line.key("false_alarms_per_hour")
            line.value(rounding: falseAlarmsPerHour)
        }
        line.key("examples")
        line.openArray()
        for example in examples { Self.write(example, into: &line) }
        line.closeArray()
        line.closeObject()
        line.endLine()
        return line.bytes
    }

    private static func write(_ example: Example, into line: inout JSONWriter) {
        line.openObject()
        line.key("source")
        line.value(example.source)
        line.key("from_us")
        line.value(Duration(clampingSeconds: example.span.lowerBound).inMicroseconds)
        line.key("to_us")
        line.value(Duration(clampingSeconds: example.span.upperBound).inMicroseconds)
        line.key("samples")
        line.openArray()
        for sample in example.samples {
            line.openArray()
            line.value(Duration(clampingSeconds: sample.time).inMicroseconds)
            line.openArray()
            for joint in 0..<MotionSample.jointCount {
                guard sample.isSeen(joint) else {
                    line.null()
                    continue
                }
                line.openArray()
                for axis in 0..<3 { line.value(rounding: sample.points[joint][axis]) }
                line.closeArray()
            }
            line.closeArray()
            line.closeArray()
        }
        line.closeArray()
        line.closeObject()
    }

    /// Writes its file whole or not at all.
    ///
    /// - Parameter isNew: whether to refuse where there is one.
    package func write(to path: String, isNew: Bool = false) throws(FileError) {
        let partial = PartialFile(for: path)
        defer { partial.remove() }
        func fail(_ what: String) -> FileError { FileError(.unwritable, file: path, "cannot be written: \(what)") }
        let descriptor = open(partial.growingPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw fail(String(cString: strerror(errno))) }
        var rest = text[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress!, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let reason = String(cString: strerror(errno))
                close(descriptor)
                throw fail(reason)
            }
            rest = rest.dropFirst(count)
        }
        close(descriptor)
        if isNew { try partial.finishAsNew() } else { try partial.finish() }
    }
}

extension TaughtGesture {
    /// What has been read of a file so far; keys come in any order.
    fileprivate struct Fields {
        private var name: String?
        private var isMirrored = false
        private var threshold: Float?
        private var falseAlarmsPerHour: Double?
        private var examples: [Example]?
        private var hasVersion = false
        private var hasType = false

        mutating func read(_ key: JSONKey, from scanner: inout JSONScanner) throws(JSONFault) {
            // Faults are told of where the value begins.
            _ = scanner.peek()
            if scanner.matches(key, "v") {
                let fault = scanner.fault(expected: "version \(TaughtGesture.version)")
                guard try scanner.readInteger() == TaughtGesture.version else { throw fault }
                hasVersion = true
            } else if scanner.matches(key, "type") {
                let fault = scanner.fault(expected: "type \"\(TaughtGesture.type)\"")
                guard try scanner.readString() == TaughtGesture.type else { throw fault }
                hasType = true
            } else if scanner.matches(key, "gesture") {
                let fault = scanner.fault(expected: "a name of small letters, digits and '_'")
                let text = try scanner.readString()
                guard TaughtGesture.isName(text) else { throw fault }
                name = text
            } else if scanner.matches(key, "mirror") {
                isMirrored = try scanner.readFlag()
            } else if scanner.matches(key, "threshold") {
                let range = TaughtGesture.thresholds
                threshold = Float(
                    try number(
                        in: Double(range.lowerBound)...Double(range.upperBound),
                        "a threshold from \(range.lowerBound) to \(range.upperBound)", &scanner))
            } else if scanner.matches(key, "false_alarms_per_hour") {
                falseAlarmsPerHour = try number(in: 0...100_000, "0 to 100000 false alarms an hour", &scanner)
            } else if scanner.matches(key, "examples") {
                var examples: [Example] = []
                try scanner.readArray { (scanner) throws(JSONFault) in
                    guard examples.count < TaughtGesture.mostExamples else {
                        throw scanner.fault(expected: "at most \(TaughtGesture.mostExamples) examples")
                    }
                    examples.append(try Self.example(&scanner))
                }
                self.examples = examples
            } else {
                try scanner.skipValue()
            }
        }

        func gesture(at scanner: JSONScanner) throws(JSONFault) -> TaughtGesture {
            func missing(_ key: String) -> JSONFault { scanner.fault(expected: "key \"\(key)\" before the end") }
            guard hasVersion else { throw missing("v") }
            guard hasType else { throw missing("type") }
            guard let name else { throw missing("gesture") }
            guard let threshold else { throw missing("threshold") }
            guard let examples, !examples.isEmpty else { throw missing("examples") }
            return TaughtGesture(
                name: name, isMirrored: isMirrored, threshold: threshold, falseAlarmsPerHour: falseAlarmsPerHour,
                examples: examples)
        }

        private static func example(_ scanner: inout JSONScanner) throws(JSONFault) -> Example {
            var source = ""
            var (from, to): (Double?, Double?)
            var samples: [MotionSample] = []
            let start = scanner
            try scanner.readObject { (scanner, key) throws(JSONFault) in
                if scanner.matches(key, "source") {
                    source = try scanner.readString()
                } else if scanner.matches(key, "from_us") {
                    from = try time(&scanner)
                } else if scanner.matches(key, "to_us") {
                    to = try time(&scanner)
                } else if scanner.matches(key, "samples") {
                    samples = []
                    try scanner.readArray { (scanner) throws(JSONFault) in
                        let fault = scanner.fault(
                            expected: "a later time, and at most \(TaughtGesture.mostSamples) samples")
                        let sample = try Self.sample(&scanner)
                        guard samples.count < TaughtGesture.mostSamples,
                            samples.last.map({ $0.time < sample.time }) ?? true
                        else { throw fault }
                        samples.append(sample)
                    }
                } else {
                    try scanner.skipValue()
                }
            }
            guard let from, let to, let first = samples.first, let last = samples.last, from < to, first.time <= from,
                to <= last.time, last.time - first.time <= 60
            else {
                throw start.fault(
                    expected: "an example of \"samples\" over at most a minute, \"from_us\" before \"to_us\" among them"
                )
            }
            return Example(source: source, span: from...to, samples: samples)
        }

        private static func sample(_ scanner: inout JSONScanner) throws(JSONFault) -> MotionSample {
            var time: Double?
            var points: [SIMD3<Float>?] = []
            let start = scanner
            try scanner.readArray { (scanner) throws(JSONFault) in
                if time == nil {
                    time = try Self.time(&scanner)
                    return
                }
                guard points.isEmpty else { throw scanner.fault(expected: "']'") }
                try scanner.readArray { (scanner) throws(JSONFault) in
                    guard points.count < MotionSample.jointCount else {
                        throw scanner.fault(expected: "\(MotionSample.jointCount) joints")
                    }
                    points.append(try Self.point(&scanner))
                }
            }
            guard let time, points.count == MotionSample.jointCount else {
                throw start.fault(expected: "[time, [\(MotionSample.jointCount) joints]]")
            }
            return MotionSample(time: time, points: points)
        }

        private static func point(_ scanner: inout JSONScanner) throws(JSONFault) -> SIMD3<Float>? {
            if scanner.skipNull() { return nil }
            var values: [Float] = []
            let start = scanner
            try scanner.readArray { (scanner) throws(JSONFault) in
                guard values.count < 3 else { throw scanner.fault(expected: "3 numbers a joint") }
                values.append(Float(try number(in: -10_000...10_000, "a number from -10000 to 10000", &scanner)))
            }
            guard values.count == 3 else { throw start.fault(expected: "3 numbers a joint, or null") }
            return SIMD3(values[0], values[1], values[2])
        }

        private static func time(_ scanner: inout JSONScanner) throws(JSONFault) -> Double {
            try number(in: -1e15...1e15, "microseconds", &scanner) / 1e6
        }

        private func number(
            in range: ClosedRange<Double>, _ expected: String, _ scanner: inout JSONScanner
        ) throws(JSONFault) -> Double { try Self.number(in: range, expected, &scanner) }

        private static func number(
            in range: ClosedRange<Double>, _ expected: String, _ scanner: inout JSONScanner
        ) throws(JSONFault) -> Double {
            _ = scanner.peek()
            let fault = scanner.fault(expected: expected)
            let value = try scanner.readNumber()
            guard range.contains(value) else { throw fault }
            return value
        }
    }
}
