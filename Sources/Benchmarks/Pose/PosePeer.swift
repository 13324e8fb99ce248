/// MediaPipe and TFLite in a Python process.
struct PosePeer {
    private let peer: PythonPeer

    init(python: String) throws { peer = try PythonPeer(python: python, program: PosePeerProgram.source) }

    /// Whether the Python packages needed for something are there: `tflite` or `mediapipe`.
    func has(_ part: String) -> Bool { (try? peer.ask("has \(part)")) == 1 }

    /// Milliseconds a run of a network takes, the least of several.
    func network(at path: String, runs: Int) throws -> Double { try peer.ask("network \(runs) \(path)") }

    /// Milliseconds of processor time a frame of MediaPipe's pose solution takes over the first frames of a video.
    func pose(of video: String, frames: Int) throws -> Double { try peer.ask("pose \(frames) \(video)") }
}
