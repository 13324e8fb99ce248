import Foundation
import Robots
import TestSupport
import Testing

struct URDFReaderTests {
    /// Lines of a robot of two links; each test spoils it.
    private static let good = """
        <robot name="two">
          <link name="base"/>
          <link name="arm"><collision><geometry><box size="0.1 0.1 0.4"/></geometry></collision></link>
          <joint name="turn" type="revolute">
            <parent link="base"/>
            <child link="arm"/>
            <origin xyz="0 0 0.1" rpy="0 0 1.5707963"/>
            <axis xyz="0 0 2"/>
            <limit lower="-1" upper="1" velocity="2" effort="5"/>
          </joint>
        </robot>
        """

    private func read(_ text: String) throws(RobotsError) -> RobotDescription {
        try URDFReader.read(Array(text.utf8), file: "two.urdf")
    }

    @Test("links, joints, limits, axes and places come out as they stand in the file")
    func good() throws {
        let robot = try read(Self.good)
        #expect(robot.name == "two")
        #expect(robot.links == ["base", "arm"])
        #expect(robot.joints.count == 1)
        #expect(robot.joints[0].limits == RobotJoint.Limits(lower: -1, upper: 1, velocity: 2, effort: 5))
        #expect(robot.joints[0].axis == [0, 0, 1])
        #expect((robot.joints[0].origin * Vector3(1, 0, 0) - Vector3(0, 1, 0.1)).length < 1e-6)
        #expect(robot.bodies.map(\.shape) == [.box([0.1, 0.1, 0.4])])
        #expect(robot.warnings.isEmpty)
    }

    @Test(
        "what a robot should not be moved by is refused with its line and element",
        arguments: [
            ("<robot name=\"two\">", "<urdf>", 11, "well-formed XML"),
            ("type=\"revolute\"", "type=\"planar\"", 4, "revolute, continuous, prismatic, fixed"),
            ("parent link=\"base\"", "parent link=\"bas\"", 5, "nearest: base"),
            ("child link=\"arm\"", "child link=\"base\"", 4, "expected two links"),
            ("<child link=\"arm\"/>", "", 4, "expected a child"),
            ("xyz=\"0 0 0.1\"", "xyz=\"0 0\"", 7, "three numbers"),
            ("xyz=\"0 0 0.1\"", "xyz=\"0 nan 0\"", 7, "found 'nan'"),
            ("rpy=\"0 0 1.5707963\"", "rpy=\"0 0 inf\"", 7, "found 'inf'"),
            ("xyz=\"0 0 2\"", "xyz=\"0 0 0\"", 8, "found 0 0 0"),
            ("upper=\"1\"", "upper=\"-2\"", 9, "found -1.0 above -2.0"),
            ("velocity=\"2\"", "velocity=\"0\"", 9, "above 0"),
            ("velocity=\"2\"", "", 9, "expected a velocity"),
            ("lower=\"-1\"", "lower=\"0x1\"", 9, "found '0x1'"),
            ("velocity=\"2\"", "velocity=\"1 2\"", 9, "found '1 2'"),
            ("<robot name=\"two\">", "<?xml version=\"1.0\" encoding=\"UTF-7\"?><robot>", 1, "encoding UTF-8"),
            ("effort=\"5\"", "effort=\"-5\"", 9, "0 or more"),
            ("<link name=\"base\"/>", "<link name=\"base\"/><link name=\"base\"/>", 2, "each link once"),
            ("<link name=\"base\"/>", "<link name=\"base\"/><link name=\"lost\"/>", 1, "one link that no joint holds"),
            ("<link name=\"base\"/>", "<link/>", 2, "expected a name"),
            ("<link name=\"base\"/>", "<xacro:macro name=\"x\"/>", 2, "run xacro"),
            ("<box size=\"0.1 0.1 0.4\"/>", "<box size=\"0.1 0 0.4\"/>", 3, "size above 0"),
            ("</robot>", "", 10, "well-formed XML"),
        ])
    func refused(_ part: String, _ other: String, _ line: Int, _ message: String) throws {
        let text = Self.good.replacing(part, with: other)
        try #require(text != Self.good)
        let error = try #require(throws: RobotsError.self) { try read(text) }
        #expect(error.line == line, "\(error)")
        #expect("\(error)".contains(message), "\(error)")
        #expect(error.file == "two.urdf")
    }

