import LabanServer
import Testing

@Suite("Names of the environment in a text")
struct EnvironmentTextTests {
    @Test(
        "each name gives way to its value",
        arguments: [
            ("plain", "plain"), ("${A}", "one"), ("x${A}-${B}z", "xone-y t/oz"), ("$A {A} }", "$A {A} }"),
            ("rtsp://u:${B}@h/${A}", "rtsp://u:y%20t%2Fo@h/one"),
        ])
    func expanded(written: String, text: String) throws {
        let found = try EnvironmentText.expanded(written, ["A": "one", "B": "y t/o"])
        #expect(found == text)
    }

    @Test("an unknown or empty name and an open brace are refused", arguments: ["${C}", "${E}", "${", "a${A"])
    func refused(written: String) {
        #expect(throws: EnvironmentText.Fault.self) { try EnvironmentText.expanded(written, ["A": "one", "E": ""]) }
    }
}
