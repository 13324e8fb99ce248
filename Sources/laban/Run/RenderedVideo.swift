import Events
import Pipeline
import Rendering
import RepetitionCounting
import Skeleton
import Synchronization
import Video

/// Draws what was found over the frames it was found in.
struct RenderedVideo {
    private let writer: VideoWriter
    private let overlay = SkeletonOverlay()
    private var labels = LiveLabels()

    init(path: String, width: Int, height: Int, frameRate: Double?) throws {
        writer = try VideoWriter(path: path, width: width, height: height, frameRate: frameRate ?? 25)
    }

    mutating func append(_ step: PipelineStep, over frame: Frame) throws {
        for finding in step.findings { labels.take(finding) }
        var pixels = frame.pixels
        overlay.draw(
            step.skeletons, labels: labels.lines(at: frame.presentationTime),
            banner: SkeletonOverlay.banner(for: step.skeletons), on: &pixels)
        try writer.append(pixels, at: frame.presentationTime)
    }

    func finish() throws { try writer.finish() }
}

/// What each person is doing right now, in words for a picture.
struct LiveLabels {
    private var actions: [TrackID: SegmentChange] = [:]
    private var gestures: [TrackID: [Int: String]] = [:]
    private var counts: [TrackID: [String: Int]] = [:]

    mutating func take(_ finding: Finding) {
        switch finding {
        case .track(let change):
            guard change.phase == .end else { return }
            actions[change.track] = nil
            gestures[change.track] = nil
            counts[change.track] = nil
        case .action(let change): actions[change.track] = change.phase == .end ? nil : change
        case .gesture(let change):
            gestures[change.track, default: [:]][change.segment] = change.phase == .end ? nil : change.label
        case .repetition(let repetition): counts[repetition.track, default: [:]][repetition.exercise] = repetition.index
        }
    }

    func lines(at time: Duration) -> [TrackID: [String]] {
        var lines: [TrackID: [String]] = [:]
        for (track, change) in actions {
            lines[track] = ["\(change.label) \(Int((change.confidence * 100).rounded()))%"]
        }
        for (track, open) in gestures where !open.isEmpty {
            lines[track, default: ["#\(track)"]].append(
                open.sorted { $0.key < $1.key }.map(\.value).joined(separator: ", "))
        }
        for (track, exercises) in counts {
            lines[track, default: ["#\(track)"]]
                .append(exercises.sorted { $0.key < $1.key }.map { "\($0.key) x\($0.value)" }.joined(separator: ", "))
        }
        return lines
    }
}
