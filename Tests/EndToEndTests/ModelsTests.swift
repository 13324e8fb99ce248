import Foundation
import Inference
import TestSupport
import Testing

@Suite("laban models")
struct ModelsTests {
    /// Two joints, one channel in, two classes: small enough to work out by hand.
    private struct TinyNetwork {
        /// What each joint (row) gives to each (column).
        let links: [Float] = [0.5, 0.25, 0.5, 0.75]
        /// (N, M, T, V, C).
        let input: [Float] = [1, 3, -2, -4, 0.5, 1.5, -1, 1, 2, -2, 4, 0]

        var weights: [UInt8] {
            var file = TensorFileWriter()
            func addNorm(_ name: String, _ channels: Int, to file: inout TensorFileWriter) {
                file.add(name + ".weight", shape: [channels], values: [Float](repeating: 1, count: channels))
                file.add(name + ".bias", shape: [channels], values: [Float](repeating: 0, count: channels))
                file.add(name + ".running_mean", shape: [channels], values: [Float](repeating: 0, count: channels))
                file.add(
                    name + ".running_var", shape: [channels], values: [Float](repeating: 1 - 1e-5, count: channels))
            }
            addNorm("backbone.data_bn", 2, to: &file)
            file.add("backbone.gcn.0.gcn.A", shape: [1, 2, 2], values: links)
            file.add("backbone.gcn.0.gcn.conv.weight", shape: [2, 1, 1, 1], values: [1, -1])
            addNorm("backbone.gcn.0.gcn.bn", 2, to: &file)
            // The first channel sums three frames, the second is left as it is.
            file.add(
                "backbone.gcn.0.tcn.conv.weight", shape: [2, 2, 3, 1], values: [1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0])
            addNorm("backbone.gcn.0.tcn.bn", 2, to: &file)
            file.add("cls_head.fc_cls.weight", shape: [2, 2], values: [1, 0, 0, 2])
            file.add("cls_head.fc_cls.bias", shape: [2], values: [0.5, 0])
            return file.bytes
        }

        /// (N, classes) for two clips of three frames.
        var logits: [Float] {
            (0..<2).flatMap { clip in
                let mixed = (0..<3).map { frame in
                    (0..<2).map { joint in
                        (0..<2).reduce(Float(0)) {
                            $0 + links[$1 * 2 + joint] * input[(clip * 3 + frame) * 2 + $1]
                        }
                    }
                }
                var (first, second): (Float, Float) = (0, 0)
                for frame in 0..<3 {
                    for joint in 0..<2 {
                        for near in max(0, frame - 1)...min(2, frame + 1) { first += max(mixed[near][joint], 0) }
                        second += max(-mixed[frame][joint], 0)
                    }
                }
                return [first / 6 + 0.5, 2 * second / 6]
            }
        }
    }

