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
        let sampled = SampledRecording(recording, input: input)
        guard sampled.isSeenTwice else { return nil }
        self.init(sampled, name: name, label: label, person: person)
    }

    /// The person in a recording that was sampled before.
    init(_ recording: SampledRecording, name: String, label: String, person: String?) {
        self.name = name
        self.label = label
        self.person = person
        subjects = recording.subjects
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

extension EvaluationProtocol {
    /// Such as `284 clips of 1, 3, 5`.
    package static func clips(_ recordings: [LabelledRecording]) -> String {
        clips(recordings.count, people: recordings.compactMap(\.person))
    }
}
