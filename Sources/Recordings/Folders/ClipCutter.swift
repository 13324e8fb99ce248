import Foundation
package import Skeleton

/// Cuts clips of one person each out of a recording of skeletons, in one pass over it.
package struct ClipCutter {
    /// What to cut out.
    package struct Cut: Sendable, Hashable {
        package let track: TrackID
        /// Media times of the recording.
        package let start: Duration
        package let end: Duration
        /// The file to write; its folder is made when it is not there.
        package let file: String

        package init(track: TrackID, start: Duration, end: Duration, file: String) {
            self.track = track
            self.start = start
            self.end = end
            self.file = file
        }
    }

    private struct Open {
        let number: Int
        var frames: [SkeletonFrame] = []
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
        let order = cuts.indices.sorted { (cuts[$0].start, $0) < (cuts[$1].start, $1) }
        var waiting = order[...]
        var open: [Open] = []
        var written: [Int] = []
        var frames = 0
        while let frame = try reader.next() {
            frames += 1
            progress(frames)
            let time = frame.presentationTime
            while let next = waiting.first, cuts[next].start <= time {
                open.append(Open(number: next))
                waiting.removeFirst()
            }
            for index in open.indices where time <= cuts[open[index].number].end {
                var frame = frame
                frame.people.removeAll { $0.track != cuts[open[index].number].track }
                open[index].frames.append(frame)
            }
            let over = open.filter { cuts[$0.number].end < time }
            open.removeAll { cuts[$0.number].end < time }
            for clip in over where try write(clip, cuts[clip.number]) { written.append(clip.number) }
        }
        for clip in open where try write(clip, cuts[clip.number]) { written.append(clip.number) }
        return written.sorted()
    }

    private static func write(_ clip: Open, _ cut: Cut) throws(RecordingsError) -> Bool {
        guard let first = clip.frames.first, clip.frames.count(where: { !$0.people.isEmpty }) >= fewestFrames else {
            return false
        }
        let folder = URL(filePath: cut.file).deletingLastPathComponent()
        do { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) } catch {
            throw RecordingsError(file: folder.path, message: "cannot be made as a folder")
        }
        let frames = clip.frames.map { frame in
            var frame = frame
            frame.presentationTime -= first.presentationTime
            frame.index -= first.index
            return frame
        }
        try SkeletonFileWriter.write(frames, to: cut.file)
        return true
    }
}
