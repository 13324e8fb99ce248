import Files
import Foundation
import TestSupport
import Testing

struct PartialFileTests {
    private func grow(_ text: String, for path: String) throws -> PartialFile {
        let file = PartialFile(for: path)
        try Data(text.utf8).write(to: URL(filePath: file.growingPath))
        return file
    }

    private func names(in folder: TemporaryFolder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    }

    @Test("a file has its name once it is whole, in the place of the old one and for the same readers")
    func replaces() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.txt").path
        try Data("old".utf8).write(to: URL(filePath: path))
        try #require(chmod(path, 0o640) == 0)
        let file = try grow("new", for: path)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
        try file.finish()
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "new")
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o640)
        #expect(try names(in: folder) == ["a.txt"])
        file.remove()
        #expect(try names(in: folder) == ["a.txt"])
    }

    @Test("a file that is to be new is refused where there is one, and that one stays")
    func new() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.txt").path
        try grow("first", for: path).finishAsNew()
        let second = try grow("second", for: path)
        let error = #expect(throws: FileError.self) { try second.finishAsNew() }
        #expect(error?.code == .taken)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "first")
        #expect(try names(in: folder) == ["a.txt"])
    }

    @Test("it grows hidden beside its place, whether that is told with a folder or without")
    func grows() {
        #expect(PartialFile(for: "films/a.mp4").growingPath.hasPrefix("films/.a.mp4."))
        #expect(PartialFile(for: "/a.mp4").growingPath.hasPrefix("/.a.mp4."))
        #expect(PartialFile(for: "a.mp4").growingPath.hasPrefix(".a.mp4."))
    }

    @Test("a pipe, a folder or a missing folder is not replaced, and nothing is left")
    func refuses() throws {
        let folder = try TemporaryFolder()
        let pipe = folder.file("pipe").path
        try #require(mkfifo(pipe, 0o600) == 0)
        let file = try grow("new", for: pipe)
        let error = #expect(throws: FileError.self) { try file.finish() }
        #expect(error?.file == pipe && error?.message == "expected a file, found a device or pipe")
        #expect(try names(in: folder) == ["pipe"])
        let nowhere = PartialFile(for: folder.file("none/a").path)
        let missing = #expect(throws: FileError.self) { try nowhere.finish() }
        #expect(missing?.code == .unwritable)
    }
}
