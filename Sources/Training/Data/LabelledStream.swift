import Recognition
package import Recordings
package import Skeleton

/// One person's motion over a long time, and what they do when. Time in no segment is time in which nothing is done.
package struct LabelledStream: Sendable {
    /// Names the stream in reports.
    package var name: String
    package var subject: String?
    /// Growing in time, without longer gaps; at least two.
    package var samples: [MotionSample]
    /// In order of their start.
    package var segments: [Segment]
    /// How often it is drawn compared with others.
    package var weight: Float
    /// Whether a camera's view and errors are in it already, so that augmentation need not add them.
    package var isSeenByCamera = false

    /// A stretch in which something is done; times in seconds.
    package struct Segment: Sendable, Equatable {
        package var label: String
        package var start: Double
        package var end: Double

        package init(label: String, start: Double, end: Double) {
            self.label = label
            self.start = start
            self.end = end
        }
    }

    package init(
        name: String, subject: String? = nil, samples: [MotionSample], segments: [Segment], weight: Float = 1
    ) {
        self.name = name
        self.subject = subject
        self.samples = samples
        self.segments = segments
        self.weight = weight
    }

    /// A clip, in which one thing is done from the first pose to the last.
    init(_ clip: LabelledMotion) {
        let end = clip.samples[clip.samples.count - 1].time
        self.init(
            name: clip.name, subject: clip.subject, samples: clip.samples,
            segments: [Segment(label: clip.label, start: clip.samples[0].time, end: end)], weight: clip.weight)
        isSeenByCamera = clip.isSeenByCamera
    }

    private static let longestGap = ActionRecogniserSettings.longestGap.inSeconds

    /// The long recordings of a folder, parted where the person was out of sight for so long that they start anew.
    ///
    /// - Parameters:
    ///   - progress: called with the number of the folder's streams that are done.
    ///   - leftOut: called with the name of every stream that is meant but shows nobody.
    package static func load(
        _ folder: RecordingsFolder, progress: (Int) -> Void = { _ in }, leftOut: (String) -> Void = { _ in },
        where isWanted: (RecordedStream) -> Bool = { _ in true }
    ) throws(RecordingsError) -> [LabelledStream] {
        var streams: [LabelledStream] = []
        for (index, stream) in folder.streams.enumerated() where isWanted(stream) {
            progress(index)
            let recording = try folder.load(stream)
            guard
                let motion = LabelledMotion(
                    recording, name: stream.name, label: ActionModel.nothing, subject: stream.subject)
            else {
                leftOut(stream.name)
                continue
            }
            let segments = stream.segments.map {
                Segment(label: $0.label, start: $0.start.inSeconds, end: $0.end.inSeconds)
            }
            for part in parts(of: motion.samples) {
                let inside = segments.filter { part[0].time <= $0.end && $0.start <= part[part.count - 1].time }
                streams.append(
                    LabelledStream(name: stream.name, subject: stream.subject, samples: part, segments: inside))
            }
        }
        return streams
    }

    /// The stretches of a motion between its gaps.
    static func parts(of samples: [MotionSample], longestGap: Double = Self.longestGap) -> [[MotionSample]] {
        var parts: [[MotionSample]] = []
        var first = 0
        for index in 1...samples.count {
            guard index == samples.count || samples[index].time - samples[index - 1].time > longestGap else { continue }
            if index - first > 1 { parts.append(Array(samples[first..<index])) }
            first = index
        }
        return parts
    }

    /// A gap between segments shorter than this is too short to show nothing.
    private static let shortestGap = 0.3

    /// The segments and, as `nothing`, what lies between them.
    var stretches: [Segment] {
        guard let first = samples.first, let last = samples.last else { return [] }
        var stretches: [Segment] = []
        var free = first.time
        for segment in segments {
            if segment.start - free >= Self.shortestGap {
                stretches.append(Segment(label: ActionModel.nothing, start: free, end: segment.start))
            }
            stretches.append(segment)
            free = max(free, segment.end)
        }
        if last.time - free >= Self.shortestGap {
            stretches.append(Segment(label: ActionModel.nothing, start: free, end: last.time))
        }
        return stretches
    }

    /// The stretches as clips of their own.
    var clips: [LabelledMotion] {
        stretches.compactMap { segment in
            let part = samples.filter { segment.start...segment.end ~= $0.time }
            guard part.count > 1 else { return nil }
            return LabelledMotion(
                name: "\(name)/\(segment.label)", label: segment.label, subject: subject, samples: part, weight: weight)
        }
    }
}
