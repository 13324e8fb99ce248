import ArgumentParser
import Foundation
import Inference
import Randomness
import Shapes
import Training

/// `laban gesture shapes SUBJECT`: trains and measures the networks for hand shapes and body signals.
struct GestureShapesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shapes",
        abstract: "Train and measure the network for hand shapes or that for body signals.",
        discussion: """
            Rules that ask {hand: fist} or {posture: t_pose} ask two small networks, in Models/hand_shapes and \
            Models/body_signals. This makes them anew from the folders static-poses, asl-letters, hand-shapes and \
            cmu-mocap of a data collection. First each of five contiguous stretches of every class is left out by \
            turns, which says how often the network is right and how often it refuses what is none of its classes; \
            then one is trained on everything.

            Examples:
              laban gesture shapes hand --data DATA --output Models/hand_shapes
              laban gesture shapes body --data DATA --output Models/body_signals
            """)

    /// What a network looks at.
    enum Subject: String, ExpressibleByArgument, CaseIterable {
        case hand, body
    }

    @Argument(help: "'hand' or 'body'.")
    var subject: Subject

    @Option(help: ArgumentHelp("The folder of the data collection.", valueName: "folder"))
    var data: String

    @Option(name: .shortAndLong, help: ArgumentHelp("Folder that receives the model.", valueName: "folder"))
    var output: String

    func run() throws {
        let sources = ShapeSources(folder: data)
        let study: any ShapeStudy =
            switch subject {
            case .hand: try HandStudy(sources)
            case .body: try BodyStudy(sources)
            }
        var folds: [ShapeScore] = []
        for block in 0..<ShapeSources.blocks {
            let score = study.score(study.train(without: block), on: block)
            try StandardOutput.print("stretch \(block + 1) left out: \(score.sentence)")
            folds.append(score)
        }
        let whole = folds.reduce(ShapeScore(), +)
        try StandardOutput.print("all together: \(whole.sentence)")
        let network = study.train(without: nil)
        try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
        try network.file.write(to: output + "/weights.safetensors")
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(ShapeModelRecord(study, whole)).write(to: URL(filePath: output + "/model.json"))
        let size = try Data(contentsOf: URL(filePath: output + "/weights.safetensors")).count / 1024
        try StandardOutput.print("\(output): \(size) KiB of weights")
    }
}

/// How often a network for shapes was right on what it was not trained on.
struct ShapeScore {
    var right = 0
    var of = 0
    /// Of examples that are none of the classes, those that were refused.
    var refused = 0
    var none = 0

    static func + (a: Self, b: Self) -> Self {
        Self(right: a.right + b.right, of: a.of + b.of, refused: a.refused + b.refused, none: a.none + b.none)
    }

    var accuracy: Double { Double(right) / Double(max(1, of)) }
    var refusal: Double { Double(refused) / Double(max(1, none)) }

    var sentence: String {
        func percent(_ share: Double) -> String {
            let thousandths = Int((share * 1000).rounded())
            return "\(thousandths / 10).\(thousandths % 10) %"
        }
        return "\(percent(accuracy)) of \(of) right, \(percent(refusal)) of \(none) that are none refused"
    }
}

/// What `model.json` says of a network for shapes.
struct ShapeModelRecord: Encodable {
    let subject, licence, notice: String
    let classes, trainedOn: [String]
    let contiguousBlocks: [String: Double]

    init(_ study: any ShapeStudy, _ score: ShapeScore) {
        subject = study.subject.rawValue
        classes = study.subject.classes
        trainedOn = study.trainedOn
        licence = "as Laban; its training data under the licences named"
        notice = "static-poses: Copyright (c) A. FDLR (pose-classification-kit), MIT licence, see NOTICE.txt."
        contiguousBlocks = [
            "accuracy": (score.accuracy * 10000).rounded() / 10000,
            "none_refused": (score.refusal * 10000).rounded() / 10000,
        ]
    }

    enum CodingKeys: String, CodingKey {
        case subject, licence, notice, classes
        case trainedOn = "trained_on"
        case contiguousBlocks = "contiguous_blocks"
    }
}
