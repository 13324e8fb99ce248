import Inference
import TestSupport
import Testing

/// What a run asks for: nothing.
struct ConvolutionAllocationTests {
    @Test("a run allocates nothing, whatever the operators")
    func everyOperator() throws {
        let network = try ConvolutionNetwork(contentsOf: Golden.tinyNetwork)
        network.run()
        expectAllocations(of: "a convolution network's run, all operators") { for _ in 0..<10 { network.run() } }
    }

    @Test(
        "a run of a pose network allocates nothing",
        arguments: ["pose_detection", "pose_landmark_full", "palm_detection_full", "hand_landmark_full"])
    func poseNetworks(name: String) throws {
        let network = try ConvolutionNetwork(contentsOf: poseModel("\(name).tflite"))
        expectAllocations(of: "a pose network's run") { for _ in 0..<2 { network.run() } }
    }

    @Test("the counter sees an allocation, so that none is news")
    func counterWorks() {
        var kept: [Float] = []
        #expect(allocations { kept = [Float](repeating: 1, count: 1000) } > 0)
        #expect(kept.count == 1000)
    }

    @Test("reading inputs and outputs allocates nothing")
    func access() throws {
        let network = try ConvolutionNetwork(contentsOf: Golden.tinyNetwork)
        network.run()
        var sum: Float = 0
        expectAllocations(of: "reading a convolution network's inputs and outputs") {
            network.withInput { $0[0] = 1 }
            network.withOutput(0) { sum += $0[0] }
        }
        #expect(sum.isFinite)
    }
}
