import ArgumentParser

/// `laban robot status`: how robots fare.
struct RobotStatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Tell of every robot whether it is stopped and how its arms fare, as JSON.")

    @OptionGroup var options: ControlOptions

    func run() throws {
        try options.print(options.ask("robot.status", otherwise: "no Laban with a robot seems to run there"))
    }
}
