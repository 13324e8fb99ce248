import Randomness

/// Somebody doing something: where their joints are at any time, and what they truly do.
///
/// Everything follows from the seed; the same performance in a mirror swaps left and right exactly.
package struct PuppetPerformance: Sendable {
    package let kind: PuppetKind
    package let body: PuppetBody
    package let style: PuppetStyle
    package let mirrored: Bool
    private let motion: any Motion

    /// - Parameters:
    ///   - body: drawn at random when nil.
    ///   - style: drawn at random when nil.
    ///   - length: how long; repetitions under way at the end are finished.
    ///   - mirrored: drawn at random when nil.
    ///   - isBroad: draws rarer manners too, as training needs them.
    ///   - form: what `nothing` is; drawn at random when nil.
    package init(
        _ kind: PuppetKind, body: PuppetBody? = nil, style: PuppetStyle? = nil, length: PuppetLength = .seconds(8),
        mirrored: Bool? = nil, isBroad: Bool = false, form: NothingForm? = nil,
        seed: UInt64
    ) {
        var random = SplitMix64(seed: seed)
        let drawnBody = PuppetBody(using: &random)
        let drawnStyle = PuppetStyle(using: &random)
        let drawnMirror = random.chance(0.5)
        self.kind = kind
        self.body = body ?? (isBroad ? drawnBody.maybeOfChild(seed: seed) : drawnBody)
        self.style = style ?? drawnStyle
        self.mirrored = mirrored ?? drawnMirror
        motion = Self.motion(
            kind,
            MotionRecipe(
                body: self.body, style: self.style, length: length, isBroad: isBroad, form: form, random: random.fork())
        )
    }

    /// Somebody standing before somebody else.
    init(_ contact: PuppetContact, body: PuppetBody, style: PuppetStyle, seed: UInt64) {
        kind = .stand
        self.body = body
        self.style = style
        mirrored = false
        motion = ContactMotion(
            contact,
            MotionRecipe(
                body: body, style: style, length: .seconds(contact.duration), random: SplitMix64(seed: seed)))
    }

    /// Seconds until the movement is done.
    package var duration: Double { motion.duration }

    /// What repeats, in order: squats, jumps, strides, single swings of a wave; empty for `stand` and `nothing`.
    package var repetitions: [PuppetRepetition] {
        mirrored ? motion.repetitions.map(\.mirrored) : motion.repetitions
    }

    /// The joints at a time, as of a person standing at the origin and headed along z.
    package func skeleton(at time: Double) -> PuppetSkeleton { body.skeleton(figure(at: time)) }

    /// How far the person has come forward by a time, in metres.
    package func travel(at time: Double) -> Float { motion.travel(at: time) }

    /// How far the person has turned to the left by a time, in radians.
    package func turn(at time: Double) -> Float { mirrored ? -motion.turn(at: time) : motion.turn(at: time) }

    /// The joint turns at a time.
    func figure(at time: Double) -> Figure {
        let figure = motion.figure(at: time)
        return mirrored ? figure.mirrored : figure
    }

    static func motion(_ kind: PuppetKind, _ recipe: MotionRecipe) -> any Motion {
        switch kind {
        case .stand: StandMotion(recipe)
        case .walk: GaitMotion(recipe, running: false)
        case .run: GaitMotion(recipe, running: true)
        case .jump: JumpMotion(recipe)
        case .squat: SquatMotion(recipe)
        case .lunge: LungeMotion(recipe)
        case .sideLunge: SideLungeMotion(recipe)
        case .legRaise: LegRaiseMotion(recipe)
        case .sitToStand: SitToStandMotion(recipe)
        case .armRaise: ArmRaiseMotion(recipe, sideways: false)
        case .armsSideways: ArmRaiseMotion(recipe, sideways: true)
        case .jumpingJack: JumpingJackMotion(recipe)
        case .wave: WaveMotion(recipe)
        case .clap: ClapMotion(recipe)
        case .punch: PunchMotion(recipe)
        case .kick: KickMotion(recipe)
        case .bend: BendMotion(recipe)
        case .pushUp: PushUpMotion(recipe)
        case .sitUp: SitUpMotion(recipe)
        case .fall: FallMotion(recipe)
        case .lie: NothingMotion(recipe.taking(.lying))
        case .getUp: GetUpMotion(recipe)
        case .sit: NothingMotion(recipe.taking(.sitting))
        case .nothing: NothingMotion(recipe)
        }
    }
}
