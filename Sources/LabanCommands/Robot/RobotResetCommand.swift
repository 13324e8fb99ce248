import ArgumentParser
import JSONLines

/// `laban robot reset`: after a stop.
struct RobotResetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset",
        abstract: "Let robots that were stopped follow again.",
        discussion: "Prints what was reset as a JSON line. The arm follows once its person is seen, and begins slowly.")

    @OptionGroup var options: ControlOptions

    @Option(help: "Only the robot of this name.")
    var robot: String?

    func run() throws {
        try options.print(
            options.ask(
                "robot.reset", robot.map { ["robot": .text($0)] } ?? [:], otherwise: "nothing was reset"))
    }
}
