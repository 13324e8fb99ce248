import Puppet
import Skeleton
import TestSupport
import Testing

@Suite("Performances")
struct PuppetPerformanceTests {
    private static let seeds: ClosedRange<UInt64> = 1...12

    private func times(_ performance: PuppetPerformance) -> [Double] {
        Array(stride(from: 0, to: performance.duration, by: 0.07))
    }

    @Test("the same seed gives the same motion", arguments: PuppetKind.allCases)
    func seedSettlesEverything(kind: PuppetKind) {
        let first = PuppetPerformance(kind, length: .seconds(4), seed: 9)
        let second = PuppetPerformance(kind, length: .seconds(4), seed: 9)
        let other = PuppetPerformance(kind, length: .seconds(4), seed: 10)
        #expect(first.repetitions == second.repetitions)
        #expect(times(first).allSatisfy { first.skeleton(at: $0) == second.skeleton(at: $0) })
        #expect(times(first).contains { first.skeleton(at: $0) != other.skeleton(at: $0) })
    }

    @Test("bones keep their length", arguments: PuppetKind.allCases, [false, true])
    func bonesAreRigid(kind: PuppetKind, isBroad: Bool) {
        let bones = [
            ("Hip", "Knee"), ("Knee", "Ankle"), ("Ankle", "Heel"), ("Heel", "FootIndex"), ("Shoulder", "Elbow"),
            ("Elbow", "Wrist"), ("Wrist", "Index"), ("Wrist", "Pinky"),
        ]
        for seed in Self.seeds {
            let performance = PuppetPerformance(kind, length: .seconds(4), isBroad: isBroad, seed: seed)
            let body = performance.body
            for time in times(performance) {
                let skeleton = performance.skeleton(at: time)
                for side in ["left", "right"] {
                    let lengths = bones.map { bone in
                        distance(skeleton.joint(side + bone.0), skeleton.joint(side + bone.1))
                    }
                    expectClose(
                        [lengths[0], lengths[1], lengths[4], lengths[5]],
                        [body.thigh, body.shank, body.upperArm, body.forearm], tolerance: 1e-3, "\(kind) seed \(seed)")
                    expectClose(
                        lengths,
                        bones.map { bone in
                            let first = performance.skeleton(at: 0)
                            return distance(first.joint("left" + bone.0), first.joint("left" + bone.1))
                        }, tolerance: 1e-3, "\(kind) seed \(seed) at \(time)")
                }
            }
        }
    }

    @Test("a mirrored performance is the mirrored pose", arguments: PuppetKind.allCases)
    func mirrorSwapsSides(kind: PuppetKind) {
        let plain = PuppetPerformance(kind, length: .seconds(3), mirrored: false, seed: 4)
        let mirrored = PuppetPerformance(kind, length: .seconds(3), mirrored: true, seed: 4)
        #expect(plain.repetitions.map(\.side) == mirrored.repetitions.map { $0.side?.other })
        let names = SkeletonTopology.blazePose33.jointNames
        let swap = names.map { name in
            let other =
                name.contains("eft")
                ? name.replacing("left", with: "right").replacing("Left", with: "Right")
                : name.replacing("right", with: "left").replacing("Right", with: "Left")
            return names.firstIndex(of: other) ?? 0
        }
        for time in times(plain) {
            let expected = plain.skeleton(at: time).joints
            let found = mirrored.skeleton(at: time).joints
            expectClose(
                swap.indices.flatMap { [found[$0].x, found[$0].y, found[$0].z] },
                swap.flatMap { [-expected[$0].x, expected[$0].y, expected[$0].z] }, tolerance: 1e-5, "\(kind)")
            #expect(abs(plain.turn(at: time) + mirrored.turn(at: time)) < 1e-6)
        }
    }

    @Test(
        "both feet stay where they stand",
        arguments: [
            PuppetKind.stand, .squat, .sitToStand, .armsSideways, .wave, .clap, .punch, .bend, .sitUp,
        ])
    func feetStand(kind: PuppetKind) {
        for seed in Self.seeds {
            let performance = PuppetPerformance(kind, length: .seconds(5), seed: seed)
            let start = performance.skeleton(at: 0)
            for time in times(performance) {
                let skeleton = performance.skeleton(at: time)
                for side in ["left", "right"] {
                    let toe = skeleton.joint(side + "FootIndex")
                    let heel = skeleton.joint(side + "Heel")
                    #expect(abs(min(toe.y, heel.y)) < 0.04, "\(kind) seed \(seed) at \(time): \(toe.y) \(heel.y)")
                    // Toes may rise when the heel is lifted about the ball, but the foot does not slide.
                    let slid = toe - start.joint(side + "FootIndex")
                    #expect(abs(slid.x) + abs(slid.z) < 0.07, "\(kind) seed \(seed) at \(time): slid by \(slid)")
                }
            }
        }
    }

