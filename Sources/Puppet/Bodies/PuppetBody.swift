package import Randomness

/// Bone lengths and thicknesses of one person, in metres.
///
/// Mean proportions follow Drillis and Contini (1966), shares of the stature; each bone then differs a little of its own.
package struct PuppetBody: Sendable, Equatable {
    /// Floor to top of the head when upright.
    package var stature: Float
    /// Between the shoulder joints, and between the hip joints.
    package var shoulderWidth: Float
    package var hipWidth: Float
    /// Hip centre to the middle of the back, on to the line of the shoulders, and from there to the base of the skull.
    package var lumbar: Float
    package var chest: Float
    package var neck: Float
    /// Base of the skull to the top of the head.
    package var head: Float
    package var upperArm: Float
    package var forearm: Float
    /// Wrist to the fingers' knuckle line times 1.6.
    package var hand: Float
    package var thigh: Float
    package var shank: Float
    /// Ankle joint above the sole.
    package var ankleHeight: Float
    package var foot: Float
    /// Thickness of trunk and limbs relative to an average build.
    package var girth: Float

    /// An adult of average proportions.
    package init(stature: Float = 1.72) {
        self.stature = stature
        shoulderWidth = 0.205 * stature
        hipWidth = 0.115 * stature
        lumbar = 0.135 * stature
        chest = 0.155 * stature
        neck = 0.062 * stature
        head = 0.128 * stature
        upperArm = 0.162 * stature
        forearm = 0.148 * stature
        hand = 0.105 * stature
        thigh = 0.242 * stature
        shank = 0.240 * stature
        ankleHeight = 0.044 * stature
        foot = 0.150 * stature
        girth = 1
    }

    /// A person drawn at random: women, men and taller children, slim to stout.
    package init(using random: inout SplitMix64) {
        let woman = random.chance(0.5)
        let mean: Float = woman ? 1.65 : 1.77
        var body = PuppetBody(
            stature: random.chance(0.08) ? random.uniform(1.25, 1.5) : mean + 0.07 * random.gaussian())
        body.shoulderWidth *= (woman ? 0.96 : 1.04) * (1 + 0.05 * random.gaussian())
        body.hipWidth *= (woman ? 1.04 : 0.98) * (1 + 0.06 * random.gaussian())
        let trunk = 1 + 0.025 * random.gaussian()
        body.lumbar *= trunk * (1 + 0.02 * random.gaussian())
        body.chest *= trunk * (1 + 0.02 * random.gaussian())
        body.neck *= 1 + 0.06 * random.gaussian()
        body.head *= 1 + 0.04 * random.gaussian()
        let arms = 1 + 0.03 * random.gaussian()
        body.upperArm *= arms * (1 + 0.03 * random.gaussian())
        body.forearm *= arms * (1 + 0.03 * random.gaussian())
        body.hand *= arms
        let legs = 1 + 0.025 * random.gaussian()
        body.thigh *= legs * (1 + 0.02 * random.gaussian())
        body.shank *= legs * (1 + 0.02 * random.gaussian())
        body.foot *= 1 + 0.04 * random.gaussian()
        body.girth = max(0.8, 1.02 + 0.13 * random.gaussian())
        self = body
    }

    /// One body in seven as a child of five to nine years: a larger head, shorter arms and legs for its trunk.
    func maybeOfChild(seed: UInt64) -> PuppetBody {
        var random = SplitMix64(seed: seed, index: 0xC41D)
        guard random.chance(0.15) else { return self }
        var body = self
        let age = random.uniform(0, 1)
        let size = mix(1.12, 1.38, age) / stature
        for bone: WritableKeyPath<PuppetBody, Float> in [
            \.stature, \.shoulderWidth, \.hipWidth, \.lumbar, \.chest, \.neck, \.head, \.upperArm, \.forearm, \.hand,
            \.thigh, \.shank, \.ankleHeight, \.foot,
        ] {
            body[keyPath: bone] *= size
        }
        body.head *= mix(1.4, 1.2, age)
        for bone: WritableKeyPath<PuppetBody, Float> in [\.upperArm, \.forearm, \.thigh, \.shank] {
            body[keyPath: bone] *= mix(0.88, 0.95, age)
        }
        return body
    }

    /// Hip joint to ankle joint with a straight knee.
    package var leg: Float { thigh + shank }
    /// Shoulder joint to wrist with a straight elbow.
    package var arm: Float { upperArm + forearm }
    /// Hip centre above the floor when upright.
    package var hipHeight: Float { leg + ankleHeight }
    /// Heel behind the ankle, ball and tip of the foot in front of it.
    var heelBack: Float { 0.26 * foot }
    var ballFront: Float { 0.5 * foot }
    var toeFront: Float { 0.72 * foot }
}
