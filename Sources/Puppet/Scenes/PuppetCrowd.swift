import Foundation
import Randomness

/// Scenes of two to eight people in each other's way, on which it shows whether ids hold.
///
/// The same kind, number of people and seed give the same scene. Track 1 of the ground truth is the first person.
package enum PuppetCrowd: String, Sendable, Hashable, CaseIterable {
    /// They walk to and fro across each other's ways, each at a depth of their own.
    case crossings
    /// They meet in pairs, stand together for two seconds and part: back to where they came from, or past each other.
    case hugs
    /// They walk out of the picture and come back, some soon, some later.
    case returns
    /// Some stand half hidden behind others, who step aside and back; one walks past in front of all.
    case hidden

    /// Seconds that a scene lasts.
    private static let duration = 20.0

    /// The scene of so many people, 2…8.
    package func scene(people: Int, seed: UInt64) -> PuppetScene {
        precondition((2...8).contains(people), "a crowd is of two to eight people")
        var random = SplitMix64(seed: seed)
        for _ in 0..<Self.allCases.firstIndex(of: self)! + 1 { _ = random.next() }
        let plans: [Plan] =
            switch self {
            case .crossings: Self.crossings(people, using: &random)
            case .hugs: Self.hugs(people, using: &random)
            case .returns: Self.returns(people, using: &random)
            case .hidden: Self.hidden(people, using: &random)
            }
        let actors = plans.map { plan in
            let style = PuppetStyle(
                speed: random.uniform(0.85, 1.2), amplitude: 1, sway: 0.7, variation: 0.04)
            return PuppetActor(
                body: PuppetBody(using: &random), look: PuppetLook(using: &random), style: style, at: plan.start,
                heading: plan.heading, from: plan.delay, programme: plan.programme, seed: random.next())
        }
        let camera = PuppetCamera(
            position: SIMD3(0, random.uniform(1.3, 2.2), 5.2), target: SIMD3(0, 0.9, -0.4), focalLength: 1.05,
            aspectRatio: 16.0 / 9)
        return PuppetScene(
            name: "\(rawValue)-\(people)-\(seed)", camera: camera, width: 640, height: 360, frameRate: 15,
            duration: Self.duration, actors: actors, marksHidden: true)
    }

    /// Where somebody begins, when, and what they then do.
    private struct Plan {
        var start: SIMD2<Float>
        var heading: Float = 0
        var delay: Double = 0
        var programme: [PuppetInstruction] = []

        mutating func walk(to place: SIMD2<Float>) { programme.append(.go(.walk, to: place)) }
        mutating func stand(_ seconds: Float, heading: Float? = nil) {
            programme.append(.perform(.stand, .seconds(Double(seconds)), heading: heading))
        }
    }

    /// Depths on the floor, at least a shoulder's breadth apart where there is room, in random order.
    private static func lanes(_ count: Int, using random: inout SplitMix64) -> [Float] {
        let gap = min(0.8, 3 / Float(count))
        let first = random.uniform(-2, 1 - gap * Float(count - 1))
        return (0..<count).map { first + gap * (Float($0) + random.uniform(-0.2, 0.2)) }.shuffled(using: &random)
    }

    private static func crossings(_ count: Int, using random: inout SplitMix64) -> [Plan] {
        lanes(count, using: &random).enumerated().map { index, lane in
            var side: Float = index % 2 == 0 ? -1 : 1
            let startsInside = random.chance(0.5)
            var plan = Plan(
                start: SIMD2(side * (startsInside ? random.uniform(1.2, 3) : 6), lane), heading: -side * .pi / 2,
                delay: startsInside ? 0 : Double(random.uniform(0, 2)))
            if startsInside { plan.stand(random.uniform(0.5, 2)) }
            for _ in 0..<4 {
                side = -side
                plan.walk(to: SIMD2(side * random.uniform(1, 3.2), lane + random.uniform(-0.1, 0.1)))
                plan.stand(random.uniform(0.6, 1.8), heading: random.chance(0.5) ? random.uniform(-1, 1) : nil)
            }
            plan.stand(Float(duration))
            return plan
        }
    }

    private static func hugs(_ count: Int, using random: inout SplitMix64) -> [Plan] {
        var plans: [Plan] = []
        let pairs = count / 2
        let lanes = lanes(max(2, pairs + count % 2), using: &random)
        for pair in 0..<pairs {
            let middle = SIMD2(random.uniform(-1.8, 1.8), lanes[pair])
            let angle = random.uniform(-0.6, 0.6)
            let way = SIMD2(cos(angle), sin(angle))
            let passes = random.chance(0.5)
            let rest = random.uniform(0.5, 1.5)
            let far = random.uniform(1.6, 2.4)
            for side in [Float(-1), 1] {
                let home = middle + side * far * way
                var plan = Plan(start: home, heading: -side * .pi / 2)
                let near = middle + side * 0.17 * way
                let hugHeading = atan2(-side * way.x, -side * way.y)
                plan.stand(rest)
                for round in 0..<3 {
                    plan.walk(to: near)
                    plan.stand(2, heading: hugHeading)
                    if passes && round % 2 == 0 {
                        // Past each other, each keeping to the right.
                        plan.walk(to: middle + SIMD2(-way.y, way.x) * (0.28 * side))
                        plan.walk(to: middle - side * far * way)
                        plan.stand(rest)
                        plan.walk(to: home)
                        plan.stand(rest)
                        break
                    }
                    plan.walk(to: home)
                    plan.stand(rest)
                }
                plan.stand(Float(duration))
                plans.append(plan)
            }
        }
        if count % 2 == 1 {
            var plan = Plan(start: SIMD2(-2.8, lanes[pairs]), heading: .pi / 2)
            for place in [Float(2.6), -2.4, 2.4] {
                plan.walk(to: SIMD2(place, lanes[pairs]))
                plan.stand(1)
            }
            plan.stand(Float(duration))
            plans.append(plan)
        }
        return plans
    }

    private static func returns(_ count: Int, using random: inout SplitMix64) -> [Plan] {
        lanes(count, using: &random).enumerated().map { index, lane in
            let side: Float = index % 2 == 0 ? -1 : 1
            var plan = Plan(start: SIMD2(side * random.uniform(0.8, 2.5), lane), heading: random.uniform(-0.8, 0.8))
            plan.stand(random.uniform(0.5, 3))
            for _ in 0..<3 {
                let exit: Float = random.chance(0.75) ? side : -side
                // Just out of the picture's edge, which is the farther out the farther away.
                plan.walk(to: SIMD2(exit * ((5.2 - lane) * 0.85 + 0.55), lane))
                plan.stand(random.uniform(0.1, 1.5))
                plan.walk(to: SIMD2(exit * random.uniform(0.8, 2.5), lane))
                plan.stand(random.uniform(0.8, 2.5), heading: random.uniform(-0.8, 0.8))
            }
            plan.stand(Float(duration))
            return plan
        }
    }

    private static func hidden(_ count: Int, using random: inout SplitMix64) -> [Plan] {
        var plans: [Plan] = []
        let standing = count - 1
        for index in 0..<standing {
            let isBehind = index % 2 == 1
            let column = Float(index / 2) - Float((standing + 1) / 2 - 1) / 2
            let place = SIMD2(column * 1.5, isBehind ? random.uniform(-1.5, -0.8) : random.uniform(0, 0.6))
            let offset: Float = isBehind ? random.uniform(0.1, 0.3) * (random.chance(0.5) ? 1 : -1) : 0
            var plan = Plan(start: place + SIMD2(offset, 0), heading: random.uniform(-0.5, 0.5))
            if isBehind {
                plan.stand(Float(duration))
            } else {
                for _ in 0..<3 {
                    plan.stand(random.uniform(1.5, 4), heading: random.uniform(-0.5, 0.5))
                    plan.walk(to: place + SIMD2(random.uniform(0.5, 0.8) * (random.chance(0.5) ? 1 : -1), 0))
                    plan.stand(random.uniform(0.8, 2), heading: 0)
                    plan.walk(to: place)
                }
                plan.stand(Float(duration))
            }
            plans.append(plan)
        }
        var walker = Plan(start: SIMD2(-3.4, 1.1), heading: .pi / 2, delay: Double(random.uniform(0, 2)))
        for place in [Float(2.6), -2.6, 2.6] {
            walker.walk(to: SIMD2(place, 1.1))
            walker.stand(random.uniform(0.5, 2))
        }
        walker.stand(Float(duration))
        plans.append(walker)
        return plans
    }
}