    @Test("nothing sinks into the floor", arguments: PuppetKind.allCases, [false, true])
    func nothingSinks(kind: PuppetKind, isBroad: Bool) {
        for seed in Self.seeds {
            let performance = PuppetPerformance(kind, length: .seconds(4), isBroad: isBroad, seed: seed)
            for time in times(performance) {
                let lowest = performance.skeleton(at: time).joints.map(\.y).min() ?? 0
                #expect(lowest > -0.06, "\(kind) seed \(seed) at \(time): \(lowest)")
            }
        }
    }

    @Test("who falls ends on the floor, who gets up on the feet", arguments: [false, true])
    func fallsAndGetsUp(isBroad: Bool) throws {
        for seed in 1...40 as ClosedRange<UInt64> {
            for (kind, endsLow) in [(PuppetKind.fall, true), (.getUp, false)] {
                let performance = PuppetPerformance(kind, length: .seconds(6), isBroad: isBroad, seed: seed)
                let happening = try #require(performance.repetitions.first)
                #expect(performance.repetitions.count == 1)
                let upright = performance.body.hipHeight
                let (first, last) = (
                    performance.skeleton(at: happening.start - 0.05), performance.skeleton(at: happening.end + 0.1)
                )
                let (high, low) = endsLow ? (first, last) : (last, first)
                #expect(high.pelvis.y > 0.85 * upright && high.joint("nose").y > 1.5 * upright, "\(kind) seed \(seed)")
                #expect(low.pelvis.y < 0.45 * upright && low.joint("nose").y < 0.8 * upright, "\(kind) seed \(seed)")
                // Nobody goes over their own head.
                for time in stride(from: happening.start, to: happening.end, by: 0.1) {
                    let body = performance.skeleton(at: time)
                    #expect(body.pelvis.y < body.joint("nose").y + 0.4, "\(kind) seed \(seed) at \(time)")
                }
            }
        }
    }

    @Test("walkers always have a foot on the floor, runners sometimes have none")
    func gaits() {
        for seed in Self.seeds {
            let walk = PuppetPerformance(.walk, length: .seconds(4), seed: seed)
            let run = PuppetPerformance(.run, length: .seconds(4), seed: seed)
            let heights = { (performance: PuppetPerformance) in
                times(performance).map { time in
                    let skeleton = performance.skeleton(at: time)
                    return ["leftHeel", "rightHeel", "leftFootIndex", "rightFootIndex"].map { skeleton.joint($0).y }
                        .min()!
                }
            }
            #expect(heights(walk).allSatisfy { abs($0) < 1e-4 })
            #expect(heights(run).allSatisfy { $0 > -1e-4 } && heights(run).contains { $0 > 0.005 })
        }
    }

    @Test("a walker's standing foot does not slide much")
    func walkersDoNotSkate() {
        for seed in Self.seeds {
            let walk = PuppetPerformance(.walk, length: .seconds(4), seed: seed)
            var slide: Float = 0
            var way: Float = 0
            for time in stride(from: 0.1, to: 3.5, by: 0.02) {
                let before = walk.skeleton(at: time - 0.02)
                let now = walk.skeleton(at: time)
                let travel = walk.travel(at: time) - walk.travel(at: time - 0.02)
                let side = now.joint("leftAnkle").y < now.joint("rightAnkle").y ? "left" : "right"
                slide += abs(now.joint(side + "Ankle").z - before.joint(side + "Ankle").z + travel)
                way += travel
            }
            #expect(way > 1, "seed \(seed) went \(way) m")
            #expect(slide < 0.5 * way, "seed \(seed) slid \(slide) m of \(way) m")
        }
    }

    @Test("joints move no faster than people can", arguments: PuppetKind.allCases)
    func speedsAreHuman(kind: PuppetKind) {
        for seed in Self.seeds {
            let performance = PuppetPerformance(kind, length: .seconds(4), seed: seed)
            var fastest: Float = 0
            var before = performance.skeleton(at: 0).joints
            for time in stride(from: 0.01, to: 4, by: 0.01) {
                let now = performance.skeleton(at: time).joints
                for joint in now.indices { fastest = max(fastest, distance(now[joint], before[joint]) / 0.01) }
                before = now
            }
            #expect(fastest < 17, "\(kind) seed \(seed): \(fastest) m/s")
            #expect(fastest > 0.005, "\(kind) seed \(seed) stands like a statue")
        }
    }

