import Inference

/// A network's outputs beside those it should have.
struct NetworkCheck {
    struct Result {
        let what: String
        let count: Int
        /// Infinite when a number is not one.
        let difference: Float
    }

    /// Frames of one person that steps are compared over, about.
    private static let longestRecording = 2000

    private let network: ContinualNetwork
    private let clips: Int
    private let people: Int
    private let frames: Int
    /// (N, M, T, V, C).
    private let values: [Float]

    init(network: ContinualNetwork, input: String) throws {
        let array = try NumPyArray(path: input)
        let shape = array.shape
        guard shape.count == 5, shape[3] == network.joints, shape[4] == network.inputChannels,
            shape[0] > 0, (1...16).contains(shape[1]), (1...4096).contains(shape[2])
        else {
            throw Self.mismatch(
                input, expected: "shape (N, M, T, \(network.joints), \(network.inputChannels))", found: "\(shape)")
        }
        let bytes = network.clipBytes(clips: shape[1], frames: shape[2])
        guard bytes <= 1 << 29 else {
            throw Self.mismatch(
                input, expected: "clips that take at most \(1 << 29) bytes a layer", found: "\(bytes)")
        }
        self.network = network
        (clips, people, frames) = (shape[0], shape[1], shape[2])
        values = array.numbers
    }

    /// The clip form against files.
    func clips(logits: String?, features: String?) throws -> [Result] {
        let (foundLogits, foundFeatures, outputFrames) = run()
        var results: [Result] = []
        if let features {
            let shape = [clips, people, network.featureChannels, outputFrames, network.joints]
            results.append(
                Self.compare("features of clips", foundFeatures, try Self.read(features, shape: shape)))
        }
        if let logits {
            let expected = try Self.read(logits, shape: [clips, network.classes])
            results.append(Self.compare("logits of clips", foundLogits, expected))
        }
        return results
    }

    /// The step form against the clip form over each person's clips put one after the other.
    func steps() -> Result {
        let used = min(clips, max(1, Self.longestRecording / frames))
        let length = used * frames
        let size = network.joints * network.inputChannels
        var (expected, found): ([Float], [Float]) = ([], [])
        let clipForm = ClipWorkspace(network: network, clips: 1, frames: length)
        let stepForm = StepWorkspace(network: network, people: 1)
        for person in 0..<people {
            let recording = (0..<used).flatMap { clip in
                let first = (clip * people + person) * frames * size
                return values[first..<first + frames * size]
            }
            let state = ContinualState(network)
            var count = 0
            for time in 0..<length {
                stepForm.step([state]) { _, frame in
                    for i in 0..<size { frame[i] = recording[time * size + i] }
                } read: { _, result in
                    guard let features = result.features else { return }
                    found += features.numbers
                    count += 1
                }
            }
            clipForm.run(count: 1) { input in
                for i in input.indices { input[i] = recording[i] }
            } read: { _, features in
                for frame in 0..<count { expected += features[0, frame].numbers }
            }
        }
        return Self.compare("features of steps against clips of \(length) frames", found, expected)
    }

    /// Logits (N, classes), features (N, M, C, T', V), and T'.
    private func run() -> (logits: [Float], features: [Float], frames: Int) {
        let workspace = ClipWorkspace(network: network, clips: people, frames: frames)
        let size = people * frames * network.joints * network.inputChannels
        var (logits, all): ([Float], [Float]) = ([], [])
        var outputFrames = 0
        for clip in 0..<clips {
            workspace.run(count: people) { input in
                for i in input.indices { input[i] = values[clip * size + i] }
            } read: { scores, features in
                outputFrames = features.frames
                // The last map is linear: the mean of people's logits is the logits of people's mean.
                logits += (0..<network.classes).map { index in
                    (0..<people).reduce(0) { $0 + scores[$1][index] } / Float(people)
                }
                for person in 0..<people {
                    for channel in 0..<features.channels {
                        for frame in 0..<features.frames {
                            for joint in 0..<features.joints { all.append(features[person, frame][joint, channel]) }
                        }
                    }
                }
            }
        }
        return (logits, all, outputFrames)
    }

    private static func read(_ path: String, shape: [Int]) throws -> [Float] {
        let array = try NumPyArray(path: path)
        guard array.shape == shape else { throw mismatch(path, expected: "shape \(shape)", found: "\(array.shape)") }
        return array.numbers
    }

    private static func compare(_ what: String, _ found: [Float], _ expected: [Float]) -> Result {
        let difference = zip(found, expected).reduce(Float(0)) { worst, pair in
            let difference = abs(pair.0 - pair.1)
            return difference.isFinite ? max(worst, difference) : .infinity
        }
        return Result(what: what, count: found.count, difference: difference)
    }

    private static func mismatch(_ file: String, expected: String, found: String) -> InferenceError {
        InferenceError(.mismatch, file: file, place: "shape", expected: expected, found: found)
    }
}

extension FeatureFrame {
    /// (joints, channels).
    fileprivate var numbers: [Float] { (0..<joints).flatMap { v in (0..<channels).map { self[v, $0] } } }
}
