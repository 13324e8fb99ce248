/// Times of frames that are only counted.
struct FrameClock {
    private let framesPerSecond: Double
    private let origin: String

    /// - Parameters:
    ///   - stated: frames a second as the user says.
    ///   - own: frames a second as the format stands for.
    init(stated: Double?, own: Double?) {
        framesPerSecond = stated ?? own ?? 30
        origin = stated != nil ? "as stated" : own != nil ? "the format's own" : "assumed; --fps says otherwise"
    }

    /// The time of a frame, to the microsecond.
    func time(ofFrame number: Int) -> Duration {
        .microseconds(Int64((Double(number) / framesPerSecond * 1e6).rounded()))
    }

    /// How the times came about, for people to read.
    func note(numbersAreOwn: Bool) -> String {
        let rate = framesPerSecond == framesPerSecond.rounded() ? "\(Int(framesPerSecond))" : "\(framesPerSecond)"
        return "times from the \(numbersAreOwn ? "numbers" : "order") of the frames at \(rate) frames/s (\(origin))"
    }
}
