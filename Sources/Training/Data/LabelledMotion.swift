import Recognition
package import Recordings
package import Skeleton

/// One person's motion and what they do in it: a clip to train or test on.
package struct LabelledMotion: Sendable {
    /// Names the clip in reports.
    package var name: String
    package var label: String
    package var subject: String?
    /// Growing in time; at least two.
    package var samples: [MotionSample]
    /// How often this clip is drawn compared with others of its class.
    package var weight: Float
    /// Whether a camera's view and errors are in it already, so that augmentation need not add them.
    package var isSeenByCamera: Bool

    package init(
        name: String, label: String, subject: String? = nil, samples: [MotionSample], weight: Float = 1,
        isSeenByCamera: Bool = false
    ) {
        self.name = name
        self.label = label
        self.subject = subject
        self.samples = samples
        self.weight = weight
        self.isSeenByCamera = isSeenByCamera
    }

    /// The motion in a recording; nil when the person is seen in fewer than two frames.
    package init?(
        _ recording: Recording, name: String, label: String, subject: String?, weight: Float = 1
    ) {
        let sampler = MotionSampler(topology: recording.topology)
        var samples: [MotionSample] = []
        samples.reserveCapacity(recording.poses.count)
        for (time, pose) in zip(recording.times, recording.poses) {
            let sample = sampler.sample(pose, at: time.inSeconds, aspectRatio: recording.aspectRatio)
            if sample.seen != 0, samples.last.map({ $0.time < sample.time }) ?? true { samples.append(sample) }
        }
        guard samples.count > 1 else { return nil }
        self.init(name: name, label: label, subject: subject, samples: samples, weight: weight)
    }

    /// Every clip of a folder that has a label and is seen in at least two frames.
    ///
    /// - Parameters:
    ///   - labels: class for each label; labels not listed are left out. Nil takes all as they are.
    ///   - selection: which of the clips are meant, and what they are called.
    ///   - progress: called with the number of the folder's clips that are done.
    ///   - leftOut: called with the name of every clip that is meant but shows nobody.
    package static func load(
        _ folder: RecordingsFolder, labels: [String: String]? = nil, weight: Float = 1,
        selection: ClipSelection = ClipSelection(), progress: (Int) -> Void = { _ in },
        leftOut: (String) -> Void = { _ in }, where isWanted: (RecordedClip) -> Bool = { _ in true }
    ) throws(RecordingsError) -> [LabelledMotion] {
        var motions: [LabelledMotion] = []
        for (index, clip) in folder.clips.enumerated() where isWanted(clip) {
            progress(index)
            guard let found = selection.label(of: clip), let label = labels == nil ? found : labels?[found] else {
                continue
            }
            let recording = try folder.load(clip)
            if let motion = LabelledMotion(
                recording, name: clip.name, label: label, subject: clip.subject, weight: weight)
            {
                motions.append(motion)
            } else {
                leftOut(clip.name)
            }
        }
        return motions
    }

    /// What is trained on: of a clip in which nobody is seen for longer than `longestGap`, only the longest part.
    var uninterrupted: LabelledMotion {
        var motion = self
        let parts = LabelledStream.parts(of: samples, longestGap: Self.longestGap)
        motion.samples = parts.max { $0.count < $1.count } ?? samples
        return motion
    }

    /// In seconds.
    private static let longestGap = 10.0
}
