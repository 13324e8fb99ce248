import Foundation
import Glibc
import Inference
import Recognition
import Skeleton
import TestSupport
import Testing

/// Model folders that nobody made with good intent.
@Suite("Hostile model files")
struct HostileModelTests {
    private let folder: TemporaryFolder
    private let path: String
    private let manifest: URL
    private let weights: URL
    private let json: String
    private let bytes: [UInt8]

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("tiny").path
        let description = TinyModel.description(classes: ["bend", "jump", "nothing"])
        try ActionModel.write(
            description, parameters: TinyModel.parameters(description), standardisation: TinyModel.standardisation,
            to: path)
        manifest = folder.file("tiny/model.json")
        weights = folder.file("tiny/weights.safetensors")
        json = try String(contentsOf: manifest, encoding: .utf8)
        bytes = [UInt8](try Data(contentsOf: weights))
    }

    /// Puts weights in place under a right hash, so that what reads them is reached.
    private func put(_ weights: [UInt8], json: String? = nil) throws {
        let old = ContentHash(bytes).description
        let text = (json ?? self.json).replacingOccurrences(of: old, with: ContentHash(weights).description)
        try text.write(to: manifest, atomically: false, encoding: .utf8)
        try Data(weights).write(to: self.weights)
    }

    private func refusal() -> RecognitionError? {
        do { _ = try ActionModel(folder: path) } catch { return error }
        return nil
    }

    /// A model that was read must also run, and what it says must be shares or nothing.
    private func expectRuns(_ model: ActionModel) {
        let joints = MotionSample.jointCount
        var samples: [ActionSample] = []
        for frame in 0..<24 {
            var points: [SIMD3<Float>?] = []
            for joint in 0..<joints {
                points.append(SIMD3(Float(joint) * 0.1, Float(frame) * 0.05, Float(joints - joint) * 0.02))
            }
            samples.append(.motion(MotionSample(time: Double(frame) * 0.1, points: points)))
        }
        for prediction in ActionClassifier(model: model).predictions(of: [samples])[0] {
            #expect(prediction.probabilities.allSatisfy { (0...1).contains($0) })
        }
    }

    private var headerLength: Int { (0..<8).reduce(0) { $0 | Int(bytes[$1]) << (8 * $1) } }

    /// The same numbers under another header.
    private func weights(header: String) -> [UInt8] {
        let text = [UInt8](header.utf8)
        return (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) } + text + bytes[(8 + headerLength)...]
    }

    private var header: String { String(decoding: bytes[8..<8 + headerLength], as: UTF8.self) }

    @Test("2000 damaged weight files under a right hash are refused, or read and run")
    func damagedWeights() throws {
        var random = SeededGenerator(seed: 71)
        var refused = 0
        for round in 0..<2_000 {
            var damaged: [UInt8]
            if round % 2 == 0 {
                damaged = bytes
                for _ in 0..<Int.random(in: 1...3, using: &random) {
                    damaged[Int.random(in: 0..<8 + headerLength, using: &random)] ^= UInt8.random(
                        in: 1...255, using: &random)
                }
            } else {
                damaged = bytes.mutated(using: &random)
            }
            try put(damaged)
            do { expectRuns(try ActionModel(folder: path)) } catch {
                refused += 1
                #expect(error.file.hasSuffix("weights.safetensors") || error.place == "version")
            }
        }
        #expect(refused > 1_000)
    }

    @Test("2000 damaged descriptions are refused, or read and run")
    func damagedDescriptions() throws {
        var random = SeededGenerator(seed: 72)
        let numbers = [
            "-1", "0", "1", "2", "3", "17", "64", "1000", "1024", "4096", "65536", "1e9", "1e308",
            "9223372036854775807",
            "-9223372036854775808", "0.001", "null", "[]", "{}", "\"8\"", "true",
        ]
        let places = json.ranges(of: /\d+(\.\d+)?/)
        var refused = 0
        for round in 0..<2_000 {
            var text = json
            if round % 3 == 0 {
                let place = places[Int.random(in: places.indices, using: &random)]
                text.replaceSubrange(place, with: numbers[Int.random(in: numbers.indices, using: &random)])
            } else {
                text = String(decoding: [UInt8](json.utf8).mutated(using: &random), as: UTF8.self)
            }
            try text.write(to: manifest, atomically: false, encoding: .utf8)
            do { expectRuns(try ActionModel(folder: path)) } catch { refused += 1 }
        }
        #expect(refused > 1_000)
    }

    @Test("a model with kernel machines, which models had once, is refused with the reason")
    func kernelMachines() throws {
        try json.replacing("{", with: #"{ "kernels": [{"exemplars": 4}], "#, maxReplacements: 1)
            .write(to: manifest, atomically: true, encoding: .utf8)
        let error = #expect(throws: RecognitionError.self) { try ActionModel(folder: path) }
        #expect(error?.place == "kernels" && error?.message.contains("train this one anew") == true)
    }

    @Test(
        "what is wrong in a description is said in the words of JSON, with its key",
        arguments: [
            (#""classes" : ["#, #""classes" : [3,"#, "classes.0", "expected a text, found 3"),
            (#""format" : 1"#, #""format" : "one""#, "format", "expected a whole number, found \"one\""),
            (#""format" : 1"#, #""format" : 1.5"#, "format", "expected a whole number in range, found 1.5"),
            (
                #""temperature" : 1"#, #""networks" : null, "temperature" : 1e50"#, "temperature",
                "expected a number in range, found 1e+50"
            ),
            (
                #""adaptive" : true"#, #""adaptive" : null"#, "architecture.adaptive",
                "expected true or false, found null"
            ),
            (
                #""partition" : "spatial""#, #""partition" : "foo""#, "architecture.partition",
                "expected one of uniform, distance, spatial, found \"foo\""
            ),
            (#""sampling" : {"#, #""sampling" : 3, "before" : {"#, "sampling", "expected an object, found 3"),
            (
                #""blocks" : ["#, #""blocks" : {}, "before" : ["#, "architecture.blocks",
                "expected a list, found an object"
            ),
            (
                #""partition" : "#, #""partitions" : "#, "architecture.partition",
                "the key is missing: expected it beside adaptive, blocks, "
            ),
        ])
    func wordsOfJSON(old: String, new: String, place: String, message: String) throws {
        try json.replacing(old, with: new, maxReplacements: 1).write(to: manifest, atomically: true, encoding: .utf8)
        let error = try #require(refusal())
        #expect(error.place == place && error.message.hasPrefix(message), "\(error)")
    }

    @Test("a description that is no JSON object is told by line and column")
    func noObject() throws {
        for (text, said) in [
            ("[1]", "1:1: expected a JSON object, found '[1]'"),
            ("{", "1:2: expected a string, found the end of the file"),
            (json.replacing(",", with: "", maxReplacements: 1), #":4:5: expected ',' or '}', found '"blocks" : ["#),
        ] {
            try text.write(to: manifest, atomically: true, encoding: .utf8)
            #expect(refusal()?.description.contains("model.json:") == true)
            #expect(refusal()?.description.contains(said) == true, "\(String(describing: refusal()))")
        }
    }

    @Test("hours of an operating table that nobody can have measured are refused", arguments: ["-1", "0"])
    func hours(hours: String) throws {
        let table =
            #""operating_table": {"data": [], "hours": \#(hours), "points": [{"threshold": 0.5, "false_alarms_per_hour": 1}]}, "#
        try json.replacing("{", with: "{" + table, maxReplacements: 1)
            .write(to: manifest, atomically: true, encoding: .utf8)
        #expect(refusal()?.place == "operating_table")
        #expect(refusal()?.message.hasPrefix("expected hours above 0, found ") == true)
    }

    @Test("an error names the file, the tensor, the shape expected and the shape found")
    func shapes() throws {
        try put(
            weights(
                header: header.replacingOccurrences(
                    of: #""input.mean":{"dtype":"F32","shape":[13,16]"#,
                    with: #""input.mean":{"dtype":"F32","shape":[16,13]"#)))
        let error = try #require(refusal())
        #expect(error.file == weights.path)
        #expect(error.place == "input.mean")
        #expect(error.message == "expected shape [13, 16], found shape [16, 13]")
    }

    @Test(
        "tensors that cannot be are refused by name",
        arguments: [
            (#""dtype":"F32","shape":[13,16]"#, #""dtype":"F64","shape":[13,16]"#, "F64"),
            (#""shape":[13,16]"#, #""shape":[-13,-16]"#, "impossible shape"),
            (#""shape":[13,16]"#, #""shape":[4611686018427387904,16]"#, "impossible shape"),
            (#""shape":[13,16]"#, #""shape":[4294967296,4294967296]"#, "impossible shape"),
            (#""shape":[13,16]"#, #""shape":[2305843009213693951,1]"#, "expected"),
            (#""data_offsets":[0,832]"#, #""data_offsets":[-4,828]"#, "offsets"),
            (#""data_offsets":[0,832]"#, #""data_offsets":[0,9223372036854775807]"#, "overlap"),
            (#""data_offsets":[832,1664]"#, #""data_offsets":[0,832]"#, "overlap"),
            (#""data_offsets":[0,832]"#, #""data_offsets":[0]"#, "offsets"),
            (#""data_offsets":[0,832]"#, #""data_offsets":"all""#, "not the JSON"),
        ])
    func impossibleTensors(old: String, new: String, said: String) throws {
        let changed = try #require(header.firstRange(of: old).map { header.replacingCharacters(in: $0, with: new) })
        try put(weights(header: changed))
        let error = try #require(refusal())
        #expect(error.description.contains(said), "\(error)")
    }

    @Test("a small file cannot unfold to many tensors of the same numbers")
    func sharedNumbers() throws {
        let many = (0..<20_000).map { #""t\#($0)":{"dtype":"F32","shape":[13,16],"data_offsets":[0,832]}"# }
        try put(weights(header: "{" + many.joined(separator: ",") + "}"))
        #expect(try #require(refusal()).message.contains("overlap"))
    }

    @Test(
        "weights that are no numbers are refused, and sums that are none are nothing known",
        arguments: [
            Float.nan, .infinity, -.infinity, .greatestFiniteMagnitude,
        ])
    func wildNumbers(value: Float) throws {
        let description = TinyModel.description(classes: ["bend", "jump", "nothing"])
        var parameters = TinyModel.parameters(description)
        for index in parameters.indices where index % 3 == 0 { parameters[index] = value }
        try ActionModel.write(
            description, parameters: parameters, standardisation: TinyModel.standardisation, to: path)
        if value.isFinite {
            expectRuns(try ActionModel(folder: path))
        } else {
            #expect(try #require(refusal()).message.contains("not finite"))
        }
    }

    @Test("nested, endless and many-classed descriptions are refused")
    func sizes() throws {
        for text in [
            String(repeating: "[", count: 1 << 20), String(repeating: #"{"a":"#, count: 200_000),
            json.replacingOccurrences(of: #""bend""#, with: (0..<10_000).map { "\"c\($0)\"" }.joined(separator: ",")),
        ] {
            try text.write(to: manifest, atomically: false, encoding: .utf8)
            #expect(refusal() != nil)
        }
        // Sparse: they take no room on the disk and must take none in memory.
        #expect(truncate(weights.path, 1 << 40) == 0)
        try json.write(to: manifest, atomically: false, encoding: .utf8)
        #expect(try #require(refusal()).message.contains("expected at most"))
        #expect(truncate(manifest.path, 1 << 40) == 0)
        #expect(try #require(refusal()).message.contains("expected at most"))
    }

    @Test("an architecture that few weights can ask for, but no memory can hold, is refused")
    func hugeNetworks() throws {
        var description = TinyModel.description(classes: ["bend", "jump"], frames: 1024)
        description.architecture.blocks = [.init(channels: 1024, kernel: 1), .init(channels: 8, kernel: 1)]
        try ActionModel.write(
            description, parameters: TinyModel.parameters(description), standardisation: TinyModel.standardisation,
            to: path)
        let wide = try #require(refusal())
        #expect(wide.place == "buffer of a clip", "\(wide)")
        description = TinyModel.description(classes: ["bend", "jump"])
        description.architecture.window = nil
        description.architecture.blocks = (0..<32).map { _ in .init(channels: 64, kernel: 31, dilation: 16) }
        try ActionModel.write(
            description, parameters: TinyModel.parameters(description), standardisation: TinyModel.standardisation,
            to: path)
        let far = try #require(refusal())
        #expect(far.place == "memory of a person", "\(far)")
    }

    @Test(
        "names that steer a screen, are empty or endless are refused",
        arguments: [
            "\\u001b[2J", "two\\nlines", "", "\\u202eback", "\\u0000",
        ])
    func names(name: String) throws {
        try json.replacingOccurrences(of: "\"bend\"", with: "\"\(name)\"").write(
            to: manifest, atomically: false, encoding: .utf8)
        #expect(try #require(refusal()).place == "classes")
        try json.replacingOccurrences(of: "\"tiny\"", with: "\"\(name)\"").write(
            to: manifest, atomically: false, encoding: .utf8)
        #expect(try #require(refusal()).place == "name")
    }

    @Test("folders, devices and pipes in the place of files are refused at once")
    func noFiles() throws {
        for file in [weights, manifest] {
            for make in [
                { (path: String) in mkdir(path, 0o755) }, { symlink("/dev/zero", $0) }, { mkfifo($0, 0o644) },
                { symlink("loop", $0) },
            ] {
                let kept = try Data(contentsOf: file)
                try FileManager.default.removeItem(at: file)
                #expect(make(file.path) == 0)
                let error = try #require(refusal())
                #expect(error.file == file.path)
                try FileManager.default.removeItem(at: file)
                try kept.write(to: file)
            }
        }
        #expect(refusal() == nil)
    }

    @Test("a wrong hash is said with the one expected and the one found")
    func wrongHash() throws {
        try json.replacingOccurrences(of: ContentHash(bytes).description, with: "0123456789abcdef").write(
            to: manifest, atomically: false, encoding: .utf8)
        #expect(
            try #require(refusal()).message == "expected hash 0123456789abcdef, found \(ContentHash(bytes).description)"
        )
    }
}
