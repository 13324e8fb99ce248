import LabanServer
import Testing

@Suite("Modes of files")
struct FileModeTests {
    @Test("an octal mode that its owner can read and write is taken, however it is written")
    func taken() throws {
        #expect(FileMode(argument: "0640") == FileMode(argument: "0o640"))
        #expect(FileMode(argument: "600") != FileMode(argument: "0640"))
    }

    @Test("anything else is not", arguments: ["", "0400", "0200", "1777", "0680", "rw", "-600", "0o"])
    func refused(text: String) { #expect(FileMode(argument: text) == nil) }
}
