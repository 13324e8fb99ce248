import Files
import Foundation
import Skeleton

/// A folder of recordings: one folder per class with a file or folder of skeletons or a video per clip. Of videos, skeletons must
/// be made before they can be loaded: see `videos`.
///
/// Beside class folders `subjects.csv` (clip, subject, and whatever else is known of a clip) tells who moves, and `segments.csv`
/// (file, label, start_us, end_us) makes long recordings into streams.
package struct RecordingsFolder: Sendable {
    /// The folder as it was given.
    package let path: String
    /// Every clip, in order of label and name.
    package private(set) var clips: [RecordedClip]
    /// Every long recording with labelled segments.
    package private(set) var streams: [RecordedStream]
    /// Files in class folders that are neither skeletons nor videos, below the folder.
    package let others: [String]
    /// What is likely to be a slip of whoever made the folder, one sentence each.
    package let remarks: [String]
    /// What was not in recordings and had to be assumed or computed, and of how many; known once `leaveOutDamaged` has
    /// read them.
    package private(set) var derived: [String: Int] = [:]
    /// How many recordings were left out since they cannot be used.
    package private(set) var leftOut = 0
    /// For videos the files with their skeletons.
    private var skeletons: [String: String] = [:]

    /// Looks through the folder; poses are read by `load`.
    package init(_ path: String) throws(RecordingsError) {
        guard !path.isEmpty else {
            throw RecordingsError(file: "''", message: "expected a folder, found an empty path")
        }
        let listing = try ClassFolderListing(folder: URL(filePath: path))
        self.path = path
        clips = listing.clips
        streams = listing.streams
        others = listing.others
        remarks = listing.remarks
        guard !clips.isEmpty || !streams.isEmpty else {
            throw RecordingsError(
                file: path,
                message: "expected one folder per class with skeletons (\(SkeletonFormat.names)) or videos in it, or "
                    + "recordings with a segments.csv; found neither")
        }
    }

    /// What the folder is called.
    package var name: String { URL(filePath: path).standardizedFileURL.lastPathComponent }

    /// Every label of the clips, sorted.
    package var labels: [String] { Set(clips.map(\.label)).sorted() }

    /// Everyone who moves in the clips and streams, sorted (numbers by value).
    package var subjects: [String] {
        Set(clips.compactMap(\.subject) + streams.compactMap(\.subject))
            .sorted { (Int($0) ?? .max, $0) < (Int($1) ?? .max, $1) }
    }

    /// The videos among the recordings of which there are no skeletons yet, sorted.
    package var videos: [String] {
        Set(clips.map(\.file) + streams.map(\.file)).filter { RecordedVideo.isNamed($0) && skeletons[$0] == nil }
            .sorted()
    }

    /// Takes skeletons in the place of videos; recordings whose video has none are left out.
    package mutating func replaceVideos(bySkeletons files: [String: String]) {
        skeletons.merge(files) { $1 }
        let left = Set(videos)
        let before = clips.count + streams.count
        clips.removeAll { left.contains($0.file) }
        streams.removeAll { left.contains($0.file) }
        leftOut += before - clips.count - streams.count
    }

    /// Reads every file of skeletons once, and leaves out the recordings that are damaged or show hardly anybody.
    ///
    /// - Parameter progress: called with the number of recordings looked at.
    /// - Returns: those left out, by their name, and why; in the order of the clips, then of the streams.
    package mutating func leaveOutDamaged(
        progress: (Int) -> Void = { _ in }
    ) -> [(name: String, reason: String)] {
        var damaged: [(name: String, reason: String)] = []
        var whole: (clips: [RecordedClip], streams: [RecordedStream]) = ([], [])
        for (index, clip) in clips.enumerated() {
            progress(index)
            if let fault = fault(of: clip.file) {
                damaged.append((clip.name, fault))
            } else {
                whole.clips.append(clip)
            }
        }
        for (index, stream) in streams.enumerated() {
            progress(clips.count + index)
            if let fault = fault(of: stream.file) {
                damaged.append((stream.name, fault))
            } else {
                whole.streams.append(stream)
            }
        }
        (clips, streams) = whole
        leftOut += damaged.count
        return damaged
    }

    /// Nobody moves in fewer frames.
    private static let fewestFrames = 2

    /// Why a file cannot be used; nil when it can.
    private mutating func fault(of file: String) -> String? {
        do throws(RecordingsError) {
            let (recording, reader) = try recording(file)
            for note in reader.derived { derived[note, default: 0] += 1 }
            let seen = recording.frames().count { !$0.people.isEmpty }
            return seen >= Self.fewestFrames
                ? nil : "expected somebody in at least \(Self.fewestFrames) frames, found \(seen)"
        } catch {
            return error.messageWithPlace
        }
    }

    /// The poses of one clip.
    package func load(_ clip: RecordedClip) throws(RecordingsError) -> Recording { try recording(clip.file).recording }

    /// The poses of one long recording; where its segments are told in the world's time, so are its poses.
    package func load(_ stream: RecordedStream) throws(RecordingsError) -> Recording {
        var (recording, reader) = try recording(stream.file)
        guard let first = stream.segments.first, first.start > Self.longest, let origin = reader.recordedAt else {
            return recording
        }
        recording.times = recording.times.map { $0 + origin }
        return recording
    }

    /// No recording is longer: what a segment says beyond is the world's time.
    private static let longest = Duration.seconds(10 * 365 * 86_400)

    /// What a file or folder of skeletons holds of its main person, and what its reader says.
    private func recording(
        _ file: String
    ) throws(RecordingsError) -> (recording: Recording, reader: any SkeletonReading) {
        let file = skeletons[file] ?? file
        guard !RecordedVideo.isNamed(file) else {
            throw RecordingsError(
                file: file, message: "expected skeletons, found a video; 'laban run --skeletons' makes them")
        }
        try reading { () throws(FileError) in try RegularFile.requireFileOrFolder(file) }
        let reader = try SkeletonReader.open(path: file)
        var frames: [SkeletonFrame] = []
        var links = PersonLinks()
        while var frame = try reader.next() {
            if !frame.hasTracks { links.follow(&frame.people) }
            frames.append(frame)
        }
        return (try Recording(frames: frames, file: file), reader)
    }
}
