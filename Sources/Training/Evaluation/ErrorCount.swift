/// How much a model got wrong of what it was measured on.
package struct ErrorCount: Sendable, Equatable {
    /// Clips that were classified.
    package var clips = 0
    package var wrongClips = 0
    /// Seconds that were watched.
    package var seconds = 0.0
    package var wrongSeconds = 0.0

    package init(clips: Int = 0, wrongClips: Int = 0, seconds: Double = 0, wrongSeconds: Double = 0) {
        self.clips = clips
        self.wrongClips = wrongClips
        self.seconds = seconds
        self.wrongSeconds = wrongSeconds
    }

    package mutating func add(_ other: ErrorCount) {
        clips += other.clips
        wrongClips += other.wrongClips
        seconds += other.seconds
        wrongSeconds += other.wrongSeconds
    }

    /// What is wrong here as a share of all there is, in points: percent of all clips.
    package func clipPoints(of all: ErrorCount) -> Double {
        all.clips > 0 ? 100 * Double(wrongClips) / Double(all.clips) : 0
    }

    /// The same of all seconds.
    package func secondPoints(of all: ErrorCount) -> Double { all.seconds > 0 ? 100 * wrongSeconds / all.seconds : 0 }
}
