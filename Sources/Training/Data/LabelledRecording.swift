package import Recognition
package import Recordings
package import Skeleton

/// One recording as a model is measured on it: what its input takes of each subject, and what is done.
package struct LabelledRecording: Sendable {
    /// Names the recording in reports.
    package var name: String
    package var label: String
    package var person: String?
    /// The person's body, or each of their hands, as the model's input has it; samples grow in time.
    package var subjects: [(side: HandPose.Side?, samples: [ActionSample])]

    /// A clip that is in memory for a training.
    package init(_ motion: LabelledMotion) {
        name = motion.name
        label = motion.label
        person = motion.subject
        subjects = [(nil, motion.samples.map(ActionSample.motion))]
    }

    /// The person in a recording; nil when they are seen in fewer than two frames.
    package init?(_ recording: Recording, name: String, label: String, person: String?, input: ActionInput) {
        var sampler = ActionSampler(input)
        var found: [HandPose.Side?: [ActionSample]] = [:]
        let places = input.followsPlaces ? recording.places : []
        for (index, frame) in recording.frames().enumerated() {
            for pose in frame.people.map(\.pose) {
                let time = frame.presentationTime.inSeconds
                for (side, sample) in sampler.samples(of: pose, at: time, aspectRatio: frame.aspectRatio) {
                    guard found[side]?.last.map({ $0.time < time }) ?? true else { continue }
                    found[side, default: []].append(places.isEmpty ? sample : sample.placed(at: places[index]))
                }
            }
        }
        guard found.values.contains(where: { $0.count > 1 }) else { return nil }
        self.name = name
        self.label = label
        self.person = person
        subjects = found.sorted { ($0.key?.rawValue ?? "") < ($1.key?.rawValue ?? "") }.map { ($0.key, $0.value) }
    }

    /// Every clip of a folder that has a label and shows somebody.
    ///
    /// - Parameters:
    ///   - input: of the model that is measured.
    ///   - selection: which of the clips are meant, and what they are called.
    ///   - progress: called with the number of the folder's clips that are done.
    ///   - leftOut: called with the name of every clip that is meant but shows nobody.
    package static func load(
        _ folder: RecordingsFolder, for input: ActionInput, selection: ClipSelection = ClipSelection(),
        progress: (Int) -> Void = { _ in }, leftOut: (String) -> Void = { _ in },
        where isWanted: (RecordedClip) -> Bool = { _ in true }
    ) throws(RecordingsError) -> [LabelledRecording] {
        var recordings: [LabelledRecording] = []
        for (index, clip) in folder.clips.enumerated() where isWanted(clip) {
            progress(index)
            guard let label = selection.label(of: clip) else { continue }
            let recording = LabelledRecording(
                try folder.load(clip), name: clip.name, label: label, person: clip.subject, input: input)
            if let recording { recordings.append(recording) } else { leftOut(clip.name) }
        }
        return recordings
    }
}

extension ActionSample {
    /// The same where the source tells where in the room the pelvis is.
    fileprivate func placed(at place: SIMD3<Float>?) -> ActionSample {
        guard let place, case .motion(var sample) = self else { return self }
        sample.root = .world(place)
        return .motion(sample)
    }
}

extension EvaluationProtocol {
    /// Such as `284 clips of 1, 3, 5`.
    package static func clips(_ recordings: [LabelledRecording]) -> String {
        clips(recordings.count, people: recordings.compactMap(\.person))
    }
}
