import Randomness

/// One way of doing something: postures over time, and the ground truth about them.
protocol Motion: Sendable {
    /// The figure at a time, in seconds from 0, in the frame of the place the person stands on.
    func figure(at time: Double) -> Figure
    /// What was done when; empty for kinds that do not repeat.
    var repetitions: [PuppetRepetition] { get }
    /// Seconds until the movement is done.
    var duration: Double { get }
    /// How far the person has come forward by a time, in metres.
    func travel(at time: Double) -> Float
    /// How far the person has turned to the left by a time, in radians.
    func turn(at time: Double) -> Float
}

extension Motion {
    func travel(at time: Double) -> Float { 0 }
    func turn(at time: Double) -> Float { 0 }
}

/// A motion that goes out and back again and again.
protocol RepeatedMotion: Motion {
    var plan: Repetitions { get }
}

extension RepeatedMotion {
    var repetitions: [PuppetRepetition] { plan.all }
    var duration: Double { plan.duration }
}

/// What every motion is made from.
struct MotionRecipe {
    let body: PuppetBody
    let style: PuppetStyle
    let length: PuppetLength
    /// Whether manners are drawn that drawn scenes do without: squats under a bar, walks with bent arms, busy standing.
    var isBroad = false
    /// What `nothing` is; drawn at random when nil.
    var form: NothingForm?
    var random: SplitMix64

    func taking(_ form: NothingForm) -> MotionRecipe {
        var recipe = self
        recipe.form = form
        return recipe
    }
}
