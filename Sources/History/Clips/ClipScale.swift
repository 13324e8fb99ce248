/// How finely the numbers of a clip are told apart.
///
/// A number is written anew only when it has left the one before by most of a step, so that what trembles by less costs next
/// to nothing: what is read differs from what was written by less than a step.
package struct ClipScale: Sendable, Hashable {
    /// Steps to one.
    package let steps: Float

    /// The greatest difference between what was written and what is read.
    package var tolerance: Float { 1 / steps }

    /// Places in the picture, in its widths and heights, up to eight of them away.
    package static let image = ClipScale(steps: 4096)
    /// Places in space in metres: millimetres, up to 32 m away.
    package static let world = ClipScale(steps: 1000)
    /// Places of a hand's joints from its middle, in metres: quarters of a millimetre.
    package static let hand = ClipScale(steps: 4000)
    /// Scores, visibility and presence, 0…1.
    package static let share = ClipScale(steps: 254)

    /// In whole steps, or nearly those before.
    func quantised(_ value: Float, after previous: Int16?) -> Int16 {
        let scaled = value * steps
        if let previous, abs(scaled - Float(previous)) < 0.75 { return previous }
        // No number at all is nowhere.
        guard scaled == scaled else { return previous ?? 0 }
        return Int16(max(-32_767, min(32_767, scaled.rounded())))
    }

    func value(_ number: Int16) -> Float { Float(number) / steps }
}
