import Inference
import Randomness
import TestSupport
import Testing

/// Networks that say something of each joint.
struct JointOutputTests {
    @Test("steps say of each joint what the clip form says")
    func stepsEqualClips() {
        var stream = SplitMix64(seed: 41)
        for round in 0..<24 {
            let network = draw(&stream)
            let frames = 12 + round
            let size = network.joints * network.inputChannels
            let clip = (0..<frames * size).map { _ in stream.normal() }
            let whole = ClipWorkspace(network: network, clips: 1, frames: frames)
            let expected = whole.runJoints(count: 1) { input in
                for i in input.indices { input[i] = clip[i] }
            } read: { outputs in
                (0..<outputs.frames).map { frame in values(outputs[0, frame]) }
            }
            let (workspace, state) = (StepWorkspace(network: network, people: 2), ContinualState(network))
            let delay = network.receptiveField.delay
            for time in 0..<frames {
                workspace.step([state]) { _, frame in
                    for i in frame.indices { frame[i] = clip[time * size + i] }
                } read: { _, result in
                    #expect((result.joints == nil) == (time < delay), "\(delay) frames are waited for")
                    #expect(result.logits.isEmpty, "nothing is said of the body as a whole")
                    if let joints = result.joints {
                        expectClose(values(joints), expected[time - delay], tolerance: 1e-4)
                    }
                }
            }
        }
    }

    @Test("joint outputs want a window of one frame and no strides")
    func refusals() {
        var architecture = TemporalArchitecture(
            inputChannels: 2, frames: 8, classes: 3, blocks: [.init(channels: 4, kernel: 3, lookAhead: 0)], window: 1,
            hasJointOutputs: true)
        #expect(architecture.fault == nil)
        architecture.window = nil
        #expect(architecture.fault?.contains("joint_outputs") == true)
        architecture.window = 1
        architecture.blocks[0].stride = 2
        #expect(architecture.fault?.contains("joint_outputs") == true)
    }

    private func values(_ frame: FeatureFrame) -> [Float] {
        (0..<frame.joints).flatMap { joint in (0..<frame.channels).map { frame[joint, $0] } }
    }

    private func draw(_ stream: inout SplitMix64) -> ContinualNetwork {
        func pick(_ range: ClosedRange<Int>) -> Int { range.lowerBound + Int(stream.next() % UInt64(range.count)) }
        let joints = pick(2...17)
        let edges = (1..<joints).map { ($0, pick(0...$0 - 1)) }
        let architecture = TemporalArchitecture(
            inputChannels: pick(1...5), frames: 12, classes: pick(1...6),
            blocks: (0..<pick(1...3)).map { _ in
                .init(channels: pick(1...40), kernel: 3, dilation: pick(1...2), lookAhead: 0)
            }, window: 1, hasJointOutputs: true)
        let layers = TemporalLayers(architecture: architecture, joints: joints, edges: edges, center: 0)
        return ContinualNetwork(layers: layers, parameters: layers.initialParameters(seed: stream.next()))
    }
}
