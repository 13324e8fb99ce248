/// Times of frames that are only counted.
struct FrameClock {
    /// Frames a second, and who says so.
    struct Rate {
        let framesPerSecond: Double
        let origin: String

        /// Nil for what no camera does.
        init?(_ framesPerSecond: Double?, origin: String) {
            guard let framesPerSecond, (0.001...100_000).contains(framesPerSecond) else { return nil }
            self.framesPerSecond = framesPerSecond
            self.origin = origin
        }
    }

    private let framesPerSecond: Double
    private let origin: String

    /// - Parameters:
    ///   - stated: frames a second as the user says.
    ///   - own: frames a second as the file says or its format stands for.
    init(stated: Double?, own: Rate?) {
        framesPerSecond = stated ?? own?.framesPerSecond ?? 30
        if let stated {
            let other = own.flatMap { $0.framesPerSecond == stated ? nil : $0 }
            origin = "as stated" + (other.map { ", not \(Self.text($0.framesPerSecond)), \($0.origin)" } ?? "")
        } else {
            origin = own?.origin ?? "assumed; --fps says otherwise"
        }
    }

    /// The time of a frame, to the microsecond.
    func time(ofFrame number: Int) -> Duration {
        .microseconds(Int64((Double(number) / framesPerSecond * 1e6).rounded()))
    }

    /// How the times came about, for people to read.
    func note(numbersAreOwn: Bool) -> String {
        "times from the \(numbersAreOwn ? "numbers" : "order") of the frames at \(Self.text(framesPerSecond)) frames/s (\(origin))"
    }

    /// A rate without a needless fraction.
    static func text(_ rate: Double) -> String {
        rate == rate.rounded() && abs(rate) < 1e6 ? "\(Int(rate))" : "\(rate)"
    }
}