    @Test("loops and links held twice are refused")
    func loops() throws {
        func joint(_ name: String, _ parent: String, _ child: String) -> String {
            "<joint name=\"\(name)\" type=\"fixed\"><parent link=\"\(parent)\"/><child link=\"\(child)\"/></joint>\n"
        }
        let links = "<link name=\"a\"/><link name=\"b\"/><link name=\"c\"/>\n"
        let loop = "<robot name=\"r\">\n\(links)\(joint("j", "b", "c"))\(joint("k", "c", "b"))</robot>"
        let found = try #require(throws: RobotsError.self) { try read(loop) }
        #expect(found.message.contains("loop"))
        let twice = "<robot name=\"r\">\n\(links)\(joint("j", "a", "c"))\(joint("k", "b", "c"))</robot>"
        let other = try #require(throws: RobotsError.self) { try read(twice) }
        #expect(other.message.contains("one joint that holds c"))
        #expect(other.line == 4)
    }

    @Test("document types and entities, deep and endless files are refused")
    func hostile() throws {
        for text in [
            "<!DOCTYPE robot [<!ENTITY a \"b\">]>\n<robot name=\"&a;\"/>",
            "<robot>" + String(repeating: "<link>", count: 80) + "</robot>",
            "<robot>" + String(repeating: "<link name=\"a\"/>", count: 10_500) + "</robot>", "", "\u{0}", "<",
            "plain words",
        ] { #expect(throws: RobotsError.self) { try read(text) } }
        #expect(throws: RobotsError.self) { try URDFReader.read([0xFF, 0xFE, 0x3C], file: "two.urdf") }
    }

    @Test("continuous joints turn without end, joints that mimic follow, and placeholder limits are warned of")
    func kinds() throws {
        let endless = try read(
            Self.good.replacing("type=\"revolute\"", with: "type=\"continuous\"").replacing(
                "velocity=\"2\"", with: "velocity=\"10\""))
        #expect(endless.joints[0].limits?.upper == .infinity)
        #expect(endless.warnings.count == 1)
        #expect(endless.warnings[0].contains("10.0 rad/s"))
        let five = try URDFReader.read("Fixtures/robots/five.urdf")
        let follower = try #require(five.joints.first { $0.name == "second_jaw_slide" })
        #expect(follower.mimic == RobotJoint.Mimic(joint: try #require(five.joint(named: "jaw_slide")), multiplier: -1))
        #expect(throws: RobotsError.self) {
            try read(Self.good.replacing("</joint>", with: "<mimic joint=\"turn\"/></joint>"))
        }
    }

    @Test("mutated descriptions and meshes are read or refused, and never crash")
    func mutations() throws {
        var generator = SeededGenerator(seed: 5)
        let urdf = try Array(contentsOf: "Fixtures/robots/seven.urdf")
        let srdf = try Array(contentsOf: "Fixtures/robots/seven.srdf")
        var robot = try URDFReader.read(urdf, file: "seven.urdf")
        let mesh = Self.mesh()
        for _ in 0..<1_500 {
            _ = try? URDFReader.read(urdf.mutated(using: &generator), file: "seven.urdf")
            try? SRDFReader.read(srdf.mutated(using: &generator), file: "seven.srdf", into: &robot)
            _ = try? STLReader.read(mesh.mutated(using: &generator), file: "mesh.stl")
        }
    }

    /// Two triangles, binary.
    static func mesh() -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 80) + [2, 0, 0, 0]
        for triangle in 0..<2 {
            for number in 0..<12 {
                let value = Float(number < 3 ? 0 : number - 3 + triangle)
                bytes += (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt32($0))) }
            }
            bytes += [0, 0]
        }
        return bytes
    }

    @Test("a mesh's corners are read, binary and as text")
    func meshes() throws {
        let corners = try STLReader.read(Self.mesh(), file: "mesh.stl")
        #expect(corners.prefix(3) == [[0, 1, 2], [3, 4, 5], [6, 7, 8]])
        let text = "solid x\n facet normal 0 0 1\n outer loop\n vertex 1 2 3\n vertex 4 5 6e-1\n endsolid\n"
        #expect(try STLReader.read(Array(text.utf8), file: "mesh.stl") == [[1, 2, 3], [4, 5, 0.6]])
        let error = try #require(throws: RobotsError.self) {
            try STLReader.read(Array("solid x\nvertex 1 2\n".utf8), file: "mesh.stl")
        }
        #expect(error.line == 2)
    }
}

extension [UInt8] {
    fileprivate init(contentsOf path: String) throws { self = Array(try Data(contentsOf: URL(filePath: path))) }
}
