import ArgumentParser
import Events
import Foundation
import History
import LabanServer
import Video

/// `laban history show ID`: one event, in words or drawn again.
struct HistoryShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "One event: everything that is known of it, and its figures drawn again.",
        discussion: """
            ID is an event's id, as --ids and --json print it, or as much of its beginning as no other id has; 'last' is the \
            event that began last.

            With --render it is drawn again from the skeletons that the history keeps, without any picture: a name that \
            ends in .png gets six to ten figures from begin to end, one that ends in .mp4 (.m4v, .mov, .mkv) the moving \
            figure. Skeletons are kept for a while: see --clip-days of 'laban run' and 'clip_days' of 'laban serve'.

            Examples:
              laban history gestures --since today --ids
              laban history show 01M5W6DT7S3H8F0Q2RJ4ZK6E9B
              laban history show 01M5W6DT7S --render what.png
              laban history show 01M5W6DT7S --render what.mp4
              laban history show last --json
            """)

    @Argument(help: ArgumentHelp("The event's id, or how it begins; or last.", valueName: "id"))
    var id: String

    @Option(name: [.long, .customLong("db")], help: ArgumentHelp("The history's file.", valueName: "file"))
    var history = "laban.db"

    @Option(help: ArgumentHelp("Draw it: figures side by side, or a film.", valueName: "file.png|file.mp4"))
    var render: String?

    @Flag(help: "Print one JSON object, and nothing else.")
    var json = false

    func validate() throws {
        var places = OutputPlaces()
        places.keep(history, as: "the history")
        try places.take(render, for: "--render")
    }

    func run() throws {
        if let render {
            let endings = [".png", ".mp4", ".m4v", ".mov", ".mkv"]
            guard endings.contains(where: render.lowercased().hasSuffix) else {
                throw ValidationError(
                    "--render: expected a name that ends in \(endings.joined(separator: ", ")), found '\(render)'")
            }
            try ResultPlace.check(render, option: "--render")
        }
        let reader = try HistoryReader(path: history)
        let event = try reader.event(id)
        var (count, damaged) = try reader.skeletons(of: event)
        let table = ResultTable(event, skeletons: count)
        if json {
            try StandardOutput.write(PrintableText(verbatim: table.jsonLines()))
        } else {
            try StandardOutput.write(PrintableText(verbatim: table.card()))
            if count == 0 { try StandardOutput.print(try EventDrawing.reason(event, reader, damaged)) }
        }
        guard let render else { return damaged.warn(reader) }
        let drawing = try EventDrawing(event, of: reader)
        damaged.formUnion(drawing.damaged)
        damaged.warn(reader)
        if render.lowercased().hasSuffix(".png") {
            try PictureFile.write(drawing.strip(), to: render)
        } else {
            try drawing.film(to: render)
        }
        if !json { try StandardOutput.print("drawn in \(render)") }
    }
}
