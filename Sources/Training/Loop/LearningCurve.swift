/// How loss and accuracy went during a training, and a drawing of it.
package struct LearningCurve: Sendable {
    private(set) var points: [TrainingProgress] = []

    package init() {}

    /// Takes a step along; what was known of it and of later ones, before a training was interrupted, is forgotten.
    package mutating func append(_ progress: TrainingProgress) {
        while let last = points.last, last.step >= progress.step { points.removeLast() }
        points.append(progress)
    }

    /// The last step and that of the lowest loss on what was kept back, when a training of `steps` was over before its end.
    package func earlyStop(of steps: Int) -> (last: Int, best: Int)? {
        guard let last = points.last, last.step < steps, last.heldOutLoss != nil else { return nil }
        let best = points.filter { $0.heldOutLoss != nil }.min { ($0.heldOutLoss ?? 0) < ($1.heldOutLoss ?? 0) }
        return (last.step, best?.step ?? last.step)
    }

    /// The loss so far as a row of bars, for one line of a terminal: high, then lower and lower if all goes well.
    package func bars(_ count: Int) -> String {
        let losses = points.map(\.loss).filter(\.isFinite)
        guard let highest = losses.max(), highest > 0, !losses.isEmpty else { return "" }
        let steps = Array("▁▂▃▄▅▆▇█")
        return String(
            (0..<min(count, losses.count)).map { bar in
                let from = bar * losses.count / min(count, losses.count)
                let to = (bar + 1) * losses.count / min(count, losses.count)
                let mean = losses[from..<to].reduce(0, +) / Double(to - from)
                return steps[max(0, min(7, Int(mean / highest * 8)))]
            })
    }

    /// An SVG drawing: steps from left to right, the loss (and, where clips are kept back, the loss on those) against
    /// the highest, and the accuracy from 0 to 100 %; a legend names the lines.
    package var svg: String {
        let shown = thinned
        let last = Double(max(1, points.last?.step ?? 1))
        let losses = points.map(\.loss) + points.compactMap(\.heldOutLoss)
        let highest = max(losses.filter(\.isFinite).max() ?? 1, 1e-6)
        func line(_ value: (TrainingProgress) -> Double?, _ colour: String) -> String {
            let places = shown.compactMap { point -> String? in
                guard let share = value(point) else { return nil }
                let x = Self.left + Self.width * Double(point.step) / last
                let y = Self.top + Self.height * (1 - min(1, max(0, share.isFinite ? share : 1)))
                return "\(Self.tenths(x)),\(Self.tenths(y))"
            }
            return "<polyline fill=\"none\" stroke=\"\(colour)\" stroke-width=\"2\" "
                + "points=\"\(places.joined(separator: " "))\"/>"
        }
        func text(_ words: String, _ x: Double, _ y: Double, _ colour: String, anchor: String = "start") -> String {
            "<text x=\"\(Self.tenths(x))\" y=\"\(Self.tenths(y))\" fill=\"\(colour)\" text-anchor=\"\(anchor)\">"
                + "\(words)</text>"
        }
        let (right, bottom) = (Self.left + Self.width, Self.top + Self.height)
        let final =
            points.last.map { "loss \(Self.hundredths($0.loss)), \(Self.tenths($0.accuracy * 100)) % right" } ?? ""
        let heldOut = points.last?.heldOutLoss.map { "kept back: loss \(Self.hundredths($0))" }
        var names = [("loss", Self.lossColour), ("share right", Self.accuracyColour)]
        if heldOut != nil { names.append(("loss of what is kept back", Self.heldOutColour)) }
        let legend = names.enumerated().map { index, entry in
            let x = Self.left + Double(index) * 110
            return "<path d=\"M\(Self.tenths(x)) \(Self.tenths(bottom + 16))h18\" stroke=\"\(entry.1)\" "
                + "stroke-width=\"2\"/>" + text(entry.0, x + 24, bottom + 20, entry.1)
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 320" font-family="sans-serif" font-size="13">
            <rect width="640" height="320" fill="#ffffff"/>
            <path d="M\(Self.left) \(Self.top)V\(bottom)H\(right)" fill="none" stroke="#8a919c"/>
            \(line({ $0.loss / highest }, Self.lossColour))
            \(line({ $0.accuracy }, Self.accuracyColour))
            \(heldOut.map { _ in line({ $0.heldOutLoss.map { $0 / highest } }, Self.heldOutColour) } ?? "")
            \(text(Self.hundredths(highest), Self.left - 6, Self.top + 10, Self.lossColour, anchor: "end"))
            \(text("0", Self.left - 6, bottom, Self.lossColour, anchor: "end"))
            \(text("100 %", right + 6, Self.top + 10, Self.accuracyColour))
            \(text("0 %", right + 6, bottom, Self.accuracyColour))
            \(text("step \(Int(last))", right, bottom + 20, "#20242c", anchor: "end"))
            \(text(final, Self.left, Self.top - 10, "#20242c"))
            \(heldOut.map { text($0, right, Self.top - 10, Self.heldOutColour, anchor: "end") } ?? "")
            \(legend.joined(separator: "\n"))
            </svg>

            """
    }

    /// At most about 400 of the points.
    private var thinned: [TrainingProgress] {
        let step = max(1, points.count / 400)
        return points.enumerated().filter { $0.offset % step == 0 || $0.offset == points.count - 1 }.map(\.element)
    }

    private static let (left, top, width, height) = (60.0, 40.0, 520.0, 240.0)
    private static let lossColour = "#c44820"
    private static let accuracyColour = "#185ca0"
    private static let heldOutColour = "#8a4fa8"

    private static func tenths(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

    private static func hundredths(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
}
