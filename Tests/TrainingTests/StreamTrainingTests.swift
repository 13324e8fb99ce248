import Foundation
import Inference
import Recognition
import Recordings
import Skeleton
import TestSupport
import Testing
import Training

struct StreamTrainingTests {
    private static func weights(_ folder: String) throws -> Data {
        try Data(contentsOf: URL(filePath: folder + "/weights.safetensors"))
    }

    /// Somebody who stands still between the toy motions.
    private static func stream(seed: UInt64) -> LabelledStream {
        var samples: [MotionSample] = []
        var segments: [LabelledStream.Segment] = []
        var now = 0.0
        for motion in ToyMotions.make(clips: 3, seed: seed).sorted(by: { $0.name.suffix(2) < $1.name.suffix(2) }) {
            for still in 0..<30 {
                var sample = motion.samples[0]
                sample.points = ToyMotions.standing(time: 0).points
                sample.time = now + Double(still) / 15
                samples.append(sample)
            }
            now += 2
            let start = now
            for sample in motion.samples {
                var sample = sample
                sample.time += start
                samples.append(sample)
                now = sample.time
            }
            segments.append(.init(label: motion.label, start: start, end: now))
            now += 1 / 15
        }
        return LabelledStream(name: "s\(seed)", subject: "\(seed)", samples: samples, segments: segments)
    }

    @Test("clips teach a model whether they are spliced or shown from their beginning", arguments: [Float(0), 1])
    func clips(spliced: Float) throws {
        let folder = try TemporaryFolder()
        var recipe = ToyMotions.recipe
        recipe.epochs = 20
        recipe.sequence.spliced = spliced
        let run = try TrainingRun(
            motions: ToyMotions.make(clips: 20, seed: 1), recipe: recipe, output: folder.file("toy").path)
        let model = try #require(try run.run())
        let evaluation = try Evaluation(model: model, motions: ToyMotions.make(clips: 10, seed: 77))
        #expect(evaluation.top1 > 0.8)
    }

    @Test("long recordings teach when things begin and end, and what is nothing")
    func streams() throws {
        let folder = try TemporaryFolder()
        var recipe = ToyMotions.recipe
        recipe.epochs = 30
        let run = try TrainingRun(
            motions: [], streams: (0..<4).map(Self.stream), recipe: recipe, output: folder.file("toy").path)
        let model = try #require(try run.run())
        #expect(model.classes == ["bend", "left_up", "nothing", "right_up"])
        let test = Self.stream(seed: 99)
        var evaluation = StreamEvaluation(model: model, settings: ActionRecogniserSettings(for: model))
        let recording = Recording(
            topology: .common16, times: test.samples.map { .seconds($0.time) },
            poses: test.samples.map { sample in
                Pose(topology: .common16, worldPoints: (0..<16).map { SIMD3<Float>?(sample.points[$0]) })
            })
        try evaluation.add(
            recording,
            segments: test.segments.map {
                RecordedSegment(label: $0.label, start: .seconds($0.start), end: .seconds($0.end))
            }, name: "hall")
        #expect(evaluation.score.f1[1] > 0.8)
        let delay = try #require(evaluation.score.onsetDelay)
        #expect(delay > 0 && delay < 1)
    }

    @Test("the same recipe, clips and recordings give the same weights on any number of threads")
    func deterministic() throws {
        let folder = try TemporaryFolder()
        var recipe = ToyMotions.recipe
        recipe.epochs = 1
        recipe.sequence.balance = 0.5
        recipe.augmentation.freeze = 0.3
        for threads in [1, 2] {
            let run = try TrainingRun(
                motions: ToyMotions.make(clips: 4, seed: 1), streams: [Self.stream(seed: 3)], recipe: recipe,
                output: folder.file("\(threads)").path)
            _ = try run.run(threads: threads)
        }
        try #expect(Self.weights(folder.file("1").path) == Self.weights(folder.file("2").path))
    }

    @Test("a recording is parted where the person was away for long, and read from files with its segments")
    func files() throws {
        let folder = try TemporaryFolder()
        let place = folder.file("recordings")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        let writer = try SkeletonFileWriter(path: place.appending(path: "long.jsonl").path)
        for index in 0..<200 where !(90..<130 ~= index) {
            let points = (0..<16).map { SIMD3<Float>?([Float($0 % 4) / 10, Float($0) / 10, Float(index) / 1000]) }
            try writer.append(
                SkeletonFrame(
                    camera: "hall", index: index, presentationTime: .milliseconds(index * 50),
                    people: [TrackedPose(track: TrackID(1), pose: Pose(topology: .common16, worldPoints: points))]))
        }
        try writer.finish()
        try "file,label,start_us,end_us\nlong.jsonl,a,2000000,4000000\nlong.jsonl,b,7000000,9000000\n"
            .write(to: place.appending(path: "segments.csv"), atomically: true, encoding: .utf8)
        let streams = try LabelledStream.load(RecordingsFolder(place.path))
        #expect(streams.map { $0.segments.map(\.label) } == [["a"], ["b"]])
        #expect(streams.map(\.samples.count) == [90, 70])
    }

    @Test("a model says of a real file live what it says of its people as recordings, holes and all")
    func realFile() throws {
        let folder = try TemporaryFolder()
        var recipe = ToyMotions.recipe
        recipe.epochs = 1
        let model = try #require(
            try TrainingRun(
                motions: ToyMotions.make(clips: 4, seed: 1), recipe: recipe, output: folder.file("toy").path
            ).run())
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Fixtures/everyday.truth.jsonl").path
        let frames = try SkeletonFileReader.frames(of: file)
        var recogniser = ActionRecogniser(model: model)
        var live: [TrackID: [[Float]]] = [:]
        var clips: [TrackID: [ActionSample]] = [:]
        let sampler = MotionSampler(topology: .blazePose33)
        for frame in frames {
            _ = recogniser.update(frame)
            for prediction in recogniser.predictions {
                live[prediction.track, default: []].append(prediction.probabilities)
            }
            for person in frame.people {
                let sample = sampler.sample(
                    person.pose, at: frame.presentationTime.inSeconds, aspectRatio: frame.aspectRatio)
                clips[person.track, default: []].append(.motion(sample))
            }
        }
        #expect(!clips.isEmpty)
        let classifier = ActionClassifier(model: model)
        for (track, samples) in clips {
            #expect(live[track] == classifier.predictions(of: [samples])[0].map(\.probabilities))
        }
    }
}
