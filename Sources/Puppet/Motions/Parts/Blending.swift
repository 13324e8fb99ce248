/// Getting from one movement into another and back: the moments between actions.
struct Blending: NothingBase {
    private let first: any Motion
    private let second: any Motion
    private let changes: [Double]
    /// Seconds that a change takes.
    private let time: Double

    init(_ recipe: MotionRecipe) {
        var random = recipe.random
        let kinds: [PuppetKind] = [.stand, .walk, .squat, .bend, .armRaise, .sitToStand, .pushUp, .sitUp, .lunge, .run]
        func motion() -> any Motion {
            PuppetPerformance.motion(
                random.pick(kinds),
                MotionRecipe(
                    body: recipe.body, style: recipe.style, length: recipe.length, isBroad: recipe.isBroad,
                    random: random.fork()))
        }
        first = motion()
        second = motion()
        // Changes follow each other closely, so that most moments are part of one.
        var changes: [Double] = []
        var next = Double(random.uniform(-0.5, 0.4))
        while next < recipe.length.seconds {
            changes.append(next)
            next += Double(random.uniform(1.1, 2.2))
        }
        self.changes = changes
        time = Double(min(1.1, random.uniform(0.9, 1.8)))
    }

    var usesArms: Bool { false }

    func posture(at time: Double) -> Posture? { nil }

    func figure(at now: Double) -> Figure {
        guard let index = changes.lastIndex(where: { $0 <= now }) else { return first.figure(at: now) }
        let (before, after) = index % 2 == 0 ? (first, second) : (second, first)
        // From where one stops to where the other goes on: turns between two fixed ones never take another way round.
        let (start, end) = (changes[index], changes[index] + time)
        guard now < end else { return after.figure(at: now) }
        return before.figure(at: start).mixed(
            with: after.figure(at: end), Easing.minimumJerk(Float((now - start) / time)))
    }
}
