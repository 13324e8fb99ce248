import ArgumentParser
import Events
import Foundation
import History
import LabanServer
import Pipeline
import Recordings
import Skeleton

/// `laban history clips`: labelled clips for training out of what was recorded.
struct HistoryClipsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clips",
        abstract: "Cut what happened out of recorded skeletons, as clips to train on.",
        discussion: """
            A history keeps no skeletons: record both with 'laban run INPUT --skeletons FILE --history FILE'. Each \
            action, gesture or repetition that matches is cut out of the skeletons, the person it is of alone, into \
            OUTPUT/LABEL/CAMERA-RUN-TRACK-MILLISECONDS.jsonl, and listed. OUTPUT is a folder that 'laban train' takes: \
            look through the clips ('laban run CLIP'), move those with a wrong label to the folder of the right one, and \
            train. What 'laban history relabel' corrected is cut out under its new label. The newest run of the camera \
            is meant unless --since and --until leave another.

            Examples:
              laban run workout.mp4 --skeletons skeletons.jsonl --history laban.db
              laban history clips --history laban.db --skeletons skeletons.jsonl --output recordings --pieces 3
              laban history clips --skeletons skeletons.jsonl --output recordings --kind rep --label squat
            """)

    /// What can be cut out.
    enum Kind: String, CaseIterable, ExpressibleByArgument {
        case action, gesture, rep

        var eventKind: EventKind {
            switch self {
            case .action: .action
            case .gesture: .gesture
            case .rep: .rep
            }
        }
    }

    @Option(help: ArgumentHelp("The skeletons of the run.", valueName: "file"))
    var skeletons: String

    @Option(name: .shortAndLong, help: ArgumentHelp("Folder that receives the clips.", valueName: "folder"))
    var output: String

    @Option(help: "What to cut out.")
    var kind = Kind.action

    @Option(
        help: ArgumentHelp(
            "Cut what lasts longer into clips of about this length each.",
            discussion: "So that a long bout gives many clips instead of one.", valueName: "seconds"))
    var pieces: Double?

    @OptionGroup var query: HistoryQuery

    func validate() throws {
        guard 0.5...60 ~= pieces ?? 1 else {
            throw ValidationError("--pieces: expected 0.5 to 60 seconds, found \(pieces ?? 0)")
        }
    }

    /// One stretch of the history, whatever its kind.
    fileprivate struct Stretch {
        let run: String
        let camera: String
        let track: Int
        let label: String
        let start: Duration?
        let end: Duration?
    }

    func run() throws {
        guard let first = try SkeletonReader.open(path: skeletons).next() else {
            throw RecordingsError(file: skeletons, message: "expected frames, found none")
        }
        // A run of the recording itself goes by the file's name.
        let cameras = query.camera.map { [$0] } ?? [first.camera, PipelineInput(skeletons).cameraName]
        try query.answer(about: [kind.eventKind]) { reader, filter in
            switch kind {
            case .action: .init(try cut(try reader.segments(.action, filter), of: cameras) { Stretch($0) })
            case .gesture: .init(try cut(try reader.segments(.gesture, filter), of: cameras) { Stretch($0) })
            case .rep: .init(try cut(try reader.repetitions(filter), of: cameras) { Stretch($0) })
            }
        }
    }

    /// The records of which there is a clip now.
    private func cut<Record>(
        _ records: [Record], of cameras: [String], _ stretch: (Record) -> Stretch
    ) throws -> [Record] {
        let records = records.filter { cameras.contains(stretch($0).camera) }
        let stretches = records.map(stretch)
        // Names of runs grow with time.
        let run = stretches.map(\.run).max()
        var numbers: [Int] = []
        var cuts: [ClipCutter.Cut] = []
        for (number, stretch) in stretches.enumerated() where stretch.run == run {
            guard let start = stretch.start, let end = stretch.end, start < end else { continue }
            let count = max(1, Int(((end - start).inSeconds / (pieces ?? .infinity)).rounded()))
            for piece in 0..<count {
                let from = start + (end - start) * piece / count
                numbers.append(number)
                cuts.append(
                    ClipCutter.Cut(
                        track: TrackID(stretch.track), start: from, end: start + (end - start) * (piece + 1) / count,
                        file: try file(of: stretch, from: from)))
            }
        }
        if let recording = FilePlace(skeletons), let cut = cuts.first(where: { FilePlace($0.file) == recording }) {
            throw OutputError(file: cut.file, message: "expected a place for a clip, found --skeletons", isUsage: true)
        }
        let written = try ProgressBar.during("Cutting", unit: "frames") {
            try ClipCutter.cut(cuts, from: SkeletonReader.open(path: skeletons), progress: $0)
        }
        if written.count < cuts.count {
            Terminal.standardError.write(
                "\(cuts.count - written.count) of \(cuts.count) are not in \(skeletons) or too short to be clips\n")
        }
        if !written.isEmpty { Terminal.standardError.write("\(written.count) clips in \(output)\n") }
        return Set(written.map { numbers[$0] }).sorted().map { records[$0] }
    }

    private func file(of stretch: Stretch, from start: Duration) throws -> String {
        let parts = [stretch.label, stretch.camera]
        guard
            parts.allSatisfy({ part in
                !part.isEmpty && !part.hasPrefix(".") && !part.contains("/") && part.utf8.count <= 128
                    && part.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
            })
        else {
            throw OutputError(
                file: output, message: "expected labels that can be names of folders, found '\(stretch.label)'",
                isUsage: true)
        }
        // With the run, since in every recording the first person begins something at about the same time.
        let name = "\(stretch.camera)-\(stretch.run.suffix(8))-\(stretch.track)-\(start.inMicroseconds / 1000).jsonl"
        return URL(filePath: output).appending(path: stretch.label).appending(path: name).path
    }
}

extension HistoryClipsCommand.Stretch {
    fileprivate init(_ record: SegmentRecord) {
        self.init(
            run: record.run, camera: record.camera, track: record.track, label: record.label,
            start: record.startPresentation, end: record.isOpen ? nil : record.endPresentation)
    }

    fileprivate init(_ record: RepetitionRecord) {
        self.init(
            run: record.run, camera: record.camera, track: record.track, label: record.exercise,
            start: record.startPresentation, end: record.endPresentation)
    }
}
