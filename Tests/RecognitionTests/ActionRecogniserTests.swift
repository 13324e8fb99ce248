import Dispatch
import Foundation
import Inference
import Recognition
import Skeleton
import Synchronization
import TestSupport
import Testing

struct ActionRecogniserTests {
    private static func pose(_ sample: MotionSample) -> Pose {
        Pose(
            topology: .common16,
            worldPoints: (0..<16).map { sample.isSeen($0) ? SIMD3<Float>?(sample.points[$0]) : nil })
    }

    private static func frames(_ people: [TrackID: [MotionSample]]) -> [SkeletonFrame] {
        let count = people.values.map(\.count).max() ?? 0
        return (0..<count).map { index in
            let seen = people.filter { index < $0.value.count }
            let time = seen.values.first?[index].time ?? 0
            return SkeletonFrame(
                camera: "gym", index: index, presentationTime: .seconds(time),
                people: seen.map { TrackedPose(track: $0.key, pose: pose($0.value[index])) })
        }
    }

    private static func predictions(
        _ frames: [SkeletonFrame], model: ActionModel = TinyModel.model()
    ) -> [ActionPrediction] {
        var recogniser = ActionRecogniser(model: model)
        return frames.flatMap { frame in
            _ = recogniser.update(frame)
            return recogniser.predictions
        }
    }

    /// The samples as a recogniser makes them of poses.
    private static func samples(_ motion: [MotionSample]) -> [ActionSample] {
        let sampler = MotionSampler(topology: .common16)
        return motion.map { .motion(sampler.sample(pose($0), at: $0.time, aspectRatio: nil)) }
    }

