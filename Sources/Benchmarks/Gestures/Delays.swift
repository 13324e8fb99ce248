/// How long after something gestures were told.
struct Delays {
    /// In seconds.
    var seconds: [Double] = []

    /// - Parameter share: 0.5 for the median; 0 where nothing was told.
    func at(_ share: Double) -> Double {
        let sorted = seconds.sorted()
        return sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }
}
