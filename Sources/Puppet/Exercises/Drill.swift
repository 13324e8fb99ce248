import Randomness

/// How an exercise is done in a set: well, or with one fault, everything else drawn at random within good form.
struct Drill {
    let fault: PuppetFault?
    let recipe: MotionRecipe
    let plan: Repetitions
    var random: SplitMix64

    func motion(of exercise: PuppetExercise) -> any RepeatedMotion {
        var drill = self
        switch exercise {
        case .squat: return drill.squat()
        case .lunge: return drill.lunge()
        case .pushUp: return drill.pushUp()
        case .sitUp: return drill.sitUp()
        case .jumpingJack: return drill.jumpingJack()
        case .deadlift, .legRaise, .bicepCurl, .frontRaise, .lateralRaise: return drill.lift(exercise)
        }
    }

    private mutating func squat() -> any RepeatedMotion {
        let depth = fault == .squatTooShallow ? random.uniform(0.55, 0.68) : random.uniform(0.88, 1.2)
        let lean = fault == .squatLeaning ? random.uniform(76, 88) : random.uniform(18, 45)
        let isIn = fault == .squatKneesIn
        let knees = SIMD3(isIn ? random.uniform(-0.36, -0.26) : random.uniform(0, 0.3), 0, 1)
        return SquatMotion(recipe).taking(
            plan, depth: depth, lean: degrees(lean), knees: knees,
            feet: degrees(isIn ? random.uniform(0, 6) : random.uniform(5, 18)))
    }

    private mutating func lunge() -> any RepeatedMotion {
        let hips = fault == .lungeKneeOverToe ? random.uniform(0.82, 0.92) : random.uniform(0.48, 0.58)
        let lean = fault == .lungeLeaning ? random.uniform(47, 56) : random.uniform(0, 18)
        return LungeMotion(recipe).taking(
            plan, step: random.uniform(0.8, 1.1), depth: random.uniform(0.8, 1), lean: degrees(lean), hips: hips)
    }

    private mutating func pushUp() -> any RepeatedMotion {
        var sag = random.uniform(-6, 6)
        if fault == .pushUpHips { sag = random.uniform(36, 46) * (random.chance(0.5) ? 1 : -1) }
        return PushUpMotion(recipe).taking(plan, lowest: random.uniform(0.3, 0.48), sag: degrees(sag))
    }

    private mutating func sitUp() -> any RepeatedMotion {
        SitUpMotion(recipe).taking(plan, hips: degrees(random.uniform(52, 78)))
    }

    private mutating func jumpingJack() -> any RepeatedMotion {
        let elevation = fault == .jackArms ? random.uniform(118, 130) : random.uniform(162, 178)
        return JumpingJackMotion(recipe).taking(plan, elevation: degrees(elevation))
    }

    private mutating func lift(_ exercise: PuppetExercise) -> any RepeatedMotion {
        var motion = LiftMotion(exercise, recipe, plan: plan)
        switch fault {
        case .curlLeaning: motion.lean = -degrees(random.uniform(27, 38))
        case .frontRaiseElbows, .lateralRaiseElbows: motion.elbow = degrees(random.uniform(60, 74))
        case .legRaiseKnees: motion.knee = degrees(random.uniform(48, 66))
        default: break
        }
        return motion
    }
}
