package import Recognition
package import Recordings
import Skeleton

extension LabelledMotion {
    /// Every stretch of a folder's long recordings: the labelled segments, and as `nothing` the time between them.
    ///
    /// A stretch comes with as much of what lies before and after it as makes every window cut from it speak of a moment
    /// within, so that a model learns what a stream shows, beginnings and ends included.
    ///
    /// - Parameters:
    ///   - sampling: how the model that is trained sees motion.
    ///   - progress: called with the number of the folder's streams that are done.
    ///   - leftOut: called with the name of every stream that is meant but shows nobody.
    package static func loadStretches(
        _ folder: RecordingsFolder, sampling: ClipSampling, progress: (Int) -> Void = { _ in },
        leftOut: (String) -> Void = { _ in }, where isWanted: (RecordedStream) -> Bool = { _ in true }
    ) throws(RecordingsError) -> [LabelledMotion] {
        var motions: [LabelledMotion] = []
        for (index, stream) in folder.streams.enumerated() where isWanted(stream) {
            progress(index)
            let recording = try folder.load(stream)
            guard
                let whole = LabelledMotion(
                    recording, name: stream.name, label: ActionModel.nothing, subject: stream.subject)
            else {
                leftOut(stream.name)
                continue
            }
            for stretch in stretches(of: stream.segments, from: whole.start, to: whole.end) {
                let after = sampling.lookBack
                let from = stretch.start.inSeconds - (sampling.seconds - after)
                let to = stretch.end.inSeconds + after
                var motion = whole
                motion.samples = whole.samples.filter { from...to ~= $0.time }
                guard motion.samples.count > 1 else { continue }
                motion.label = stretch.label
                motion.name = "\(stream.name)/\(stretch.label)-\(stretch.start.inMicroseconds)"
                motions.append(motion)
            }
        }
        return motions
    }

    private var start: Duration { .seconds(samples.first?.time ?? 0) }
    private var end: Duration { .seconds(samples.last?.time ?? 0) }

    /// A gap shorter than this is too short to show nothing.
    private static let shortestGap = Duration.milliseconds(300)

    /// The segments and the gaps between them, in order of their start.
    static func stretches(of segments: [RecordedSegment], from start: Duration, to end: Duration) -> [RecordedSegment] {
        var stretches: [RecordedSegment] = []
        var free = start
        for segment in segments.sorted(by: { $0.start < $1.start }) {
            if segment.start - free >= shortestGap {
                stretches.append(RecordedSegment(label: ActionModel.nothing, start: free, end: segment.start))
            }
            stretches.append(segment)
            free = max(free, segment.end)
        }
        if end - free >= shortestGap {
            stretches.append(RecordedSegment(label: ActionModel.nothing, start: free, end: end))
        }
        return stretches
    }
}
