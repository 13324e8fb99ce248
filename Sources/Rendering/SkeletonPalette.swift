package import Imaging
package import Skeleton

/// The colours of an overlay: warm for a person's left, cold for the right, light for the middle, each leaning
/// towards a colour of the track's own.
package struct SkeletonPalette: Sendable {
    package var left = Color(255, 138, 48)
    package var right = Color(48, 156, 255)
    package var middle = Color(236, 236, 236)
    /// How far bones lean towards the track's colour, 0…1.
    package var tint: Float = 0.25

    package init() {}

    /// A track's own colour. Neighbouring numbers differ widely: hues follow the golden ratio.
    package func color(of track: TrackID) -> Color {
        let turns = Double(track.value) * 0.618_033_988_75 + 0.12
        let hue = (turns - turns.rounded(.down)) * 6
        func channel(_ shift: Double) -> UInt8 {
            let place = (hue + shift).truncatingRemainder(dividingBy: 6)
            let level = min(max(abs(place - 3) - 1, 0), 1)
            return UInt8(255 * (0.35 + 0.65 * level))
        }
        return Color(channel(0), channel(4), channel(2))
    }

    func color(of side: BonePlan.Side, track: TrackID) -> Color {
        let base =
            switch side {
            case .left: left
            case .right: right
            case .middle: middle
            }
        let own = color(of: track)
        func mixed(_ a: UInt8, _ b: UInt8) -> UInt8 { UInt8(min(max(Float(a) + (Float(b) - Float(a)) * tint, 0), 255)) }
        return Color(mixed(base.red, own.red), mixed(base.green, own.green), mixed(base.blue, own.blue))
    }
}