    private static func numPy(_ shape: [Int], _ values: [Float]) -> Data {
        let sizes = shape.map { "\($0), " }.joined()
        var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(sizes)), }"
        header += String(repeating: " ", count: 63 - (header.utf8.count + 10) % 64) + "\n"
        var data = Data([0x93] + Array("NUMPY".utf8) + [1, 0])
        data += [UInt8(header.utf8.count & 255), UInt8(header.utf8.count >> 8)] + Array(header.utf8)
        for value in values { withUnsafeBytes(of: value.bitPattern.littleEndian) { data += $0 } }
        return data
    }

    @Test("a network of PySKL comes over, says the same as PySKL, and says when it does not")
    func imported() throws {
        let folder = try TemporaryFolder()
        let tiny = TinyNetwork()
        try Data(tiny.weights).write(to: folder.file("tiny.safetensors"))
        try Self.numPy([2, 1, 3, 2, 1], tiny.input).write(to: folder.file("input.npy"))
        try Self.numPy([2, 2], tiny.logits).write(to: folder.file("logits.npy"))
        try Self.numPy([2, 2], tiny.logits.map { $0 + 0.01 }).write(to: folder.file("wrong.npy"))
        let model = folder.file("Models/tiny").path
        let made = try LabanProcess.run(
            "models", "import-pyskl", folder.file("tiny.safetensors").path, "--output", model, "--frames", "3")
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.output.contains("2 joints, 1 channels, 2 classes"))
        #expect(made.output.contains("receptive field 3 frames, delay 1, a prediction every frame from frame 4 on"))
        func check(_ logits: String) throws -> CommandResult {
            try LabanProcess.run(
                "models", "check", model, "--input", folder.file("input.npy").path, "--logits",
                folder.file(logits).path)
        }
        let same = try check("logits.npy")
        #expect(same.status == 0, "\(same.output)\(same.errors)")
        #expect(same.lines.count == 2)
        let different = try check("wrong.npy")
        #expect(different.status == 1)
        #expect(different.output.contains("logits of clips: 4 numbers, largest difference 0.01, NOT within 0.001"))
        let misshapen = try check("input.npy")
        #expect(misshapen.status == 2)
        #expect(misshapen.errors.contains("input.npy: shape: expected shape [2, 2], found [2, 1, 3, 2, 1]"))
    }

    @Test("what is no network of PySKL is refused, and nothing is written")
    func refused() throws {
        let folder = try TemporaryFolder()
        var file = TensorFileWriter()
        file.add("something.else", shape: [1], values: [1])
        try Data(file.bytes).write(to: folder.file("other.safetensors"))
        let model = folder.file("model").path
        for name in ["other.safetensors", "missing.safetensors"] {
            let result = try LabanProcess.run(
                "models", "import-pyskl", folder.file(name).path, "--output", model)
            #expect(result.status == 2)
            #expect(result.errors.contains(name))
            #expect(!FileManager.default.fileExists(atPath: model))
        }
    }

    @Test("a pipe is not waited for where names of classes are to be, and a model trained here has nothing to check")
    func misplaced() throws {
        let folder = try TemporaryFolder()
        try Data(TinyNetwork().weights).write(to: folder.file("tiny.safetensors"))
        #expect(mkfifo(folder.file("names").path, 0o600) == 0)
        let piped = try LabanProcess.run(
            "models", "import-pyskl", folder.file("tiny.safetensors").path, "--output", folder.file("model").path,
            "--classes", folder.file("names").path)
        #expect(piped.status == 2 && piped.errors.contains("names: expected a file, found a device or pipe"))
        let trained = try LabanProcess.run("models", "check", "everyday", "--input", "input.npy")
        #expect(trained.status == 2 && trained.errors.contains("'laban evaluate' measures models"), "\(trained.errors)")
    }

    @Test("a verbose list says how far networks look and what they cost")
    func verbose() throws {
        let text = try LabanProcess.run("models", "list", "--verbose")
        #expect(text.status == 0)
        let line = try #require(text.lines.last { $0.hasPrefix("everyday") })
        #expect(line.split(separator: " ").dropFirst().allSatisfy { Double($0) != nil })
        let json = try LabanProcess.run("models", "list", "--verbose", "--json")
        let models = try json.lines.map {
            try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        let everyday = try #require(models.first { $0["name"] as? String == "everyday" })
        let field = try #require(everyday["receptive_field"] as? Int)
        let delay = try #require(everyday["delay"] as? Int)
        #expect(0..<field ~= delay)
        #expect(models.first { $0["name"] as? String == "pose" }?["receptive_field"] == nil)
    }

    @Test("a list shows measured accuracies, and names models that events could not tell apart")
    func twins() throws {
        let folder = try TemporaryFolder()
        let models = folder.file("Models")
        try FileManager.default.createDirectory(at: models, withIntermediateDirectories: true)
        try FileManager.default.createDirectory(at: folder.file("Gestures"), withIntermediateDirectories: true)
        let shipped = LabanProcess.checkout.appending(path: "Models/everyday")
        func list() throws -> CommandResult {
            try LabanProcess(["models", "list"], variables: ["LABAN_HOME": folder.url.path]).wait()
        }
        try FileManager.default.copyItem(at: shipped, to: models.appending(path: "everyday"))
        let one = try list()
        #expect(one.status == 0, "\(one.errors)")
        #expect(try #require(one.lines.first { $0.hasPrefix("everyday") }).contains(" % of "))
        #expect(!one.output.contains("tell"))
        try FileManager.default.copyItem(at: shipped, to: models.appending(path: "copy"))
        #expect(try list().output.contains("Events cannot tell copy and everyday apart: they are called everyday@"))
    }
}
