import ArgumentParser

@main
struct Laban: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "laban", abstract: "Watches people move and tells programs what they do.",
        subcommands: [RunCommand.self, BenchCommand.self, ModelsCommand.self, DoctorCommand.self])
}
