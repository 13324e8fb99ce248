import ArgumentParser
import Foundation
import Recognition
import Recordings
import Training
import Video

/// `laban evaluate MODEL DIR`: how good an action model is.
struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure an action model on recordings it has not seen.",
        discussion: """
            MODEL is a model folder, or a name in Models/ where there is no such folder; which one it was is said. DIR is laid out as for 'laban train'. Prints the share of \
            clips whose first guess is right (top1), the mean over classes, each class, and the confusion table: rows \
            are what it was, columns what it was taken for.

            Examples:
              laban evaluate Models/mine recordings/
              laban evaluate everyday recordings/ --subjects carl,dora --json
              laban evaluate Models/mine recordings/ --picture confusion.png
            """)

    @Argument(help: "Model folder, or a name in Models/.")
    var model: String

    @Argument(help: "Folder of recordings.")
    var recordings: String

    @Option(help: "Only clips of these people, separated by commas.")
    var subjects: String?

    @Option(help: ArgumentHelp("Draw the confusion table into this PNG file.", valueName: "file"))
    var picture: String?

    @Flag(help: "Print one JSON object: top1, mean_class, confusion, classes, clips.")
    var json = false

    func run() throws {
        let place = try ResourceOptions.modelFolder(model)
        let model = try ActionModel(folder: place)
        Terminal.standardError.write("Model in \(place)\n")
        let folder = try RecordingsFolder(recordings)
        let only = subjects.map { Set($0.split(separator: ",").map(String.init)) }
        // What the model's recipe calls its clips is what is measured.
        let recipe = model.description.recipe.flatMap { try? Recipe(Data($0.utf8), file: place) } ?? Recipe()
        var own = Recipe()
        own.selection = recipe.selection
        own.normalisation = model.description.normalisation
        let motions = try LabelledMotion.load(folder, recipe: own) { clip in
            only.map { $0.contains(clip.subject ?? "") } ?? true
        }
        guard !motions.isEmpty else {
            throw ValidationError("\(recordings): expected clips to evaluate, found none that fit")
        }
        let evaluation = try Evaluation(model: model, motions: motions)
        if let picture { try PictureFile.write(ConfusionPicture(evaluation).rendered(), to: picture) }
        try StandardOutput.print(
            json ? evaluation.json : EvaluationReport(evaluation).text, terminator: json ? "\n" : "")
    }
}
