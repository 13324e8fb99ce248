import Files
import Foundation
import TestSupport
import Testing

struct RegularFileTests {
    private func message(_ path: String, limit: Int = 10) -> String? {
        do {
            _ = try RegularFile.read(path, limit: limit)
            return nil
        } catch {
            return error.message
        }
    }

    @Test("a file is read whole up to the limit, through links too")
    func reads() throws {
        let folder = try TemporaryFolder()
        let (file, link) = (folder.file("a").path, folder.file("b").path)
        try Data("0123456789".utf8).write(to: URL(filePath: file))
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
        #expect(try RegularFile.read(file, limit: 10) == Array("0123456789".utf8))
        #expect(try RegularFile.read(link, limit: 10) == Array("0123456789".utf8))
        #expect(RegularFile.isAt(link))
        #expect(message(file, limit: 9) == "expected at most 9 bytes, found 10")
    }

    @Test("what is no file is named and not waited for")
    func refuses() throws {
        let folder = try TemporaryFolder()
        let pipe = folder.file("pipe").path
        try #require(mkfifo(pipe, 0o600) == 0)
        #expect(message(folder.url.path) == "expected a file, found a folder")
        #expect(message(pipe) == "expected a file, found a device or pipe")
        #expect(message(folder.file("none").path) == "cannot be read: No such file or directory")
        #expect(throws: FileError.self) { try RegularFile.require(pipe) }
        #expect(throws: FileError.self) { try RegularFile.requireFileOrFolder(pipe) }
        try RegularFile.requireFileOrFolder(folder.url.path)
        #expect(!RegularFile.isAt(pipe) && !RegularFile.isAt(folder.url.path))
    }

    struct Fault: LocatedError {
        var file = "a.yaml"
        var line: Int?
        var column: Int?
        var place = ""
        var message = "expected a name, found 3"
    }

    @Test(
        "errors say where something is wrong",
        arguments: [
            (Fault(), "a.yaml: expected a name, found 3"),
            (Fault(line: 4, column: 2), "a.yaml:4:2: expected a name, found 3"),
            (Fault(place: "record 3"), "a.yaml: record 3: expected a name, found 3"),
            (Fault(file: ""), "expected a name, found 3"),
        ])
    func located(fault: Fault, text: String) {
        #expect("\(fault)" == text)
    }

    @Test("without the file an error still says the place")
    func places() {
        #expect(Fault(line: 4).messageWithPlace == "line 4: expected a name, found 3")
        #expect(Fault(place: "record 3").messageWithPlace == "record 3: expected a name, found 3")
        #expect(Fault().messageWithPlace == "expected a name, found 3")
    }
}
