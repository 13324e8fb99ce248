/// Getting from one movement into another and back: the moments between actions.
struct Blending: NothingBase {
    private let first: any Motion
    private let second: any Motion
    private let changes: [Double]
    private let time: Float

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
        time = random.uniform(0.9, 1.8)
    }

    var usesArms: Bool { false }

    func posture(at time: Double) -> Posture? { nil }

    func figure(at now: Double) -> Figure {
        var weight: Float = 0
        for (index, change) in changes.enumerated() where change <= now {
            let share = Easing.minimumJerk(Float(now - change) / min(time, 1.1))
            weight = index % 2 == 0 ? share : 1 - share
        }
        return first.figure(at: now).mixed(with: second.figure(at: now), weight)
    }
}
