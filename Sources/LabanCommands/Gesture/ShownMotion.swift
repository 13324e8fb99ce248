import Events
import Foundation
import LabanServer
import ModelStore
import Pipeline
import Recognition
import Recordings
import Skeleton
import Video

/// What one person does in an input, for whoever teaches or tries a gesture with it.
struct ShownMotion {
    let source: String
    let track: TrackID
    /// How many people are in the input.
    let people: Int
    /// Growing in time.
    let samples: [MotionSample]

    /// How long a camera gets for its first picture.
    private static let startLimit = Duration.seconds(10)

    /// Watches a whole file, or a camera for some time from its first picture on.
    ///
    /// - Parameters:
    ///   - track: whom to look at; the main person when nil.
    ///   - seconds: how long a camera is watched.
    /// - Throws: why a camera does not open, or nobody is shown.
    static func watch(
        _ input: PipelineInput, named name: String, reading: SkeletonReadingOptions = .init(), speed: Double = 1,
        track: Int? = nil, seconds: Double? = nil, stop: StopSignal
    ) throws -> ShownMotion {
        var parts = PipelineParts()
        if input.isVideo { parts.poseModelFolder = try ModelFolder.requirePoseWeights() }
        var live = LiveSettings()
        live.startLimit = startLimit
        let reader = try SourceReader(input, options: reading, speed: speed, live: live)
        var session = try CameraSession(
            camera: input.cameraName, reader: reader, parts: parts, bus: EventBus(sinks: []))
        var frames: [SkeletonFrame] = []
        let opened = ContinuousClock.now
        var first: ContinuousClock.Instant?
        _ = try session.run(shouldStop: {
            guard let seconds else { return stop.isRequested }
            // Publishers of skeletons are waited for without end.
            let limit = first.map { $0 + .seconds(seconds) } ?? opened + startLimit + .seconds(1)
            return stop.isRequested || .now > limit
        }) { step, _ in
            first = first ?? .now
            frames.append(step.skeletons)
            guard frames.count <= 200_000 else {
                throw RecordingsError(file: name, message: "expected at most 200000 frames to be shown, found more")
            }
        }
        if frames.isEmpty, seconds != nil, !stop.isRequested {
            throw VideoError(
                SourceAddress.redacting(name),
                "expected a camera that sends pictures or skeletons, found none within \(startLimit.shortSeconds)")
        }
        guard let main = MainPerson(in: frames) else {
            throw RecordingsError(file: name, message: "expected somebody who shows the gesture, found nobody")
        }
        let shown = track.map { TrackID($0) } ?? main.track
        var sampler: MotionSampler?
        var last = -Double.infinity
        let seen = frames.compactMap { frame -> MotionSample? in
            guard let person = frame.people.first(where: { $0.track == shown }) else { return nil }
            let topology = person.pose.topology
            if sampler?.topology != topology { sampler = MotionSampler(topology: topology) }
            let sample = sampler?.sampleWithHands(
                person.pose, at: frame.presentationTime.inSeconds, aspectRatio: frame.aspectRatio)
            guard let sample, sample.time > last else { return nil }
            last = sample.time
            return sample
        }
        let samples = seen.showing
        guard !samples.isEmpty else {
            throw RecordingsError(
                file: name, message: "expected track \(shown.value) with a body or a hand, found \(main.people) others")
        }
        return ShownMotion(source: name, track: shown, people: main.people, samples: samples)
    }
}
