/// Reads which links of a robot need no check against each other from its SRDF file.
package enum SRDFReader {
    /// Adds a file's pairs to a robot; what it says of links that the robot does not have is warned of.
    ///
    /// - Throws: `RobotsError` where it cannot be read or is no SRDF.
    package static func read(_ path: String, into robot: inout RobotDescription) throws(RobotsError) {
        read(try root(try MarkedElementReader(file: path).read(), path), path, into: &robot)
    }

    /// Adds the pairs of bytes; `file` is what errors call them.
    package static func read(_ bytes: [UInt8], file: String, into robot: inout RobotDescription) throws(RobotsError) {
        read(try root(try MarkedElementReader(file: file).read(bytes), file), file, into: &robot)
    }

    private static func root(_ element: MarkedElement, _ file: String) throws(RobotsError) -> MarkedElement {
        guard element.name == "robot" else {
            throw RobotsError(
                file: file, line: element.line, column: element.column, place: element.words,
                message: "expected the root element robot, found \(element.name)")
        }
        return element
    }

    private static func read(_ root: MarkedElement, _ file: String, into robot: inout RobotDescription) {
        for element in root.children(named: "disable_collisions") {
            let names = ["link1", "link2"].map { element.attributes[$0] ?? "" }
            if let stranger = names.first(where: { robot.link(named: $0) == nil }) {
                robot.warnings.append(
                    "\(file):\(element.line): disable_collisions: expected links of \(robot.name), found "
                        + (stranger.isEmpty ? "none" : String(stranger.prefix(60))))
            } else {
                robot.ignoredPairs.insert(LinkPair(names[0], names[1]))
            }
        }
    }
}
