import Events
import Foundation
import History
import MarkedYAML
import Pipeline
import Recognition
import Recordings
import Skeleton
import Training

/// Finds in recorded skeletons the actions of which somebody said what they were.
struct CorrectedClipReader {
    let history: HistoryReader
    let model: ActionModel

    /// What is watched before an action, so that networks have seen enough when it begins, and after it, so that they have
    /// said all of it.
    private static let (before, after) = (Duration.seconds(5), Duration.seconds(1))

    /// The clips that the filter leaves, in order of time.
    ///
    /// - Parameter skeletons: files, each of one run of one camera.
    func read(_ filter: HistoryFilter, skeletons: [String]) throws -> [CorrectedClip] {
        var filter = filter
        filter.isCorrected = true
        let actions = try history.segments(.action, filter).filter { !$0.isOpen }
        try checkCount(actions.count, "")
        try checkLabels(of: actions)
        var found: [(start: UnixTime, clip: CorrectedClip)] = []
        var runs: Set<String> = []
        for file in skeletons {
            let clips = try clips(in: file, of: actions, except: runs)
            runs.formUnion(clips.prefix(1).map(\.action.run))
            found += clips.map { ($0.action.start, $0.clip) }
        }
        guard !found.isEmpty else {
            throw RecordingsError(
                file: skeletons[0],
                message: "expected the people of \(actions.count) corrected actions in \(history.path), found none of "
                    + "them: 'laban run INPUT --skeletons FILE --history \(history.path)' writes skeletons that fit")
        }
        try checkCount(found.count, " whose people are in the skeletons, of \(actions.count)")
        return found.sorted { $0.start < $1.start }.map(\.clip)
    }

    private func checkCount(_ count: Int, _ what: String) throws {
        guard count < FineTuning.fewestClips else { return }
        let missing = FineTuning.fewestClips - count
        throw HistoryError(
            .lacking, path: history.path,
            message: "expected at least \(FineTuning.fewestClips) actions of which somebody said what they were, found "
                + "\(count)\(what): \(missing == 1 ? "1 more is" : "\(missing) more are") needed; 'laban history relabel' "
                + "says it with --as, --nothing or --right")
    }

    private func checkLabels(of actions: [SegmentRecord]) throws {
        let strangers = Dictionary(grouping: actions, by: \.label).filter { !model.classes.contains($0.key) }
        guard let (label, some) = strangers.min(by: { $0.key < $1.key }) else { return }
        throw HistoryError(
            .lacking, path: history.path,
            message: "expected actions called by classes of \(model.identifier), found \(some.count) called "
                + "'\(label)', the nearest are \(NearestNames.list(to: label, among: model.classes)): call them so with 'laban "
                + "history relabel', or train a model that has it from 'laban history clips'")
    }

    /// The clips of one run: of those of the camera the one whose people are where the skeletons have them, the newest of
    /// several.
    private func clips(
        in file: String, of actions: [SegmentRecord], except runs: Set<String>
    ) throws -> [(action: SegmentRecord, clip: CorrectedClip)] {
        guard let first = try SkeletonReader.open(path: file).next() else {
            throw RecordingsError(file: file, message: "expected frames, found none")
        }
        // A run of the recording itself goes by the file's name.
        let cameras = [first.camera, PipelineInput(file).cameraName]
        let likely = actions.compactMap { action -> (action: SegmentRecord, start: Duration, end: Duration)? in
            guard let start = action.startPresentation, let end = action.endPresentation, start < end,
                cameras.contains(action.camera), !runs.contains(action.run)
            else { return nil }
            return (action, start, end)
        }
        let stretches = likely.map {
            ClipCutter.Stretch(
                track: TrackID($0.action.track), start: $0.start - Self.before, end: $0.end + Self.after)
        }
        let recordings = try ProgressBar.during("Reading \(file)", unit: "frames") {
            try ClipCutter.recordings(
                of: stretches, from: SkeletonReader.open(path: file), file: file, progress: $0)
        }
        var found: [String: [(action: SegmentRecord, clip: CorrectedClip)]] = [:]
        for ((action, start, end), recording) in zip(likely, recordings) {
            guard let recording, let clip = clip(of: action, start.inSeconds...end.inSeconds, in: recording) else {
                continue
            }
            found[action.run, default: []].append((action, clip))
        }
        let counts = Dictionary(grouping: likely, by: \.action.run).mapValues(\.count)
        func share(_ run: String) -> Double { Double(found[run]?.count ?? 0) / Double(counts[run] ?? 1) }
        // Names of runs grow with time.
        guard let run = found.keys.max(by: { (share($0), $0) < (share($1), $1) }) else {
            Terminal.standardError.write("Note: \(file): nobody in it does any of the corrected actions\n")
            return []
        }
        let others = found.keys.filter { $0 != run && share($0) >= share(run) }
        say(file, run: found[run] ?? [], of: counts[run] ?? 0, others: others.count)
        return found[run] ?? []
    }

    /// Says which run the skeletons of a file are taken for, which nothing in the file tells.
    private func say(
        _ file: String, run: [(action: SegmentRecord, clip: CorrectedClip)], of count: Int, others: Int
    ) {
        guard let first = run.map(\.action).min(by: { $0.start < $1.start }) else { return }
        Terminal.standardError.write(
            "\(file): taken for the run of \(first.camera) whose first corrected action was at \(first.start), "
                + "\(run.count) of its \(count) found\n")
        guard others > 0 else { return }
        Terminal.standardError.write(
            "Note: \(file) fits \(others == 1 ? "another run" : "\(others) other runs") as well; if it is not of the newest, "
                + "name its time with --since and --until\n")
    }

    private func clip(
        of action: SegmentRecord, _ stretch: ClosedRange<Double>, in recording: Recording
    ) -> CorrectedClip? {
        guard let correction = action.correction,
            let whole = LabelledMotion(recording, name: action.eventID, label: action.label, subject: nil)
        else { return nil }
        return CorrectedClip(
            surroundings: whole.samples, stretch: stretch, name: action.eventID, label: action.label,
            told: correction.told, camera: action.camera, threshold: action.threshold.map { Float($0) },
            person: "\(action.camera) \(action.run) \(action.track)",
            day: Calendar.history.startOfDay(for: action.start.date))
    }
}
