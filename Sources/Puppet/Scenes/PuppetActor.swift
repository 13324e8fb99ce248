import Foundation
import Randomness

/// A person of a scene: who they are, and what they do one thing after another.
package struct PuppetActor: Sendable {
    package let body: PuppetBody
    package let look: PuppetLook
    package let steps: [PuppetStep]

    /// - Parameters:
    ///   - place: where the programme begins, metres on the floor (x, z).
    ///   - heading: to where the person faces, radians from z towards x.
    ///   - start: when the programme begins, in seconds of the scene.
    package init(
        body: PuppetBody, look: PuppetLook, style: PuppetStyle = .clear, at place: SIMD2<Float>, heading: Float = 0,
        from start: Double = 0, programme: [PuppetInstruction], seed: UInt64
    ) {
        self.body = body
        self.look = look
        var random = SplitMix64(seed: seed)
        var steps: [PuppetStep] = []
        var time = start
        var now = place
        var facing = heading
        for instruction in programme {
            let step = PuppetStep(
                instruction, body: body, style: style, at: now, heading: facing, from: time, seed: random.next())
            steps.append(step)
            time = step.end
            now = step.endPlace
            facing = step.endHeading
        }
        self.steps = steps
    }

    /// When the programme begins and ends, in seconds of the scene.
    package var start: Double { steps.first?.start ?? 0 }
    package var end: Double { steps.last?.end ?? 0 }

    /// Where the joints are at a time; nil before and after the programme.
    package func skeleton(at time: Double) -> PuppetSkeleton? {
        guard let index = steps.lastIndex(where: { $0.start <= time }), time < end else { return nil }
        let step = steps[index]
        var figure = step.figure(at: time)
        var (place, heading) = step.placement(at: time)
        // A change is spread over the end of one step and the beginning of the next.
        if index + 1 < steps.count, step.end - time < changeTime(index + 1) / 2 {
            let next = steps[index + 1]
            let span = changeTime(index + 1)
            let weight = Float((time - step.end + span / 2) / span)
            (figure, place, heading) = changed(from: step, to: next, figure, next.figure(at: time), weight, at: time)
        } else if index > 0, time - step.start < changeTime(index) / 2 {
            let before = steps[index - 1]
            let span = changeTime(index)
            let weight = Float((time - step.start + span / 2) / span)
            (figure, place, heading) = changed(
                from: before, to: step, before.figure(at: time), figure, weight, at: time)
        }
        var skeleton = body.skeleton(figure)
        let lowest = skeleton.joints.map(\.y).min() ?? 0
        if lowest < 0 { place.y -= lowest }
        skeleton = skeleton.placed(at: place, heading: heading)
        return skeleton
    }

    /// Seconds that the change into a step takes; getting to the floor and up takes longer.
    private func changeTime(_ index: Int) -> Double {
        let kinds = [steps[index - 1].kind, steps[index].kind]
        if kinds.contains(where: \.isOnFloor) && kinds[0] != kinds[1] { return 2 }
        if kinds[0] == kinds[1] { return 0.3 }
        return kinds.contains(.walk) ? 0.7 : 0.5
    }

    private func changed(
        from before: PuppetStep, to next: PuppetStep, _ old: Figure, _ new: Figure, _ weight: Float, at time: Double
    ) -> (Figure, SIMD3<Float>, Float) {
        let (place1, heading1) = before.placement(at: time)
        let (place2, heading2) = next.placement(at: time)
        let share = Easing.minimumJerk(weight)
        let place = place1 + (place2 - place1) * share
        let turn = (heading2 - heading1).remainder(dividingBy: 2 * .pi)
        let heading = heading1 + turn * share
        guard before.kind.isOnFloor != next.kind.isOnFloor else { return (old.mixed(with: new, share), place, heading) }
        // By way of a crouch with the hands on the floor, or of sitting down.
        let lying = before.kind.isOnFloor ? before.kind : next.kind
        let middle = body.solve(lying == .pushUp ? crouch : squatOnFloor)
        let figure =
            weight < 0.5
            ? old.mixed(with: middle, Easing.cosine(weight * 2))
            : middle.mixed(with: new, Easing.cosine(weight * 2 - 1))
        return (figure, place, heading)
    }

    private var crouch: Posture {
        let foot = FootPlace(x: 0.12, z: 0, heelLift: degrees(35))
        var posture = Posture(
            hips: SIMD3(0, 0.3 * body.stature, 0.02),
            arms: Sided(.reach(SIMD3(0.13, 0.03, 0.32), from: .floor, elbow: SIMD3(1, 0, -0.3), flat: true)),
            legs: Sided(.planted(foot, knee: SIMD3(0.3, 0, 1))))
        posture.bendTrunk(forward: degrees(85), pelvis: 0.6)
        return posture
    }

    private var squatOnFloor: Posture {
        var posture = Posture(
            hips: SIMD3(0, 0.14 * body.stature, -0.2 * body.stature),
            arms: Sided(.reach(SIMD3(0.16, 0.03, -0.3), from: .floor, elbow: SIMD3(1, 0, -0.6), flat: true)),
            legs: Sided(.planted(FootPlace(x: 0.12, z: 0), knee: SIMD3(0.15, 0.3, 1))))
        posture.bendTrunk(forward: degrees(25), pelvis: 0.2)
        return posture
    }
}

extension PuppetKind {
    /// Done lying or on hands and feet.
    package var isOnFloor: Bool { self == .pushUp || self == .sitUp }
}
