import Foundation
import Inference
import Lifting
import Puppet
import Randomness
import Skeleton
import TestSupport
import Testing
import Training

struct LiftingTrainingTests {
    private static let puppets = LiftingMotion.puppets(clips: 1, seconds: 3, seed: 4)

    private func settings(_ steps: Int) -> LiftingSettings {
        var settings = LiftingSettings()
        settings.steps = steps
        settings.batch = 8
        settings.chunk = 4
        settings.frames = 12
        settings.blocks = [.init(channels: 16, kernel: 3, lookAhead: 0), .init(channels: 16, kernel: 3, lookAhead: 0)]
        settings.optimiser.learningRate = 0.01
        return settings
    }

    @Test("the gradient of what is said of joints is that of differences")
    func gradients() {
        let architecture = TemporalArchitecture(
            inputChannels: 3, frames: 6, classes: 4,
            blocks: [.init(channels: 5, kernel: 3, lookAhead: 0), .init(channels: 5, kernel: 3, lookAhead: 1)],
            window: 1, hasJointOutputs: true)
        let layers = TemporalLayers(architecture: architecture, joints: 4, edges: [(1, 0), (2, 1), (3, 1)], center: 0)
        var parameters = layers.initialParameters(seed: 3)
        let pass = TemporalTrainingPass(layers: layers, clips: 2)
        var stream = SplitMix64(seed: 9)
        let clip = (0..<3 * 2 * 6 * 4).map { _ in stream.normal() }
        pass.withInput { for i in $0.indices { $0[i] = clip[i] } }
        let weights = (0..<4 * 2 * 6 * 4).map { _ in stream.normal() }
        func value() -> Double {
            parameters.withUnsafeBufferPointer { parameters in
                guard let base = parameters.baseAddress else { return 0 }
                return zip(pass.forwardJoints(base), weights).reduce(0) { $0 + Double($1.0 * $1.1) }
            }
        }
        _ = value()
        var gradient = [Float](repeating: 0, count: parameters.count)
        parameters.withUnsafeBufferPointer { parameters in
            gradient.withUnsafeMutableBufferPointer { target in
                weights.withUnsafeBufferPointer {
                    guard let base = parameters.baseAddress, let target = target.baseAddress,
                        let slopes = $0.baseAddress
                    else { return }
                    pass.backwardJoints(base, outputsGradient: slopes, addingTo: target)
                }
            }
        }
        var looked = 0
        for slot in layers.layout.slots where slot.role != .statistic {
            for i in [slot.range.lowerBound, slot.range.upperBound - 1] {
                let (kept, step) = (parameters[i], Float(2e-3))
                parameters[i] = kept + step
                let above = value()
                parameters[i] = kept - step
                let below = value()
                parameters[i] = kept
                let slope = (above - below) / Double(2 * step)
                #expect(
                    abs(slope - Double(gradient[i])) < 0.05 * max(1, abs(slope)),
                    "\(slot.name)[\(i)]: \(gradient[i]) by the backward pass, \(slope) by differences")
                looked += 1
            }
        }
        #expect(looked > 20)
    }

    @Test("the same step draws the same people, another one draws others")
    func reproducible() {
        let settings = settings(1)
        let batches = LiftingBatches(settings: settings, motions: [], puppets: Self.puppets)
        func draw(_ step: Int) -> (input: [Float], truths: [SIMD3<Float>]) {
            var input = [Float](
                repeating: 0, count: 4 * 12 * MotionSample.jointCount * LiftingFeatures.channels)
            let drawn = input.withUnsafeMutableBufferPointer {
                batches.assemble(step: step, chunk: 0, clips: 4, frames: 12, into: $0)
            }
            return (input, drawn.truths)
        }
        let (first, again, other) = (draw(3), draw(3), draw(4))
        #expect(first.input == again.input && first.truths == again.truths)
        #expect(first.truths != other.truths)
        let areNumbers = first.input.allSatisfy { $0.isFinite }
        #expect(areNumbers)
    }

    @Test("without errors, what is seen and truly there agree but for depth")
    func truthIsSeen() {
        var settings = settings(1)
        settings.noise = 0
        settings.bodies = 0
        settings.near = 0
        let batches = LiftingBatches(settings: settings, motions: [], puppets: Self.puppets)
        var (off, count) = (Float(0), Float(0))
        for index in 0..<20 {
            var stream = SplitMix64(seed: 11, index: UInt64(index))
            let clip = batches.clip(frames: 12, using: &stream)
            var features = LiftingFeatures()
            var frame = [Float](repeating: 0, count: MotionSample.jointCount * LiftingFeatures.channels)
            for (sample, truth) in zip(clip.samples, clip.truth) {
                frame.withUnsafeMutableBufferPointer { features.next(sample, into: $0) }
                for joint in 1..<MotionSample.jointCount where sample.isSeen(joint) {
                    let error = features.guess[joint] - truth[joint]
                    off += (error.x * error.x + error.y * error.y).squareRoot()
                    count += 1
                }
            }
        }
        #expect(off / count < 0.12, "\(off / count) m across the line of sight")
    }

    @Test(
        "training brings lifted joints nearer than the picture alone does, and the same settings give the same network")
    func learns() {
        let settings = settings(120)
        let batches = LiftingBatches(settings: settings, motions: [], puppets: Self.puppets)
        func train() -> (first: Double, last: Double, weights: [Float]) {
            let training = LiftingTraining(settings: settings, batches: batches)
            var distances: [Double] = []
            _ = training.run(threads: 2) { distances.append($1) }
            return (distances[0], distances[distances.count - 1], training.averaged)
        }
        let (one, two) = (train(), train())
        #expect(one.last < 0.85 * one.first, "\(one.first) m before, \(one.last) m after")
        #expect(one.weights == two.weights)
    }

    @Test("a body of common joints keeps them when it is dressed as blazepose33 and seen")
    func commonJoints() throws {
        var stream = SplitMix64(seed: 12)
        let body = Self.puppets[0].skeletons[0]
        let camera = PuppetCamera(azimuth: 0.7, distance: 3, height: 1.2)
        let judge = MotionSampler(topology: .blazePose33)
        func common(_ skeleton: PuppetSkeleton) -> [SIMD3<Float>] {
            let pose = Pose(topology: .blazePose33, worldPoints: camera.pose(of: skeleton).worldPoints)
            let points = judge.sample(pose, at: 0, aspectRatio: nil).points
            return (0..<MotionSample.jointCount).map { points[$0] - points[0] }
        }
        let seen = common(body)
        // As a recording of the same body has it: y down, in a room.
        let floor = stream.uniform(0.5...2)
        let points = InlineArray<16, SIMD3<Float>> { joint in
            let pose = Pose(topology: .blazePose33, worldPoints: body.joints.map { SIMD3($0.x, floor - $0.y, -$0.z) })
            return judge.sample(pose, at: 0, aspectRatio: nil).points[joint]
        }
        let again = common(PuppetSkeleton(commonJoints: points, floor: floor))
        for (a, b) in zip(seen, again) {
            let e: SIMD3<Float> = a - b
            #expect((e * e).sum().squareRoot() < 1e-4)
        }
    }
}
