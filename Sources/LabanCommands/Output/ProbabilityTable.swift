import LabanServer
import Printing
import Recognition
import Skeleton

/// Writes what a model makes of people moment by moment, as CSV: source, track, hand, moment_us, and a column a class. Rows
/// are written as predictions come.
struct ProbabilityTable: ~Copyable {
    private var file: SteadyFile

    /// - Parameter say: told when nothing can be written, and when it can again.
    init(_ output: OutputFile, classes: [String], say: @escaping @Sendable (String) -> Void = { _ in }) {
        file = SteadyFile(output, say: say)
        writeRow(["source", "track", "hand", "moment_us"] + classes.map(\.csvField))
    }

    /// - Parameters:
    ///   - source: the camera, or the clip.
    ///   - track: whose it is; nil in recordings of one person.
    ///   - side: of the hand; nil for bodies.
    ///   - moment: the media time that is spoken of.
    mutating func append(
        source: String, track: TrackID?, side: HandPose.Side?, moment: Duration, _ probabilities: [Float]
    ) {
        let place = [source.csvField, track.map { "\($0)" } ?? "", side?.rawValue ?? "", "\(moment.inMicroseconds)"]
        writeRow(place + probabilities.map { "\($0)" })
    }

    /// What a camera's model made of a frame.
    mutating func append(_ predictions: [ActionPrediction], source: String) {
        for prediction in predictions {
            append(
                source: source, track: prediction.track, side: prediction.side, moment: prediction.moment,
                prediction.probabilities)
        }
    }

    mutating func finish() throws(OutputError) { try file.finish() }

    private mutating func writeRow(_ fields: [String]) {
        file.write(Array((fields.joined(separator: ",") + "\n").utf8))
    }
}
