import Robots
import Testing

struct OddRobotFilesTests {
    private static let links = "<link name='a'/><link name='b'/>\n"

    private static func joint(_ limit: String = "lower='-1' upper='1' velocity='1' effort='1'", more: String = "")
        -> String
    {
        "<joint name='j' type='revolute'><parent link='a'/><child link='b'/><axis xyz='0 0 1'/><limit \(limit)/>\(more)</joint>"
    }

    @Test(
        "what is easily overlooked is refused with its line",
        arguments: [
            ("<link name='${side}_arm'/>", 2, "run xacro"),
            (links + joint(more: "<origin xyz='$(arg x) 0 0'/>"), 3, "run xacro"),
            (links + joint(more: "<axis xyz='0 0 1'/>"), 3, "expected one axis of joint j"),
            (links + joint(more: "<limit/>"), 3, "expected one limit of joint j"),
            (links + joint(more: "<mimic joint='j'/>"), 3, "another joint for joint j"),
            (links + joint("lower='0' upper='1,5' velocity='1'"), 3, "found '1,5'"),
            (links + joint("lower='0' upper='1' velocity='-1'"), 3, "above 0"),
            (links + joint() + "\n" + joint(), 4, "each joint once"),
            (links + "\n\0", 4, "a zero byte"),
        ])
    func refused(_ text: String, _ line: Int, _ message: String) throws {
        let text = "<robot name='r'>\n\(text)\n</robot>"
        let error = try #require(throws: RobotsError.self) { try URDFReader.read(Array(text.utf8), file: "arm.urdf") }
        #expect(error.line == line, "\(error)")
        #expect("\(error)".contains(message), "\(error)")
    }

    @Test("bytes that are no text are refused with their line")
    func bytes() throws {
        let error = try #require(throws: RobotsError.self) {
            try URDFReader.read(Array("<robot>\n<link name='".utf8) + [0xC3, 0x28], file: "arm.urdf")
        }
        #expect(error.line == 2)
    }

    @Test("other XML files and unknown entities are refused")
    func others() throws {
        for (text, message) in [
            ("<sdf/>", "expected the root element robot, found sdf"), ("<robot name='&a;'/>", "well-formed XML"),
        ] {
            let error = try #require(throws: RobotsError.self) {
                try URDFReader.read(Array(text.utf8), file: "arm.urdf")
            }
            #expect(error.line == 1 && error.message.contains(message), "\(error)")
        }
    }

    @Test("odd limits are taken with warnings that name line and joint")
    func odd() throws {
        let text = "<robot name='r'>\n" + Self.links + Self.joint("lower='1' upper='1' velocity='10'") + "</robot>"
        let warnings = try URDFReader.read(Array(text.utf8), file: "arm.urdf").warnings
        #expect(warnings.count == 3 && warnings.allSatisfy { $0.hasPrefix("arm.urdf:3: ") }, "\(warnings)")
        for word in ["10.0 rad/s", "cannot move", "effort of 0"] {
            #expect(warnings.contains { $0.contains(word) && $0.contains("joint j") }, "\(word)")
        }
    }

    @Test("pairs of links that a robot does not have are warned of")
    func strangers() throws {
        let text = "<robot name='r'>\n" + Self.links + Self.joint() + "</robot>"
        var robot = try URDFReader.read(Array(text.utf8), file: "arm.urdf")
        let pairs = "<robot>\n<disable_collisions link1='a' link2='c'/>\n<disable_collisions link1='a'/></robot>"
        try SRDFReader.read(Array(pairs.utf8), file: "a.srdf", into: &robot)
        #expect(robot.ignoredPairs.isEmpty && robot.warnings.count == 2)
        #expect(robot.warnings.first?.hasPrefix("a.srdf:2: ") == true, "\(robot.warnings)")
    }
}
