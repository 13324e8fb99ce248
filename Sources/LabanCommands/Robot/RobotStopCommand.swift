import ArgumentParser
import JSONLines

/// `laban robot stop`: the latched stop.
struct RobotStopCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "Stop robots until they are reset.",
        discussion: """
            Prints what was stopped as a JSON line. Exit code 0 says that Laban has taken it in: its next command, within \
            10 ms, brakes. Any other code says that nothing was stopped.
            """)

    @OptionGroup var options: ControlOptions

    @Option(help: "Only the robot of this name.")
    var robot: String?

    @Option(help: "Why, as the robot's events will tell.")
    var reason: String?

    func run() throws {
        var args: [String: JSONValue] = [:]
        args["robot"] = robot.map { .text($0) }
        args["reason"] = reason.map { .text($0) }
        try options.print(
            options.ask("robot.stop", args, otherwise: "nothing was stopped, use the robot's own emergency stop"))
    }
}
