import Foundation
import TestSupport
import Testing

/// `.scripts/setup.sh`, which the scripts for users share, in a checkout of a test's own.
@Suite("Set-up scripts")
struct ScriptTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try FileManager.default.copyItem(
            at: LabanProcess.checkout.appending(path: ".scripts"), to: folder.file(".scripts"))
        try FileManager.default.createDirectory(
            at: folder.file(".build/x86_64-unknown-linux-gnu/release/ModuleCache"), withIntermediateDirectories: true)
        try FileManager.default.createDirectory(
            at: folder.file(".build/checkouts"), withIntermediateDirectories: true)
    }

    private func sh(_ commands: String) throws -> CommandResult {
        try LabanProcess(
            ["-c", "cd '\(folder.url.path)' && . .scripts/setup.sh && \(commands)"], program: URL(filePath: "/bin/sh")
        ).wait()
    }

    private func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: folder.file(name).path) }

    @Test("a checkout that was moved is compiled anew, and only what was compiled goes")
    func moved() throws {
        try Data("\"/elsewhere/laban/Sources/a.swift\"".utf8).write(to: folder.file(".build/release.yaml"))
        let first = try sh("compile echo built")
        #expect(first.status == 0 && first.output.contains("moved or copied") && first.output.contains("built"))
        #expect(!exists(".build/x86_64-unknown-linux-gnu") && exists(".build/checkouts"))
        try FileManager.default.createDirectory(
            at: folder.file(".build/x86_64-unknown-linux-gnu"), withIntermediateDirectories: true)
        #expect(try sh("compile echo built").output == "built\n")
        #expect(exists(".build/x86_64-unknown-linux-gnu"))
        try Data("/where/it/was\n".utf8).write(to: folder.file(".build/checkout"))
        #expect(try sh("compile echo built").output.contains("moved or copied"))
    }

    @Test("a compiler that finds another folder's modules starts from nothing, once")
    func moduleCache() throws {
        let complaint = "error: module file was compiled with module cache path '/old', but the path is '/new'"
        let compiler =
            "compiler() { [ ! -d .build/x86_64-unknown-linux-gnu ] || { echo \"\(complaint)\"; return 1; }; }"
        let result = try sh("{ \(compiler); pwd -P >.build/checkout; compile compiler && echo built; }")
        #expect(result.status == 0 && result.output.hasSuffix("built\n"), "\(result.output)\(result.errors)")
    }

    @Test(
        "the advice fits the failure",
        arguments: [
            ("a.swift:3:4: error: cannot find 'x' in scope", "the first error is this one: a.swift:3:4: error"),
            ("fatal: unable to access 'https://a.example/': Could not resolve host", "network"),
            ("ld: write error: No space left on device", "the disk is full"),
            ("error: compile command failed due to signal 9 (use -v to see invocation)", "LABAN_JOBS=1"),
            ("shim.h:1:10: error: 'zmq.h' file not found", ".scripts/doctor"),
            ("/usr/bin/ld: cannot find -lopenblas: No such file", ".scripts/doctor"), ("nothing known", "look above"),
        ])
    func advice(said: String, words: String) throws {
        let result = try sh("failing() { echo \"\(said)\"; return 1; }; step 'Building' 'look above' attempt failing")
        #expect(result.status == 1)
        #expect(result.errors.contains("This step failed: Building\nTo mend it: "), "\(result.errors)")
        #expect(result.errors.contains(words), "\(result.errors)")
    }
}
