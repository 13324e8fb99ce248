import Files
import Foundation
import Skeleton

/// A folder of recordings: one folder per class with a file or folder of skeletons or a video per clip, or a public data set in its
/// own layout. Of videos, skeletons must be made before they can be loaded: see `videos`.
///
/// Beside class folders `subjects.csv` (clip, subject) tells who moves, and `segments.csv`
/// (file, label, start_us, end_us) makes long recordings into streams. Data sets are known by their tables:
/// UI-PRMD, MSR-Action3D, UTKinect-Action3D, CMU motion capture and actions, Bandai Namco 1 and 2, RepCount-pose,
/// Countix-Fitness-pose, Kinder-Gator.
package struct RecordingsFolder: Sendable {
    /// The folder as it was given.
    package let path: String
    /// `class-folders` or the data set's name.
    package let layoutName: String
    /// Every clip, in order of label and name for class folders, in the data set's own order otherwise.
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
    private let dataSet: (layout: DataSetLayout, array: NumPyArray, frameNumbers: NumPyArray?)?

    /// Looks through the folder; poses are read by `load`.
    package init(_ path: String) throws(RecordingsError) {
        guard !path.isEmpty else {
            throw RecordingsError(file: "''", message: "expected a folder, found an empty path")
        }
        let url = URL(filePath: path)
        func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: url.appending(path: name).path) }
        self.path = path
        if has("sequences.csv") {
            let table = try CSVTable(path: url.appending(path: "sequences.csv").path)
            guard let layout = DataSetLayout.recognise(table, hasFile: has) else {
                throw RecordingsError(
                    file: table.file, line: 1,
                    message: "expected the columns of a known data set, found " + table.columns.joined(separator: ", "))
            }
            let array = try NumPyArray(path: url.appending(path: layout.arrayFile).path)
            guard array.shape.count == 3, array.shape[1] == layout.topology.count, array.shape[2] >= 3 else {
                throw RecordingsError(
                    file: url.appending(path: layout.arrayFile).path,
                    message: "expected shape (rows, \(layout.topology.count), 3), found \(array.shape)")
            }
            let listing = DataSetListing(layout: layout, table: table, folder: url)
            let isStream = layout.name == DataSetLayout.utKinectAction3D.name
            let numbers = isStream ? try NumPyArray(path: url.appending(path: "frame_numbers.npy").path) : nil
            if let numbers, numbers.shape != [array.shape[0]] {
                throw RecordingsError(
                    file: url.appending(path: "frame_numbers.npy").path,
                    message: "expected shape (\(array.shape[0])), found \(numbers.shape)")
            }
            layoutName = layout.name
            others = []
            remarks = []
            dataSet = (layout, array, numbers)
            clips = isStream ? try listing.segmentClips() : try listing.clips()
            streams = if let numbers { try listing.streams(frameNumbers: numbers) } else { [] }
        } else {
            let listing = try ClassFolderListing(folder: url)
            layoutName = "class-folders"
            dataSet = nil
            clips = listing.clips
            streams = listing.streams
            others = listing.others
            remarks = listing.remarks
            guard !clips.isEmpty || !streams.isEmpty else {
                throw RecordingsError(
                    file: path,
                    message:
                        "expected one folder per class with skeletons (\(SkeletonFormat.names)) or videos in it, recordings "
                        + "with a segments.csv, or a known data set; found none of these")
            }
        }
    }

    /// Whether every frame was scaled to 0…1 on each axis by itself, so that only the posture is left.
    package var isScaledPerFrame: Bool {
        if case .image = dataSet?.layout.axes { true } else { false }
    }

    /// Every label of the clips, sorted.
    package var labels: [String] { Set(clips.map(\.label)).sorted() }

    /// Everyone who moves in the clips and streams, sorted (numbers by value).
    package var subjects: [String] {
        Set(clips.compactMap(\.subject) + streams.compactMap(\.subject))
            .sorted { (Int($0) ?? .max, $0) < (Int($1) ?? .max, $1) }
    }

    /// The videos among the recordings of which there are no skeletons yet, sorted.
    package var videos: [String] {
        var files: Set<String> = []
        for source in clips.map(\.source) + streams.map(\.source) {
            if case .file(let file) = source, RecordedVideo.isNamed(file), skeletons[file] == nil { files.insert(file) }
        }
        return files.sorted()
    }

    /// Takes skeletons in the place of videos; recordings whose video has none are left out.
    package mutating func replaceVideos(bySkeletons files: [String: String]) {
        skeletons.merge(files) { $1 }
        let left = Set(videos)
        func isLeft(_ source: RecordingSource) -> Bool {
            if case .file(let file) = source { left.contains(file) } else { false }
        }
        let before = clips.count + streams.count
        clips.removeAll { isLeft($0.source) }
        streams.removeAll { isLeft($0.source) }
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
            if let fault = fault(of: clip.source) {
                damaged.append((clip.name, fault))
            } else {
                whole.clips.append(clip)
            }
        }
        for (index, stream) in streams.enumerated() {
            progress(clips.count + index)
            if let fault = fault(of: stream.source) {
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

    /// Why a file cannot be used; nil when it can, and for the rows of a data set.
    private mutating func fault(of source: RecordingSource) -> String? {
        guard case .file(let file) = source else { return nil }
        do throws(RecordingsError) {
            let file = skeletons[file] ?? file
            guard !RecordedVideo.isNamed(file) else {
                _ = try load(source, framesPerSecond: nil)
                return nil
            }
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
    package func load(_ clip: RecordedClip) throws(RecordingsError) -> Recording {
        try load(clip.source, framesPerSecond: clip.attributes["fps"].flatMap(Double.init))
    }

    /// The poses of one long recording; where its segments are told in the world's time, so are its poses.
    package func load(_ stream: RecordedStream) throws(RecordingsError) -> Recording {
        guard case .file(let file) = stream.source, let first = stream.segments.first, first.start > Self.longest,
            !RecordedVideo.isNamed(skeletons[file] ?? file)
        else { return try load(stream.source, framesPerSecond: nil) }
        var (recording, reader) = try recording(skeletons[file] ?? file)
        guard let origin = reader.recordedAt else { return recording }
        recording.times = recording.times.map { $0 + origin }
        return recording
    }

    /// No recording is longer: what a segment says beyond is the world's time.
    private static let longest = Duration.seconds(10 * 365 * 86_400)

    /// What a file or folder of skeletons holds of its main person, and what its reader says.
    private func recording(
        _ file: String
    ) throws(RecordingsError) -> (recording: Recording, reader: any SkeletonReading) {
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

    private func load(_ source: RecordingSource, framesPerSecond: Double?) throws(RecordingsError) -> Recording {
        switch source {
        case .file(let file):
            let file = skeletons[file] ?? file
            guard !RecordedVideo.isNamed(file) else {
                throw RecordingsError(
                    file: file, message: "expected skeletons, found a video; 'laban run --skeletons' makes them")
            }
            return try recording(file).recording
        case .rows(let rows):
            guard let (layout, array, numbers) = dataSet else {
                preconditionFailure("rows are only listed for data sets")
            }
            let values = try array.numbers(rows: rows)
            let poses = layout.poses(from: values, valuesPerJoint: array.shape[2])
            let places = layout.places(from: values, valuesPerJoint: array.shape[2])
            var times: [Duration] = []
            if let numbers {
                times = DataSetListing.times(ofFrames: try numbers.numbers(rows: rows))
            } else {
                let rate = framesPerSecond.flatMap { $0 > 0 && $0.isFinite ? $0 : nil } ?? layout.framesPerSecond
                times = poses.indices.map { .microseconds(Int64((Double($0) / rate * 1e6).rounded())) }
            }
            return Recording(topology: layout.topology, times: times, poses: poses, places: places)
        }
    }
}
