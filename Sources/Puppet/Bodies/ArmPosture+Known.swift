import Randomness

extension ArmPosture {
    /// The arm hangs at the side, the elbow a little bent.
    static func hanging(using random: inout SplitMix64) -> ArmPosture {
        .raised(
            elevation: degrees(random.uniform(4, 13)), plane: degrees(random.uniform(40, 105)),
            rotation: degrees(random.uniform(-5, 35)), elbow: degrees(random.uniform(6, 26)),
            wrist: degrees(random.uniform(0, 12)))
    }

    static func onHip(using random: inout SplitMix64) -> ArmPosture {
        .reach(
            SIMD3(random.uniform(0.078, 0.095), random.uniform(0.045, 0.1), random.uniform(-0.01, 0.035)),
            from: .pelvis,
            elbow: SIMD3(1, 0, random.uniform(-0.7, 0)), wrist: degrees(40))
    }

    static func inPocket(using random: inout SplitMix64) -> ArmPosture {
        .reach(
            SIMD3(random.uniform(0.078, 0.1), random.uniform(-0.05, -0.015), random.uniform(0.025, 0.06)),
            from: .pelvis,
            elbow: SIMD3(random.uniform(0.3, 1), 0, -1))
    }

    /// The forearm across the chest, one over the other.
    static func crossed(over: Bool) -> ArmPosture {
        .reach(
            SIMD3(over ? -0.045 : -0.03, over ? -0.115 : -0.135, over ? 0.105 : 0.085), from: .chest,
            elbow: SIMD3(0.75, -1, 0.25))
    }

    static func clasped(low: Bool) -> ArmPosture {
        low
            ? .reach(SIMD3(0.005, -0.025, 0.1), from: .pelvis, elbow: SIMD3(1, -0.3, -0.6))
            : .reach(SIMD3(0.008, -0.16, 0.14), from: .chest, elbow: SIMD3(0.9, -1, -0.2))
    }

    static let behindBack = ArmPosture.reach(SIMD3(0.005, 0.03, -0.085), from: .pelvis, elbow: SIMD3(1, 0, -0.5))

    /// Busy with something at a table.
    static func atTable(using random: inout SplitMix64) -> ArmPosture {
        .reach(
            SIMD3(random.uniform(0.02, 0.15), random.uniform(0.02, 0.11), random.uniform(0.14, 0.26)), from: .pelvis,
            elbow: SIMD3(0.5, -1, -0.5), wrist: degrees(10))
    }

    /// A telephone held at the ear.
    static func atEar(using random: inout SplitMix64) -> ArmPosture {
        .reach(
            SIMD3(random.uniform(0.065, 0.085), random.uniform(0.005, 0.04), random.uniform(0.03, 0.06)), from: .head,
            elbow: SIMD3(0.7, -1, random.uniform(-0.2, 0.5)))
    }

    /// Something held before the chest to look at.
    static func beforeChest(using random: inout SplitMix64) -> ArmPosture {
        .reach(
            SIMD3(random.uniform(-0.02, 0.06), random.uniform(-0.17, -0.07), random.uniform(0.13, 0.21)), from: .chest,
            elbow: SIMD3(0.5, -1, -0.1))
    }

    /// The hand at the mouth or the chin.
    static func atMouth(using random: inout SplitMix64) -> ArmPosture {
        .reach(
            SIMD3(random.uniform(0.0, 0.03), random.uniform(-0.045, 0.01), random.uniform(0.085, 0.125)), from: .head,
            elbow: SIMD3(random.uniform(0.5, 1), -1, 0.1))
    }

    /// The hand at the hair or the forehead.
    static func atHair(using random: inout SplitMix64) -> ArmPosture {
        .reach(
            SIMD3(random.uniform(0.02, 0.07), random.uniform(0.07, 0.125), random.uniform(-0.04, 0.07)), from: .head,
            elbow: SIMD3(1, random.uniform(-0.4, 0.4), 0.4))
    }

    /// Scratching or rubbing the other arm, the chest or the belly.
    static func onBody(using random: inout SplitMix64) -> ArmPosture {
        .reach(
            SIMD3(random.uniform(-0.09, 0.05), random.uniform(-0.24, -0.03), random.uniform(0.075, 0.11)), from: .chest,
            elbow: SIMD3(0.8, -1, 0))
    }

    /// The hand somewhere in front of or beside the person.
    static func somewhere(using random: inout SplitMix64) -> ArmPosture {
        .reach(
            SIMD3(random.uniform(-0.06, 0.24), random.uniform(-0.26, 0.16), random.uniform(0.06, 0.3)), from: .chest,
            elbow: SIMD3(0.7, -1, random.uniform(-0.5, 0.2)), wrist: degrees(random.uniform(-20, 30)))
    }

    /// A loose gesture of the forearm, as in talk.
    static func talking(using random: inout SplitMix64) -> ArmPosture {
        .raised(
            elevation: degrees(random.uniform(5, 40)), plane: degrees(random.uniform(0, 80)),
            rotation: degrees(random.uniform(-35, 50)), elbow: degrees(random.uniform(55, 120)),
            wrist: degrees(random.uniform(-20, 20)))
    }

    /// Bent arms held before the chest as people do in squats and lunges.
    static func guardBeforeChest(using random: inout SplitMix64) -> ArmPosture {
        .reach(
            SIMD3(random.uniform(0.0, 0.05), random.uniform(-0.1, -0.01), random.uniform(0.11, 0.18)), from: .chest,
            elbow: SIMD3(random.uniform(0.5, 1), -1, 0))
    }

    /// The same posture with the hand, or the arm's angles, a little elsewhere.
    func shifted(by offset: SIMD3<Float>) -> ArmPosture {
        switch self {
        case .angles(let flexion, let abduction, let rotation, let elbow, let wrist):
            .angles(
                flexion: flexion + 3 * offset.x, abduction: abduction + 2 * offset.y, rotation: rotation,
                elbow: max(0.02, elbow + 4 * offset.z), wrist: wrist)
        case .raised(let elevation, let plane, let rotation, let elbow, let wrist):
            .raised(
                elevation: elevation + 3 * offset.x, plane: plane, rotation: rotation + 3 * offset.y,
                elbow: max(0.02, elbow + 4 * offset.z), wrist: wrist)
        case .reach(let place, let part, let elbow, let wrist, let flat):
            .reach(place + offset, from: part, elbow: elbow, wrist: wrist, flat: flat)
        case .mix(let a, let b, let weight):
            .mix(a.shifted(by: offset), b.shifted(by: offset), weight)
        }
    }
}
