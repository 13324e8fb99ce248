package import Randomness
import Recognition
package import Skeleton

/// One controlled change of recordings of bodies in space: what a model loses by it tells what its errors come from.
///
/// The same change does the same to the same recording, always.
package struct RecordingChange: Sendable {
    /// In reports for programs, such as `head_unseen`.
    package let key: String
    /// In reports for people.
    package let name: String
    /// How fast the recording is played.
    let speed: Double
    /// Of so many frames the first is kept.
    let keptOneOf: Int
    /// Whether left and right are exchanged in labels, too.
    let isMirror: Bool
    private let edit: @Sendable (inout [MotionSample], inout SplitMix64) -> Void

    /// - Parameter edit: keeps the number of samples; given a source of random numbers of the recording's own.
    package init(
        _ key: String, _ name: String, speed: Double = 1, keptOneOf: Int = 1, isMirror: Bool = false,
        edit: @escaping @Sendable (inout [MotionSample], inout SplitMix64) -> Void = { _, _ in }
    ) {
        precondition(speed > 0 && keptOneOf > 0, "something is left of a recording")
        self.key = key
        self.name = name
        self.speed = speed
        self.keptOneOf = keptOneOf
        self.isMirror = isMirror
        self.edit = edit
    }

    /// Changes a recording that was sampled for a model that looks at motion.
    ///
    /// - Parameters:
    ///   - truth: what is done in it, which keeps to what is shown.
    ///   - number: of the recording in its set: what comes at random differs from one to the next.
    ///   - classes: of the model; a mirrored label that is none of them stays as it is.
    package func apply(
        to recording: inout SampledRecording, truth: inout [LabelledStream.Segment], number: Int, classes: [String]
    ) {
        var stream = SplitMix64(seed: Self.seed, index: UInt64(number))
        recording.editMotion { edit(&$0, &stream) }
        if keptOneOf > 1 {
            recording.frames = recording.frames.enumerated().filter { $0.offset % keptOneOf == 0 }.map(\.element)
        }
        if speed != 1, let start = recording.frames.first?.time.inSeconds {
            recording.retime { start + ($0 - start) / speed }
            for index in truth.indices {
                truth[index].start = start + (truth[index].start - start) / speed
                truth[index].end = start + (truth[index].end - start) / speed
            }
        }
        if isMirror {
            for index in truth.indices { truth[index].label = label(truth[index].label, classes: classes) }
        }
    }

    /// What a label is called after the change.
    func label(_ label: String, classes: [String]) -> String {
        guard isMirror else { return label }
        let mirrored = SequenceAssembler.mirrored(label)
        return classes.contains(mirrored) ? mirrored : label
    }

    private static let seed: UInt64 = 0xC4A_46E5
}

extension SampledRecording {
    /// Gives every frame another time.
    ///
    /// - Parameter time: from seconds to seconds; grows.
    mutating func retime(_ time: (Double) -> Double) {
        for index in frames.indices {
            frames[index].time = Duration(clampingSeconds: time(frames[index].time.inSeconds))
            let now = frames[index].time.inSeconds
            frames[index].samples = frames[index].samples.map { ($0.side, $0.sample.held(until: now)) }
        }
    }
}
