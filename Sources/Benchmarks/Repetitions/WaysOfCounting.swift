import JSONLines
import MotionRules
import Pipeline
import Recordings
import Skeleton

/// Counts the same frames as they come from a camera, from a file, and from a recording that is played again.
struct WaysOfCounting {
    let rule: Exercise

    /// Followed by the tracker, as live skeletons without ids are.
    func live(_ frames: [SkeletonFrame]) throws -> Int {
        try count(
            frames.map { frame in
                var frame = frame
                frame.hasTracks = false
                return frame
            })
    }

    /// As lines of a file.
    func replay(_ frames: [SkeletonFrame]) throws -> Int {
        try count(
            frames.map { frame in
                var line = JSONWriter()
                SkeletonLine.encode(frame, into: &line)
                return try SkeletonLine.decode(line.bytes, in: 0..<line.bytes.count, file: "replay", number: 1)
            })
    }

    /// What a pipeline counts in full.
    func count(_ frames: [SkeletonFrame]) throws -> Int {
        var parts = PipelineParts(exercises: [rule])
        parts.counting?.exercisesAreGiven = true
        parts.counting?.onlyExercise = rule.name
        var pipeline = try CameraPipeline(camera: "stage", parts: parts)
        var findings = frames.flatMap { pipeline.step($0).findings }
        findings += pipeline.finish(reason: .sourceEnded)
        return findings.count {
            if case .repetition(let repetition) = $0 { return !repetition.isPartial }
            return false
        }
    }
}
