import ArgumentParser
import Foundation
import LabanServer
import Recognition

/// `laban gesture remove`: forgets a taught gesture.
struct GestureRemoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Forget a taught gesture.",
        discussion: """
            Removes the gesture's file; 'laban serve' stops looking for it within seconds. Rules are files of your own: \
            remove those by hand.

            Examples:
              laban gesture remove swipe
            """)

    @Argument(help: "The gesture.")
    var name: String

    @Option(help: ArgumentHelp("Folder of gesture files; Laban's own when left out.", valueName: "folder"))
    var gestures: String?

    func run() throws {
        let folder = try GestureFolder(named: gestures)
        guard folder.taught.contains(where: { $0.name == name }) else {
            let isRule = folder.ruleNames.contains(name)
            let known = folder.taught.map(\.name).joined(separator: ", ")
            throw ValidationError(
                isRule
                    ? "expected a taught gesture, found '\(name)', which is a rule"
                    : "expected a taught gesture (\(known.isEmpty ? "there is none" : known)), found '\(name)'")
        }
        try FileManager.default.removeItem(at: folder.file(of: name))
        try StandardOutput.print("\(name) is forgotten")
    }
}
