import Foundation
import Randomness

/// From lying on the floor to the feet, by way of sitting or of hands and knees, and a crouch.
struct GetUpMotion: Motion {
    let repetitions: [PuppetRepetition]
    let duration: Double
    private let body: PuppetBody
    private let lying: Lying
    private let stance: Stance
    private let crawls: Bool
    private let stages: [(from: Double, figure: Figure)]

    private var rise: PuppetRepetition { repetitions[0] }

    init(_ recipe: MotionRecipe) {
        var random = recipe.random
        body = recipe.body
        var inner = recipe
        inner.random = random.fork()
        lying = Lying(inner)
        stance = Stance(body, sway: recipe.style.sway, width: 1...2.2, using: &random)
        let start = Double(random.uniform(0.2, 1.2))
        func pause() -> Double { Double(random.uniform(0.45, 1.3) / recipe.style.speed) }
        // From the back one sits up; from a side or the belly one comes to hands and knees, headed the other way.
        let crawls = abs(lying.roll) > degrees(45)
        self.crawls = crawls
        func headed(_ figure: Figure) -> Figure { crawls ? Self.turnedAround(figure) : figure }
        var low: Figure
        if crawls {
            var crawling = recipe
            crawling.random = random.fork()
            low = Crawling(crawling).figure(at: 0)
        } else {
            let forth = random.uniform(0.05, 0.3)
            var posture = stance.posture(at: 0)
            posture.hips = SIMD3(0, 0.1, -0.2)
            posture.bendTrunk(forward: degrees(random.uniform(-25, 25)), pelvis: 0.4)
            posture.legs = stance.feet.map { _, foot in
                var place = foot
                place.z += forth
                return .planted(place, knee: SIMD3(0.2, 1, 0.3))
            }
            posture.arms[random.chance(0.5) ? .left : .right] = .reach(
                SIMD3(0.16, 0.03, -0.16), from: .floor, elbow: SIMD3(1, 0.3, -1), flat: true)
            low = body.solve(posture)
        }
        low = body.onFloor(headed(low))
        var crouch = stance.posture(at: 0)
        crouch.hips = SIMD3(0, random.uniform(0.3, 0.6) * body.hipHeight, -random.uniform(0.1, 0.25))
        crouch.bendTrunk(forward: degrees(random.uniform(25, 75)), pelvis: 0.6)
        if random.chance(0.5) {
            // On one knee.
            crouch.legs[random.chance(0.5) ? .left : .right] = .angles(flexion: 0.1, abduction: 0.1, knee: degrees(95))
        }
        if random.chance(0.6) {
            crouch.arms[random.chance(0.5) ? .left : .right] = .reach(
                SIMD3(0.07, 0.1, 0.2), from: .pelvis, elbow: SIMD3(1, 0, -0.6))
        }
        let first = start + pause()
        let second = first + pause()
        let end = second + pause()
        stages = [
            (start, low), (first, body.onFloor(headed(body.solve(crouch)))),
            (second, headed(body.solve(stance.posture(at: end)))),
        ]
        repetitions = [.once(from: start, to: end)]
        duration = recipe.length.duration(whenDoneAt: end + 0.4)
    }

    func figure(at time: Double) -> Figure {
        guard time < rise.end else {
            let standing = body.solve(stance.posture(at: time))
            return crawls ? Self.turnedAround(standing) : standing
        }
        guard let index = stages.lastIndex(where: { $0.from <= time }) else { return lyingFigure(at: time) }
        let before = index == 0 ? lyingFigure(at: stages[0].from) : stages[index - 1].figure
        let end = index + 1 < stages.count ? stages[index + 1].from : rise.end
        let share = Float((time - stages[index].from) / (end - stages[index].from))
        return body.onFloor(before.mixed(with: stages[index].figure, Easing.minimumJerk(share)))
    }

    private static func turnedAround(_ figure: Figure) -> Figure {
        var turned = figure
        turned.pelvis = .turn(.pi) * figure.pelvis
        turned.hips *= SIMD3(-1, 1, -1)
        return turned
    }

    private func lyingFigure(at time: Double) -> Figure {
        guard let posture = lying.posture(at: time) else { preconditionFailure("who lies has a posture") }
        return body.onFloor(body.solve(posture))
    }
}
