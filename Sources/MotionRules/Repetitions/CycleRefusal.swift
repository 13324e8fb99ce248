/// Why a repetition that had begun was not counted.
enum CycleRefusal: Sendable {
    /// Measures were unknown for too long.
    case unseen(start: Duration)
    /// It took longer than a repetition may; the phase last visited.
    case tooSlow(start: Duration, turningPoint: Duration, stage: Int)
    /// All phases were visited in too short a time.
    case tooQuick(start: Duration, turningPoint: Duration)
    /// All phases were visited, but the exercise's measure moved too little.
    case range(start: Duration, turningPoint: Duration, width: Float)
    /// None of a group of travels was met; widths are nil where a measure was unknown.
    case travel(start: Duration, turningPoint: Duration, group: [Exercise.Travel], widths: [Float?])
}
