package import Foundation
import Recognition
package import Skeleton

/// A stretch of a user's own recording of which somebody said what was done in it.
package struct CorrectedClip: Sendable {
    /// What was done, by what was said; the subject tells people apart.
    package let motion: LabelledMotion
    /// What it was told as.
    package let told: String
    /// The camera that saw it.
    package let camera: String
    /// The threshold at which it was told, 0…1; nil where that was not noted.
    package let threshold: Float?
    /// When the day began on which it was recorded.
    package let day: Date
    /// The motion with what came shortly before and after it.
    package let surroundings: [MotionSample]

    /// - Parameters:
    ///   - surroundings: of at least two moments of the stretch, growing in time.
    ///   - stretch: in seconds, at the times of the samples.
    ///   - camera: that saw it.
    ///   - threshold: at which it was told, 0…1; nil where that was not noted.
    ///   - person: tells people apart.
    /// - Returns: nil where the person is seen in fewer than two moments of the stretch.
    package init?(
        surroundings: [MotionSample], stretch: ClosedRange<Double>, name: String, label: String, told: String,
        camera: String, threshold: Float?, person: String, day: Date
    ) {
        let samples = surroundings.filter { stretch.contains($0.time) }
        guard samples.count > 1 else { return nil }
        motion = LabelledMotion(name: name, label: label, subject: person, samples: samples, isSeenByCamera: true)
        (self.told, self.camera, self.threshold) = (told, camera, threshold)
        self.day = day
        self.surroundings = surroundings
    }

    /// Whether it was told as something else than it was.
    package var isWrong: Bool { told != motion.label }
}
