/// The times of pictures that are only counted: as many a second as the user says, or the stream, or 25.
struct CountedTime {
    /// Pictures a second.
    let framesPerSecond: Double
    /// How the times came about, for people to read.
    let note: String

    private static let usual = 25.0
    /// What a stream may say of itself to be believed.
    private static let believed = 0.5...500.0

    /// - Parameters:
    ///   - stated: pictures a second as the user says.
    ///   - stream: the same as the coded stream says.
    init(stated: Double?, stream: Double? = nil) {
        let stream = stream.flatMap { Self.believed.contains($0) ? $0 : nil }
        framesPerSecond = stated ?? stream ?? Self.usual
        let rate = "\(Self.text(framesPerSecond)) pictures a second"
        note =
            if stated != nil {
                "no times in the file, \(rate) as stated"
            } else if stream != nil {
                "no times in the file, \(rate) as its pictures say; --fps says otherwise"
            } else {
                "no times in the file, \(rate) assumed; --fps says otherwise"
            }
    }

    /// Seconds from one picture to the next, as a fraction.
    var timeBase: (numerator: Int64, denominator: Int64) {
        (1_000_000, Int64((framesPerSecond * 1_000_000).rounded()))
    }

    private static func text(_ rate: Double) -> String {
        let rounded = (rate * 1000).rounded() / 1000
        return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    }
}
