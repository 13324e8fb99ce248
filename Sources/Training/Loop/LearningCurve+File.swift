import Files
import Foundation

extension LearningCurve {
    /// The curve as a table, one step a line: step, loss, accuracy, held_out_loss, learning_rate.
    package var csv: String { Self.columns + "\n" + rows(after: 0) }

    /// The lines of the table of the steps after one of them.
    func rows(after step: Int) -> String {
        let first = points.lastIndex { $0.step <= step }.map { $0 + 1 } ?? 0
        return points[first...].map { point in
            let heldOut = point.heldOutLoss.map { "\($0)" } ?? ""
            return "\(point.step),\(point.loss),\(point.accuracy),\(heldOut),\(point.learningRate)\n"
        }.joined()
    }

    /// The last step so far; 0 before the first.
    var lastStep: Int { points.last?.step ?? 0 }

    /// The curve of an interrupted training, to go on with.
    ///
    /// - Parameters:
    ///   - path: the file; without one the curve begins anew.
    ///   - steps: of the whole training.
    /// - Throws: when the file is no such table.
    package init(resuming path: String, of steps: Int) throws(TrainingError) {
        self.init()
        guard FileManager.default.fileExists(atPath: path) else { return }
        let bytes: [UInt8]
        do { bytes = try RegularFile.read(path, limit: Self.byteLimit) } catch { throw TrainingError(error) }
        // A line that a full disk cut short is not there.
        let whole = bytes[..<(bytes.lastIndex(of: UInt8(ascii: "\n")) ?? 0)]
        let lines = String(decoding: whole, as: UTF8.self).split(separator: "\n")
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

    /// The largest file: a line a step.
    private static let byteLimit = 1 << 30
    private static let columns = "step,loss,accuracy,held_out_loss,learning_rate"
}
