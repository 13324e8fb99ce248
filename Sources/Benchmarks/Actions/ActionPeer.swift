import Inference

/// ONNX Runtime and continual-inference in a Python process, with networks of the shapes that `ActionBench` measures.
struct ActionPeer {
    /// A network as the peer builds it, with random weights: `joints classes channels blocks`, a block being
    /// `channels:kernel:stride:dilation`.
    struct Shape {
        let text: String

        init(_ architecture: TemporalArchitecture, joints: Int) {
            let blocks = architecture.blocks.map { "\($0.channels):\($0.kernel):\($0.stride):\($0.dilation)" }
            text = "\(joints) \(architecture.classes) \(architecture.inputChannels) \(blocks.joined(separator: ","))"
        }
    }

    private let peer: PythonPeer

    init(python: String) throws { peer = try PythonPeer(python: python, program: ActionPeerProgram.source) }

    /// Whether the Python packages needed for something are there: `onnx` or `continual`.
    func has(_ part: String) -> Bool { (try? peer.ask("has \(part)")) == 1 }

    /// Milliseconds of processor time that ONNX Runtime takes for a clip, the least of several runs.
    func onnx(_ shape: Shape, runs: Int) throws -> Double { try peer.ask("onnx \(runs) \(shape.text)") }

    /// Milliseconds of processor time that continual-inference takes for a frame of so many people.
    func continual(_ shape: Shape, runs: Int, people: Int) throws -> Double {
        try peer.ask("continual \(runs) \(people) \(shape.text)")
    }
}
