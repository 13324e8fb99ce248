/// ONNX Runtime and continual-inference in a Python process, with the network that `ActionBench` measures.
struct ActionPeer {
    private let peer: PythonPeer

    init(python: String) throws { peer = try PythonPeer(python: python, program: ActionPeerProgram.source) }

    /// Whether the Python packages needed for something are there: `onnx` or `continual`.
    func has(_ part: String) -> Bool { (try? peer.ask("has \(part)")) == 1 }

    /// Milliseconds of processor time that ONNX Runtime takes for a clip, the least of several runs.
    func onnx(runs: Int) throws -> Double { try peer.ask("onnx \(runs)") }

    /// Milliseconds of processor time that continual-inference takes for a frame of so many people.
    func continual(runs: Int, people: Int, isStrided: Bool) throws -> Double {
        try peer.ask("continual \(runs) \(people) \(isStrided ? "strided" : "dense")")
    }
}