    @Test("live it says what it says of the same samples as a clip", arguments: [4.0, 10, 12.5, 30])
    func liveEqualsClip(rate: Double) {
        let model = TinyModel.model(networks: 2)
        let motion = MotionFeaturesTests.motion(seed: 1, frames: Int(6 * rate), rate: rate)
        let live = Self.predictions(Self.frames([TrackID(1): motion]), model: model)
        let clip = ActionClassifier(model: model).predictions(of: [Self.samples(motion)])[0]
        #expect(live.count > 45 && live.map(\.probabilities) == clip.map(\.probabilities))
        for (a, b) in zip(live, clip) { #expect(abs(a.moment.inSeconds - b.moment) < 1e-6) }
    }

    @Test("who stands in a frame twice, or in one that came before, is taken once")
    func once() {
        let motion = MotionFeaturesTests.motion(seed: 6, frames: 40, rate: 20)
        let frames = Self.frames([TrackID(1): motion])
        let doubled = frames.flatMap { frame in
            var double = frame
            double.people += frame.people
            return [double, frames[0]]
        }
        #expect(Self.predictions(doubled) == Self.predictions(frames))
    }

    @Test("the first prediction comes when the network has seen what it looks ahead to, one a tenth of a second later")
    func warmUp() {
        let motion = MotionFeaturesTests.motion(seed: 2, frames: 40, rate: 20)
        let live = Self.predictions(Self.frames([TrackID(1): motion]))
        #expect(live.first?.moment == .zero)
        #expect(zip(live, live.dropFirst()).allSatisfy { abs(($1.moment - $0.moment).inSeconds - 0.1) < 1e-6 })
        #expect(abs((live.last?.moment.inSeconds ?? 0) - 1.8) < 1e-6)
    }

    @Test("people at once are told what they are told one after the other")
    func people() {
        let motions = (0..<5).map { MotionFeaturesTests.motion(seed: 10 + UInt64($0), frames: 40 + 3 * $0, rate: 15) }
        let together = Self.predictions(
            Self.frames(Dictionary(uniqueKeysWithValues: motions.enumerated().map { (TrackID($0), $1) })))
        for (index, motion) in motions.enumerated() {
            let alone = Self.predictions(Self.frames([TrackID(index): motion]))
            #expect(together.filter { $0.track == TrackID(index) } == alone)
        }
        let clips = ActionClassifier(model: TinyModel.model()).predictions(of: motions.map(Self.samples))
        #expect(clips.map(\.count) == motions.indices.map { index in together.count { $0.track == TrackID(index) } })
    }

    @Test("cameras that watch with one model are told what each is told alone")
    func cameras() {
        let model = TinyModel.model()
        let motions = (0..<6).map { MotionFeaturesTests.motion(seed: 30 + UInt64($0), frames: 60, rate: 12) }
        let alone = motions.map { Self.predictions(Self.frames([TrackID(1): $0])) }
        let found = Mutex([Int: [ActionPrediction]]())
        DispatchQueue.concurrentPerform(iterations: motions.count) { index in
            let own = Self.predictions(Self.frames([TrackID(1): motions[index]]), model: model)
            found.withLock { $0[index] = own }
        }
        for index in motions.indices { #expect(found.withLock { $0[index] } == alone[index]) }
    }

    @Test("a batch of people is stepped without asking for memory")
    func allocations() {
        let networks = TinyModel.model(networks: 2).networks
        let batcher = StepBatcher(networks: networks)
        let job = StepBatcher.Job()
        let memories = (0..<8).map { _ in SubjectMemory(networks) }
        func step() {
            job.reset(subjects: memories.count, network: networks[0])
            for memory in memories { job.memories.append(memory) }
            for index in job.frames.indices { job.frames[index] = Float(index % 7) / 7 }
            batcher.run(job)
        }
        for _ in 0..<4 { step() }
        expectAllocations(of: "a batch of people") { for _ in 0..<20 { step() } }
        #expect(job.hasPrediction.allSatisfy { $0 } && job.logits.contains { $0 != 0 })
    }

    @Test("of several networks the logits are averaged, at every moment")
    func severalNetworks() throws {
        let motion = MotionFeaturesTests.motion(seed: 5, frames: 40, rate: 10)
        let model = TinyModel.model(networks: 2)
        func logits(_ model: ActionModel) -> [[Float]] {
            ActionClassifier(model: model).predictions(of: [Self.samples(motion)])[0].map { prediction in
                prediction.probabilities.map { log($0) }
            }
        }
        var description = try #require(model.trained)
        description.networks = nil
        let alone = model.networks.map {
            logits(ActionModel(description: description, networks: [$0], standardisation: TinyModel.standardisation))
        }
        // Logarithms of probabilities are logits but for a constant.
        for (both, (first, second)) in zip(logits(model), zip(alone[0], alone[1])) {
            let mean = zip(first, second).map { ($0 + $1) / 2 }
            expectClose(both.map { $0 - both[0] }, mean.map { $0 - mean[0] }, tolerance: 1e-4)
        }
    }

    @Test("a person who goes missing ends their segment and starts anew; a short gap is bridged")
    func gaps() {
        let long = Self.changes(seconds: 16) { 5..<9 ~= $0 ? [] : [(1, true)] }.filter { $0.phase != .update }
        #expect(long.map(\.phase) == [.begin, .end, .begin, .end])
        #expect(long[1].reason == .trackEnded && long[2].start.inSeconds >= 9)
        let short = Self.changes(seconds: 12) { 5..<5.6 ~= $0 ? [] : [(1, true)] }.filter { $0.phase != .update }
        #expect(short.map(\.phase) == [.begin, .end])
    }

    @Test("a track that ends ends its segment once")
    func endOfTrack() {
        var recogniser = ActionRecogniser(model: TinyModel.handsUp(nothing: true))
        var begun = 0
        for index in 0..<60 {
            let frame = SkeletonFrame(
                camera: "gym", index: index, presentationTime: .seconds(Double(index) / 15),
                people: [TrackedPose(track: TrackID(1), pose: Self.hands(up: true))])
            begun += recogniser.update(frame).count { $0.phase == .begin }
        }
        let ended = recogniser.end(TrackID(1), frame: 60, at: .seconds(4), reason: .trackEnded)
        #expect(begun == 1 && ended.map(\.phase) == [.end] && ended.first?.reason == .trackEnded)
        #expect(recogniser.end(TrackID(1), frame: 61, at: .seconds(5), reason: .trackEnded).isEmpty)
        #expect(recogniser.finish(frame: 61, at: .seconds(5), reason: .stopped).isEmpty)
    }

    @Test("a recording is what its moments say together, and one too short to say anything is held")
    func recordings() {
        let classifier = ActionClassifier(model: TinyModel.handsUp(nothing: false))
        func samples(_ count: Int, up: Bool) -> [ActionSample] {
            var sampler = ActionSampler(classifier.model.input)
            return (0..<count).flatMap {
                sampler.samples(of: Self.hands(up: up), at: Double($0) / 15, aspectRatio: nil).map(\.sample)
            }
        }
        let rows = classifier.probabilities(of: [samples(40, up: true), samples(40, up: false), samples(2, up: true)])
        #expect(rows[0][0] > 0.9 && rows[1][1] > 0.9 && rows[2][0] > 0.9)
        #expect(classifier.predictions(of: [samples(1, up: true)])[0].isEmpty)
    }

    @Test("who comes back after a while is somebody new, whoever was seen with that memory before")
    func memories() {
        let motion = MotionFeaturesTests.motion(seed: 50, frames: 30, rate: 10)
        let later = motion.map { sample in
            var sample = sample
            sample.time += 60
            return sample
        }
        let fresh = Self.predictions(Self.frames([TrackID(1): motion]))
        let both = Self.predictions(Self.frames([TrackID(1): motion]) + Self.frames([TrackID(1): later]))
        #expect(both.suffix(fresh.count).map(\.probabilities) == fresh.map(\.probabilities))
    }

    /// Somebody who stands, with hands up.
    private static func hands(up: Bool) -> Pose { hands(at: up ? -1 : 0.1) }

    /// Somebody who stands, with hands this much above the hips (negative) or below, in metres.
    private static func hands(at hands: Float) -> Pose {
        Pose(
            topology: .common16,
            worldPoints: [
                [0, 0, 0], [0, -0.25, 0], [0, -0.5, 0], [0, -0.7, 0], [0.18, -0.48, 0], [0.24, -0.2, 0],
                [0.26, hands, 0], [-0.18, -0.48, 0], [-0.24, -0.2, 0], [-0.26, hands, 0], [0.1, 0, 0],
                [0.11, 0.4, 0], [0.11, 0.8, 0], [-0.1, 0, 0], [-0.11, 0.4, 0], [-0.11, 0.8, 0],
            ])
    }

    private static func changes(
        seconds: Double, rate: Double = 15, nothing: Bool = true, settings: ActionRecogniserSettings = .init(),
        people: (Double) -> [(Int, Bool)]
    ) -> [SegmentChange] {
        var recogniser = ActionRecogniser(model: TinyModel.handsUp(nothing: nothing), settings: settings)
        var changes: [SegmentChange] = []
        let count = Int(seconds * rate)
        for index in 0..<count {
            let time = Double(index) / rate
            changes += recogniser.update(
                SkeletonFrame(
                    camera: "gym", index: index, presentationTime: .seconds(time),
                    people: people(time).map { TrackedPose(track: TrackID($0.0), pose: hands(up: $0.1)) }))
        }
        return changes + recogniser.finish(frame: count, at: .seconds(seconds), reason: .sourceEnded)
    }

    @Test(
        "a held movement is one segment with its true boundaries, whatever the frame rate", arguments: [10.0, 15, 30])
    func oneSegment(rate: Double) throws {
        let changes = Self.changes(seconds: 12, rate: rate) { [(1, 4..<8 ~= $0)] }
        let ends = changes.filter { $0.phase != .update }
        try #require(ends.map(\.phase) == [.begin, .end])
        #expect(ends.allSatisfy { $0.label == "hands_up" && $0.segment == 1 })
        #expect(abs(ends[0].start.inSeconds - 4) < 0.25 && ends[0].presentationTime.inSeconds < 5)
        let end = try #require(ends[1].end)
        #expect(abs(end.inSeconds - 8) < 0.25 && end < ends[1].presentationTime)
        #expect(changes.count(where: { $0.phase == .update }) >= 2)
    }

    @Test("a threshold is noted, and a segment's peak is the highest one at which it would have been told")
    func peaks() {
        var (told, untold) = (0, 0)
        for seed in 0..<20 {
            var generator = SeededGenerator(seed: UInt64(seed))
            let highest = Float.random(in: -0.2 ... -0.02, using: &generator)
            let heights = (0..<12).map { _ in Float.random(in: highest...0.05, using: &generator) }
            func changes(_ threshold: Float) -> [SegmentChange] {
                var settings = ActionRecogniserSettings()
                settings.threshold = threshold
                var recogniser = ActionRecogniser(model: TinyModel.handsUp(nothing: true), settings: settings)
                return (0..<180).flatMap { index in
                    recogniser.update(
                        SkeletonFrame(
                            camera: "gym", index: index, presentationTime: .seconds(Double(index) / 15),
                            people: [TrackedPose(track: TrackID(1), pose: Self.hands(at: heights[index / 15]))]))
                } + recogniser.finish(frame: 180, at: .seconds(12), reason: .sourceEnded)
            }
            let low = changes(0.5)
            let peaks = low.filter { $0.phase == .end }.compactMap(\.peak)
            #expect(peaks.count == low.count { $0.phase == .begin } && low.allSatisfy { $0.peak ?? 1 >= $0.confidence })
            #expect(low.allSatisfy { $0.threshold == ($0.phase == .begin ? 0.5 : nil) })
            for threshold in [Float(0.6), 0.7, 0.8, 0.9, 0.95, 0.99] {
                let count = changes(threshold).count { $0.phase == .begin }
                let expected = peaks.count { $0 >= threshold }
                #expect(count <= expected && (count == 0) == (expected == 0), "seed \(seed), \(threshold)")
                if count == 0 { untold += 1 } else { told += 1 }
            }
        }
        #expect(told > 10 && untold > 10, "\(told) \(untold)")
    }

    @Test("nothing is not reported")
    func silence() {
        #expect(Self.changes(seconds: 8) { _ in [(1, false)] }.isEmpty)
    }

    @Test("one action after the other: the first ends where the second begins")
    func following() throws {
        let changes = Self.changes(seconds: 14, nothing: false) { [(1, $0 >= 6)] }.filter { $0.phase != .update }
        try #require(changes.map(\.phase) == [.begin, .end, .begin, .end])
        #expect(changes.map(\.label) == ["hands_down", "hands_down", "hands_up", "hands_up"])
        #expect(changes[1].end == changes[2].start && abs(changes[2].start.inSeconds - 6) < 0.3)
    }

    @Test("a label that what follows speaks against is corrected, for the whole segment")
    func correction() throws {
        let changes = Self.changes(seconds: 10, nothing: false) { [(1, $0 >= 0.25)] }
        #expect(changes.first?.phase == .begin && changes.first?.label == "hands_down")
        #expect(changes.contains { $0.phase == .update && $0.label == "hands_up" })
        #expect(Set(changes.map(\.segment)) == [1] && changes.last?.label == "hands_up")
    }

    @Test("the same frames give the same segments, in whatever order people are listed")
    func order() {
        let forwards = Self.changes(seconds: 8) { [(3, $0 > 3), (7, $0 < 4)] }
        let backwards = Self.changes(seconds: 8) { [(7, $0 < 4), (3, $0 > 3)] }
        #expect(forwards == backwards && Set(forwards.map(\.track)) == [TrackID(3), TrackID(7)])
    }

    @Test("frames out of order and poses without joints are passed over")
    func strangeInput() {
        var recogniser = ActionRecogniser(model: TinyModel.handsUp(nothing: true))
        for index in [0, 5, 3, 5, 5, 9, 200, 1] {
            _ = recogniser.update(
                SkeletonFrame(
                    camera: "gym", index: index, presentationTime: .milliseconds(index * 70),
                    people: [TrackedPose(track: TrackID(1), pose: Self.hands(up: true))]))
        }
        let empty = Pose(topology: .coco17)
        _ = recogniser.update(
            SkeletonFrame(
                camera: "gym", index: 300, presentationTime: .seconds(30),
                people: [TrackedPose(track: TrackID(1), pose: empty)]))
        #expect(recogniser.finish(frame: 400, at: .seconds(60), reason: .stopped).count <= 1)
    }
}
