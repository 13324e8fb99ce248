package import Imaging
package import Randomness

/// Colours and clothes of a puppet.
package struct PuppetLook: Sendable, Equatable {
    package var skin: Color
    package var hair: Color
    package var shirt: Color
    package var trousers: Color
    package var shoes: Color
    package var longSleeves: Bool
    package var shorts: Bool
    /// Hair down to the shoulders.
    package var longHair: Bool

    package init(
        skin: Color, hair: Color, shirt: Color, trousers: Color, shoes: Color, longSleeves: Bool = false,
        shorts: Bool = false, longHair: Bool = false
    ) {
        self.skin = skin
        self.hair = hair
        self.shirt = shirt
        self.trousers = trousers
        self.shoes = shoes
        self.longSleeves = longSleeves
        self.shorts = shorts
        self.longHair = longHair
    }

    /// Somebody drawn at random.
    package init(using random: inout SplitMix64) {
        skin = random.pick([
            Color(238, 202, 178), Color(226, 180, 150), Color(198, 148, 112), Color(156, 106, 76), Color(104, 70, 52),
        ])
        hair = random.pick([
            Color(40, 30, 26), Color(84, 56, 36), Color(140, 100, 56), Color(24, 22, 24), Color(128, 124, 122),
        ])
        shirt = random.pick([
            Color(196, 62, 56), Color(44, 108, 170), Color(70, 138, 92), Color(228, 188, 74), Color(232, 232, 226),
            Color(120, 82, 146),
        ])
        trousers = random.pick([
            Color(44, 52, 74), Color(58, 58, 60), Color(88, 78, 64), Color(30, 34, 40), Color(76, 90, 112),
        ])
        shoes = random.pick([Color(36, 32, 32), Color(216, 214, 210), Color(110, 66, 40)])
        longSleeves = random.chance(0.35)
        shorts = random.chance(0.25)
        longHair = random.chance(0.4)
    }
}

extension Color {
    /// A share `weight` of the way to another colour.
    func mixed(with other: Color, _ weight: Float) -> Color {
        func mix(_ a: UInt8, _ b: UInt8) -> UInt8 {
            UInt8(max(0, min(255, Float(a) + (Float(b) - Float(a)) * weight + 0.5)))
        }
        return Color(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
    }

    func darkened(_ weight: Float) -> Color { mixed(with: .black, weight) }
    func lightened(_ weight: Float) -> Color { mixed(with: .white, weight) }
}
