import Foundation

extension LearningCurve {
    /// The curve as a table, one step a line: step, loss, accuracy, held_out_loss, learning_rate.
    package var csv: String {
        let rows = points.map { point in
            let heldOut = point.heldOutLoss.map { "\($0)" } ?? ""
            return "\(point.step),\(point.loss),\(point.accuracy),\(heldOut),\(point.learningRate)\n"
        }
        return Self.columns + "\n" + rows.joined()
    }

    /// The curve of an interrupted training, to go on with.
    ///
    /// - Parameters:
    ///   - path: the file; without one the curve begins anew.
    ///   - steps: of the whole training.
    /// - Throws: when the file is no such table.
    package init(resuming path: String, of steps: Int) throws(TrainingError) {
        self.init()
        guard FileManager.default.fileExists(atPath: path) else { return }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw TrainingError(file: path, "the file cannot be read")
        }
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
        guard let heading = lines.first, heading == Self.columns else {
            throw TrainingError(
                file: path, place: "line 1", "expected \(Self.columns), found \(lines.first ?? "nothing")")
        }
        for (index, line) in lines.enumerated().dropFirst() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            guard fields.count == 5, let place = Int(fields[0]), let loss = Double(fields[1]),
                let accuracy = Double(fields[2]), fields[3].isEmpty || Double(fields[3]) != nil,
                let rate = Float(fields[4])
            else {
                throw TrainingError(
                    file: path, place: "line \(index + 1)", "expected five numbers, found '\(line.prefix(80))'")
            }
            append(
                TrainingProgress(
                    step: place, steps: steps, loss: loss, accuracy: accuracy, heldOutLoss: Double(fields[3]),
                    learningRate: rate))
        }
    }

    private static let columns = "step,loss,accuracy,held_out_loss,learning_rate"
}
