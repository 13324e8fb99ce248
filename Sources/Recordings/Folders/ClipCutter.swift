import Foundation
package import Skeleton

/// Cuts clips of one person each out of a recording of skeletons, in one pass over it.
package struct ClipCutter {
    /// What one person does for a while.
    package struct Stretch: Sendable, Hashable {
        package let track: TrackID
        /// Media times of the recording.
        package let start: Duration
        package let end: Duration

        package init(track: TrackID, start: Duration, end: Duration) {
            self.track = track
            self.start = start
            self.end = end
        }
    }

    /// What to cut out.
    package struct Cut: Sendable, Hashable {
        package let stretch: Stretch
        /// The file to write; its folder is made when it is not there.
        package let file: String

        package init(track: TrackID, start: Duration, end: Duration, file: String) {
            stretch = Stretch(track: track, start: start, end: end)
            self.file = file
        }
    }

    /// A clip that shows somebody in fewer frames is none.
    private static let fewestFrames = 5

    /// Writes a clip for each cut in which the person is seen, its times from 0.
    ///
    /// - Parameter progress: called with the number of frames read.
    /// - Returns: the numbers of the cuts that gave a clip, ascending.
    package static func cut(
        _ cuts: [Cut], from reader: any SkeletonReading, progress: (Int) -> Void = { _ in }
    ) throws(RecordingsError) -> [Int] {
        var written: [Int] = []
        try watch(cuts.map(\.stretch), in: reader, progress: progress) { (number, frames) throws(RecordingsError) in
            try write(frames, to: cuts[number].file)
            written.append(number)
        }
        return written.sorted()
    }

    /// For each stretch what the person does in it, at the recording's own times; nil where they are hardly seen.
    ///
    /// - Parameters:
    ///   - file: what errors call the recording.
    ///   - progress: called with the number of frames read.
    package static func recordings(
        of stretches: [Stretch], from reader: any SkeletonReading, file: String, progress: (Int) -> Void = { _ in }
    ) throws(RecordingsError) -> [Recording?] {
        var recordings = [Recording?](repeating: nil, count: stretches.count)
        try watch(stretches, in: reader, progress: progress) { (number, frames) throws(RecordingsError) in
            recordings[number] = try Recording(frames: frames, file: file)
        }
        return recordings
    }

    /// Goes through a recording once.
    ///
    /// - Parameter found: called with the number and the frames, of the person alone, of every stretch in which they are
    ///   seen.
    private static func watch(
        _ stretches: [Stretch], in reader: any SkeletonReading, progress: (Int) -> Void,
        found: (Int, [SkeletonFrame]) throws(RecordingsError) -> Void
    ) throws(RecordingsError) {
        func finish(_ clip: (number: Int, frames: [SkeletonFrame])) throws(RecordingsError) {
            guard clip.frames.count(where: { !$0.people.isEmpty }) >= fewestFrames else { return }
            try found(clip.number, clip.frames)
        }
        var waiting = stretches.indices.sorted { (stretches[$0].start, $0) < (stretches[$1].start, $1) }[...]
        var open: [(number: Int, frames: [SkeletonFrame])] = []
        var frames = 0
        while let frame = try reader.next() {
            frames += 1
            progress(frames)
            let time = frame.presentationTime
            while let next = waiting.first, stretches[next].start <= time {
                open.append((next, []))
                waiting.removeFirst()
            }
            for index in open.indices where time <= stretches[open[index].number].end {
                var frame = frame
                frame.people.removeAll { $0.track != stretches[open[index].number].track }
                open[index].frames.append(frame)
            }
            let over = open.filter { stretches[$0.number].end < time }
            open.removeAll { stretches[$0.number].end < time }
            for clip in over { try finish(clip) }
        }
        for clip in open { try finish(clip) }
    }

    /// Writes a clip whose times are from 0.
    private static func write(_ frames: [SkeletonFrame], to file: String) throws(RecordingsError) {
        let folder = URL(filePath: file).deletingLastPathComponent()
        do { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) } catch {
            throw RecordingsError(file: folder.path, message: "cannot be made as a folder")
        }
        let frames = frames.map { frame in
            var frame = frame
            frame.presentationTime -= frames[0].presentationTime
            frame.index -= frames[0].index
            return frame
        }
        try SkeletonFileWriter.write(frames, to: file)
    }
}
