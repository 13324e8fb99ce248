import Foundation
import LabanServer
import Printing
import Recognition
import Skeleton

/// What a model made of people moment by moment, as CSV: source, track, hand, moment_us, and a column a class. Rows are in
/// the order in which predictions came.
struct ProbabilityTable {
    private var rows: [String]

    init(classes: [String]) {
        rows = [(["source", "track", "hand", "moment_us"] + classes.map(\.csvField)).joined(separator: ",")]
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
        rows.append((place + probabilities.map { "\($0)" }).joined(separator: ","))
    }

    /// What a camera's models made of a frame.
    mutating func append(_ predictions: [ActionPrediction], source: String) {
        for prediction in predictions {
            append(
                source: source, track: prediction.track, side: prediction.side, moment: prediction.moment,
                prediction.probabilities)
        }
    }

    func write(to path: String) throws {
        do {
            try (rows.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
        } catch {
            throw OutputError(path: path, message: "cannot be written: \(error.localizedDescription)")
        }
    }
}
