extension ActionModelDescription.Kernel {
    /// What makes no sense here in a model of these classes, and what is wrong with it; nil when all is well.
    func fault(among all: [String]) -> (place: String, problem: String)? {
        if let stranger = classes.first(where: { !all.contains($0) }) {
            return ("classes", "expected classes of the model, found '\(stranger)'")
        }
        if classes.count < 2 || Set(classes).count != classes.count {
            return ("classes", "expected at least two different classes, found \(classes)")
        }
        if !(1...100_000 ~= exemplars) { return ("exemplars", "expected 1 to 100000, found \(exemplars)") }
        if !(0...1 ~= share) { return ("share", "expected 0 to 1, found \(share)") }
        if !(1...64 ~= summary.parts) { return ("summary.parts", "expected 1 to 64, found \(summary.parts)") }
        if !(0...1 ~= summary.distances) {
            return ("summary.distances", "expected 0 to 1, found \(summary.distances)")
        }
        if let frames, !(2...512 ~= frames) { return ("frames", "expected 2 to 512, found \(frames)") }
        return nil
    }
}
