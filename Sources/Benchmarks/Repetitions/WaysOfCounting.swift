import JSONLines
import MotionRules
import Pipeline
import Recordings
import Skeleton

/// Counts the same frames as they come live, from a file, and from what the live run recorded.
struct WaysOfCounting {
    let rule: Exercise

    /// What each counts in full. Live they come one by one and have no ids, so the tracker follows them.
    func counts(_ frames: [SkeletonFrame]) throws -> (live: Int, file: Int, replay: Int) {
        let bare = frames.map { frame in
            var frame = frame
            frame.hasTracks = false
            return frame
        }
        let live = try count(bare)
        return (live.count, try count(bare.map(Self.line)).count, try count(live.recorded.map(Self.line)).count)
    }

    /// The frame as it is read back from the line of a file.
    private static func line(_ frame: SkeletonFrame) throws -> SkeletonFrame {
        var line = JSONWriter()
        SkeletonLine.encode(frame, into: &line)
        var read = try SkeletonLine.decode(line.bytes, in: 0..<line.bytes.count, file: "replay", number: 1)
        read.hasTracks = frame.hasTracks
        return read
    }

    /// What a pipeline counts, and what it records.
    private func count(_ frames: [SkeletonFrame]) throws -> (count: Int, recorded: [SkeletonFrame]) {
        var parts = PipelineParts(exercises: [rule])
        parts.counting = .given([rule.name])
        var pipeline = try CameraPipeline(camera: "stage", parts: parts)
        let steps = frames.map { pipeline.step($0) }
        let findings = steps.flatMap(\.findings) + pipeline.finish(reason: .sourceEnded)
        let count = findings.count {
            if case .repetition(let repetition) = $0 { return !repetition.isPartial }
            return false
        }
        return (count, steps.map(\.skeletons))
    }
}
