import Animation
import ArgumentParser
import Files
import Foundation
import LabanServer
import Pipeline
import Recordings
import Skeleton

struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Turns skeletons from one form into another.",
        discussion: """
            INPUT is a file or folder of skeletons in any form that is known; of a video, take the skeletons first: \
            laban run VIDEO --skeletons people.jsonl. What OUTPUT becomes its ending says, or --to:

              jsonl     Laban's own lines: everybody, or one with --track
              csv       a row a joint, in the picture and in space: everybody, or one with --track
              npz       NumPy arrays time, joints, world, image and visibility: one person
              bvh       bones with turns for animation programs: one person, in centimetres
              skeleton  NTU RGB+D: one person, 25 joints, 30 frames a second

            The one person is --track, else who is seen longest. For bvh, bones keep one length each, elbows and knees \
            tell how limbs are twisted, gaps are bridged, and the foot stood on stays where it is, which makes people \
            who were seen around their hips walk through the room; --in-place leaves the hips where they were seen.

            Examples:
              laban convert people.jsonl people.bvh
              laban convert people.jsonl two.bvh --track 2 --output-fps 60
              laban convert S001C001P001R001A001.skeleton clip.jsonl
              laban convert people.jsonl people.npz       then numpy.load("people.npz")["world"]
            """)

    @Argument(help: "A file or folder of skeletons.")
    var input: String

    @Argument(help: "The file to be written.")
    var output: String

    @Option(help: ArgumentHelp("The form to be written: \(ConvertedForm.names).", valueName: "form"))
    var to: ConvertedForm?

    @Option(help: "Whom to take.")
    var track: Int?

    @Option(help: ArgumentHelp("Frames a second of a bvh; as many as the input has when left out.", valueName: "fps"))
    var outputFps: Double?

    @Flag(help: "In a bvh, leave the hips where they were seen, whatever the feet do.")
    var inPlace = false

    @OptionGroup(title: "Skeletons of other programs") var skeletonOptions: SkeletonOptions

    func validate() throws {
        guard let form = to ?? ConvertedForm(ending: output) else {
            throw ValidationError(
                "expected a name that ends in one of \(ConvertedForm.names), or --to, found '\(output)'")
        }
        if let outputFps, !(1...1000).contains(outputFps) {
            throw ValidationError("--output-fps: expected 1 to 1000, found \(outputFps)")
        }
        if form != .bvh, outputFps != nil || inPlace {
            throw ValidationError("\(inPlace ? "--in-place" : "--output-fps") is for bvh, not for \(form.rawValue)")
        }
        var places = OutputPlaces()
        places.keep(input, as: "the input")
        try places.take(output, for: "OUTPUT")
    }

    func run() throws {
        let source = try skeletonOptions.input(input)
        guard !source.isVideo, !source.isLive else {
            throw ValidationError(
                "\(input): expected skeletons, found a video or a camera; laban run INPUT --skeletons F.jsonl gives them"
            )
        }
        let form = to ?? ConvertedForm(ending: output)!
        try ResultPlace.check(output, option: "OUTPUT")
        let reader = try SkeletonReader.open(path: input, options: skeletonOptions.reading)
        var frames: [SkeletonFrame] = []
        while var frame = try reader.next() {
            if skeletonOptions.speed != 1 {
                frame.presentationTime = .seconds(frame.presentationTime.inSeconds / skeletonOptions.speed)
            }
            frames.append(frame)
        }
        let chosen = try chosen(of: frames, form: form)
        switch form {
        case .jsonl: try SkeletonFileWriter.write(kept(frames, chosen), to: output)
        case .csv:
            let rows = kept(frames, chosen).map(SkeletonTable.rows).joined()
            try write(Array((SkeletonTable.heading + rows).utf8))
        case .npz:
            let poses = try poses(frames, chosen!)
            try write(NumPyArchive(poses, topology: poses[0].pose.topology).bytes)
        case .bvh:
            let motion = CharacterMotion(try steady(frames, chosen!, rate: outputFps), locksFeet: !inPlace)
            try write(Array(BVHFile(motion).text.utf8))
        case .skeleton:
            let motion = try steady(frames, chosen!, rate: 30)
            try write(Array(NTUText.text(motion.points, topology: motion.topology).utf8))
        }
        Terminal.standardError.write("Wrote \(output)\n")
    }

    /// Whom to take; nil for everybody.
    private func chosen(of frames: [SkeletonFrame], form: ConvertedForm) throws -> TrackID? {
        let tracks = Set(frames.flatMap { $0.people.map(\.track) }).sorted()
        if let track {
            guard tracks.contains(TrackID(track)) else {
                throw RecordingsError(
                    file: input,
                    message: "expected track \(track), found "
                        + (tracks.isEmpty ? "nobody" : tracks.map(\.description).joined(separator: ", ")))
            }
            return TrackID(track)
        }
        guard form.holdsOnePerson else { return nil }
        guard let main = MainPerson(in: frames) else {
            throw RecordingsError(file: input, message: "expected somebody, found nobody in \(frames.count) frames")
        }
        if main.people > 1 {
            Terminal.standardError.write(
                "\(main.people) people; taken is #\(main.track), seen in \(main.frames) of \(frames.count) frames. "
                    + "Others with --track: \(tracks.map(\.description).joined(separator: ", "))\n")
        }
        return main.track
    }

    private func kept(_ frames: [SkeletonFrame], _ track: TrackID?) -> [SkeletonFrame] {
        guard let track else { return frames }
        return frames.map { frame in
            var frame = frame
            frame.people.removeAll { $0.track != track }
            return frame
        }
    }

    private func poses(_ frames: [SkeletonFrame], _ track: TrackID) throws -> [(time: Duration, pose: Pose)] {
        let poses = frames.compactMap { frame in
            frame.people.first { $0.track == track }.map { (time: frame.presentationTime, pose: $0.pose) }
        }
        let first = poses[0].pose.topology
        if let other = poses.first(where: { $0.pose.topology != first })?.pose.topology {
            throw RecordingsError(
                file: input, message: "expected one topology of track \(track), found \(first.name) and \(other.name)")
        }
        return poses
    }

    private func steady(_ frames: [SkeletonFrame], _ track: TrackID, rate: Double?) throws -> SteadyMotion {
        guard let motion = SteadyMotion(try poses(frames, track), frameRate: rate) else {
            throw RecordingsError(
                file: input,
                message:
                    "expected points in space (world) of track \(track) over fewer than \(SteadyMotion.mostFrames) frames, "
                    + "found points in pictures alone or too long a time")
        }
        return motion
    }

    /// Writes the file, which takes its name once it is whole.
    private func write(_ bytes: [UInt8]) throws {
        let partial = PartialFile(for: output)
        defer { partial.remove() }
        let file = try OutputFile(path: partial.growingPath)
        try bytes.withUnsafeBytes { bytes in try Result { try file.write(bytes) }.get() }
        do { try partial.finish() } catch { throw OutputError(file: error.file, message: error.message) }
    }
}