    @Test(
        "rarer manners move no joint faster than people can either",
        arguments: PuppetKind.allCases.map { ($0, NothingForm?.none) } + NothingForm.allCases.map { (.nothing, $0) })
    func broadSpeedsAreHuman(kind: PuppetKind, form: NothingForm?) {
        for seed in 1...30 as ClosedRange<UInt64> {
            let performance = PuppetPerformance(kind, length: .seconds(5), isBroad: true, form: form, seed: seed)
            var before = performance.skeleton(at: 0).joints
            for time in stride(from: 1.0 / 60, to: 5, by: 1.0 / 60) {
                let now = performance.skeleton(at: time).joints
                // Trunk and limbs, without fingers and toes.
                for joint in [0, 11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28] {
                    let speed = distance(now[joint], before[joint]) * 60
                    #expect(speed < 25, "\(kind) \(form.map { "\($0)" } ?? "") seed \(seed) at \(time)")
                }
                before = now
            }
        }
    }

    @Test("every kind moves in a way of its own")
    func kindsDiffer() {
        let body = PuppetBody()
        let motions = PuppetKind.allCases.map { kind in
            let performance = PuppetPerformance(
                kind, body: body, style: .clear, length: .seconds(4), mirrored: false, seed: 3)
            return stride(from: 0, to: 4, by: 0.25).map { performance.skeleton(at: $0).joints }
        }
        for first in motions.indices {
            for second in motions.indices where second > first {
                var farthest: Float = 0
                for (a, b) in zip(motions[first], motions[second]) {
                    for (p, q) in zip(a, b) { farthest = max(farthest, distance(p, q)) }
                }
                #expect(farthest > 0.2, "\(PuppetKind.allCases[first]) is like \(PuppetKind.allCases[second])")
            }
        }
    }

    @Test(
        "repetitions turn where the body does",
        arguments: [
            PuppetKind.squat, .jumpingJack, .pushUp, .sitUp, .sitToStand, .armRaise, .armsSideways, .bend, .jump,
            .lunge,
        ])
    func repetitionsMatchSignals(kind: PuppetKind) {
        for seed in Self.seeds {
            let performance = PuppetPerformance(kind, style: .clear, length: .repetitions(4), seed: seed)
            #expect(performance.repetitions.count == 4)
            var end = 0.0
            for repetition in performance.repetitions {
                #expect(end <= repetition.start && repetition.start < repetition.turnStart)
                #expect(repetition.turnStart <= repetition.turnEnd && repetition.turnEnd < repetition.end)
                end = repetition.end
                let far = signal(kind, performance, (repetition.turnStart + repetition.turnEnd) / 2)
                for time in stride(from: repetition.start, through: repetition.end, by: 0.02) {
                    let now = signal(kind, performance, time)
                    #expect(now < far + 0.035, "\(kind) seed \(seed) goes further at \(time)")
                }
                #expect(signal(kind, performance, repetition.start) < far - 0.04, "\(kind) seed \(seed)")
                #expect(signal(kind, performance, repetition.end) < far - 0.04, "\(kind) seed \(seed)")
            }
            #expect(performance.duration >= end)
        }
    }

    /// What grows towards the far end of a repetition, metres.
    private func signal(_ kind: PuppetKind, _ performance: PuppetPerformance, _ time: Double) -> Float {
        let skeleton = performance.skeleton(at: time)
        switch kind {
        case .squat, .sitToStand, .lunge: return -skeleton.pelvis.y
        case .pushUp, .bend: return -skeleton.neck.y
        case .sitUp: return skeleton.neck.z
        case .jump: return skeleton.pelvis.y
        default: return max(skeleton.joint("leftWrist").y, skeleton.joint("rightWrist").y)
        }
    }

    @Test(
        "a wave or some claps from rest to rest begin and end with hanging hands", arguments: [PuppetKind.wave, .clap])
    func fromRestToRest(kind: PuppetKind) throws {
        let topology = SkeletonTopology.blazePose33
        let (wrist, shoulder) = (
            try #require(topology.index(of: "leftWrist")), try #require(topology.index(of: "leftShoulder"))
        )
        for seed in 1...12 as ClosedRange<UInt64> {
            let clip = PuppetClip(kind, frames: 400, frameRate: 20, isBroad: true, swings: 3, seed: seed)
            #expect(clip.repetitions.count == 3 && clip.poses.count < 400)
            for pose in [clip.groundTruth[0], clip.groundTruth[clip.groundTruth.count - 1]] {
                let (hand, top) = (try #require(pose.worldPoints[wrist]), try #require(pose.worldPoints[shoulder]))
                #expect(hand.y > top.y, "y grows downwards")
            }
        }
    }
}

func distance(_ a: SIMD3<Float>, _ b: SIMD3<Float>) -> Float {
    ((a - b) * (a - b)).sum().squareRoot()
}
