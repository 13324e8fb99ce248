import Foundation
import LabanServer
import MarkedYAML
import TestSupport
import Testing

@Suite("A server of cameras")
struct CameraServerTests {
    private static func server(_ yaml: String, in folder: TemporaryFolder) throws -> CameraServer {
        try CameraServer(
            settings: ServeSettings(yaml: yaml, file: "laban.yaml", folder: folder.url), file: "laban.yaml")
    }

    @Test("what would not do is found without serving, all of it")
    func faults() throws {
        let folder = try TemporaryFolder()
        let server = try Self.server(
            """
            publish: ipc:///no/such/folder/laban.sock
            history: /no/such/folder/laban.db
            model: none
            cameras: {gym: {input: missing.jsonl}}
            """, in: folder)
        let faults = server.faults()
        #expect(faults.count == 3)
        for (fault, what) in zip(faults, ["publish", "history", "camera 'gym'"]) { #expect(fault.hasPrefix(what)) }
    }

    @Test("a model that is not there is said of the place in the settings that names it")
    func unknownModel() throws {
        let folder = try TemporaryFolder()
        let error = try #require(throws: YAMLFileError.self) {
            try Self.server("cameras: {gym: {input: a.jsonl, model: ./mine}}", in: folder)
        }
        #expect("\(error)".hasPrefix("laban.yaml:1:"))
    }

    @Test("a server of which no camera can go on ends, and says why")
    func nothingLeft() throws {
        let folder = try TemporaryFolder()
        let server = try Self.server(
            """
            publish: ipc://laban.sock
            model: none
            cameras: {gym: {input: missing.jsonl}}
            """.replacing("ipc://laban.sock", with: "ipc://" + folder.file("laban.sock").path), in: folder)
        let error = try #require(throws: OutputError.self) { try server.run(until: StopSignal()) }
        #expect(error.message.contains("gym") && error.message.contains("missing.jsonl"))
    }
}
