import Foundation
import Randomness
import Recognition
import Recordings
import Skeleton
import TestSupport
import Testing
import Training

struct RecordingChangeTests {
    private typealias Joint = MotionSample.Joint

    /// Somebody who moves, goes about and is seen from a little aside, for so many seconds; with depth.
    private static func recording(seconds: Double = 4) -> Recording {
        var stream = SplitMix64(seed: 3)
        let rest = ToyMotions.standing(time: 0)
        let times = (0..<Int(seconds * 30)).map { Duration.milliseconds($0 * 1000 / 30) }
        let poses = times.map { time in
            let place = SIMD3(0.2 * Float(time / .seconds(1)), 0.1, 2)
            return Pose(
                topology: .common16,
                worldPoints: (0..<16).map { joint in
                    let error = 0.03 * SIMD3(0, stream.normal(), stream.normal())
                    return rest.points[joint] + place + error
                })
        }
        return Recording(topology: .common16, times: times, poses: poses)
    }

    private static func samples(_ recording: SampledRecording) -> [MotionSample] {
        recording.frames.flatMap(\.samples).compactMap {
            if case .motion(let sample) = $0.sample { sample } else { nil }
        }
    }

    private static func isSame(_ a: [MotionSample], _ b: [MotionSample]) -> Bool {
        a.count == b.count
            && zip(a, b).allSatisfy { a, b in
                a.time == b.time && a.seen == b.seen && a.root == b.root
                    && (0..<16).allSatisfy { a.points[$0] == b.points[$0] }
            }
    }

    private let model: ActionModel
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let run = try TrainingRun(
            motions: ToyMotions.make(clips: 6, seed: 1), recipe: ToyMotions.recipe, output: folder.file("model").path)
        model = try #require(try run.run(threads: 1))
    }

    private func changed(
        _ recording: Recording, by change: RecordingChange, number: Int = 0
    ) -> (before: [MotionSample], after: [MotionSample]) {
        let before = SampledRecording(recording, input: model.input)
        var after = before
        var truth: [LabelledStream.Segment] = []
        change.apply(to: &after, truth: &truth, number: number, classes: model.classes)
        return (Self.samples(before), Self.samples(after))
    }

    @Test("a change touches only what it says, and something of it")
    func only() {
        let arm = [Joint.rightElbow, Joint.rightWrist]
        let wrists = [Joint.leftWrist, Joint.rightWrist]
        let legs = [Joint.leftKnee, Joint.leftAnkle, Joint.rightKnee, Joint.rightAnkle]
        let limbs = legs + wrists + [Joint.leftElbow, Joint.rightElbow]
        let everywhere = Array(0..<16)
        /// Joints that may be lost, that may move, and whether the root may.
        let allowed: [String: (lost: [Int], moved: [Int], root: Bool)] = [
            "wrists_lost": (wrists, [], false), "arm_unseen": (arm, [], false), "legs_unseen": (legs, [], false),
            "head_unseen": ([Joint.head], [], false), "flat": ([], everywhere, true),
            "depth_halved": ([], everywhere, true), "depth_stretched": ([], everywhere, true),
            "jitter": ([], everywhere, false), "legs_confused": ([], legs, false), "frames_halved": ([], [], false),
            "frames_thirded": ([], [], false), "limbs_longer": ([], limbs, false), "limbs_shorter": ([], limbs, false),
            "child": ([], legs + [Joint.head], false), "leaning": ([], everywhere, true),
            "camera_above": ([], everywhere, true), "turned_45": ([], everywhere, true),
            "turned_90": ([], everywhere, true), "slower": ([], [], false), "faster": ([], [], false),
            "mirrored": ([], everywhere, true), "root_unknown": ([], [], true),
        ]
        #expect(RecordingChange.all.map(\.key).sorted() == allowed.keys.sorted())
        for change in RecordingChange.all {
            guard let allowed = allowed[change.key] else { continue }
            let (before, after) = changed(Self.recording(), by: change)
            #expect(!Self.isSame(before, after), "\(change.key)")
            let kept: Int = ["frames_halved": 2, "frames_thirded": 3][change.key] ?? 1
            #expect(after.count == (before.count + kept - 1) / kept, "\(change.key)")
            let speed: Double = ["slower": 0.75, "faster": 1.25][change.key] ?? 1
            for (index, sample) in after.enumerated() {
                let old = before[index * kept]
                #expect(abs(sample.time - old.time / speed) < 2e-6, "\(change.key)")
                for joint in 0..<16 {
                    #expect(sample.isSeen(joint) || allowed.lost.contains(joint), "\(change.key): \(joint)")
                    let way = sample.points[joint] - old.points[joint]
                    let isMoved = (way * way).sum() > 1e-12
                    #expect(!isMoved || allowed.moved.contains(joint), "\(change.key): \(joint)")
                }
                #expect(sample.root == old.root || allowed.root, "\(change.key)")
            }
        }
    }

    @Test("mirroring twice is nothing, and so is turning four times by 90 degrees but for rounding")
    func twice() throws {
        func again(_ key: String, times: Int) throws -> (before: [MotionSample], after: [MotionSample]) {
            let change = try #require(RecordingChange.all.first { $0.key == key })
            let before = SampledRecording(Self.recording(), input: model.input)
            var after = before
            var truth: [LabelledStream.Segment] = []
            for _ in 0..<times { change.apply(to: &after, truth: &truth, number: 0, classes: model.classes) }
            return (Self.samples(before), Self.samples(after))
        }
        let mirrored = try again("mirrored", times: 2)
        #expect(Self.isSame(mirrored.before, mirrored.after))
        let turned = try again("turned_90", times: 4)
        for (a, b) in zip(turned.before, turned.after) {
            for joint in 0..<16 {
                for axis in 0..<3 { #expect(abs(a.points[joint][axis] - b.points[joint][axis]) < 1e-5) }
            }
        }
    }

    @Test("a mirrored recording has the mirrored label, a slower one lasts longer together with what is done in it")
    func truth() throws {
        for (key, expected) in [
            ("mirrored", LabelledStream.Segment(label: "right_up", start: 1, end: 2)),
            ("slower", LabelledStream.Segment(label: "left_up", start: 4.0 / 3, end: 8.0 / 3)),
            ("faster", LabelledStream.Segment(label: "left_up", start: 0.8, end: 1.6)),
            ("jitter", LabelledStream.Segment(label: "left_up", start: 1, end: 2)),
        ] {
            let change = try #require(RecordingChange.all.first { $0.key == key })
            var recording = SampledRecording(Self.recording(), input: model.input)
            var truth = [LabelledStream.Segment(label: "left_up", start: 1, end: 2)]
            change.apply(to: &recording, truth: &truth, number: 0, classes: model.classes)
            #expect(truth[0].label == expected.label, "\(key)")
            #expect(abs(truth[0].start - expected.start) < 1e-9 && abs(truth[0].end - expected.end) < 1e-9, "\(key)")
        }
    }

    @Test("what comes at random is as common as it says, the same every time and different from recording to recording")
    func random() throws {
        let long = Self.recording(seconds: 600)
        for (key, share) in [("wrists_lost", 1.0 / 3), ("legs_confused", 0.25)] {
            let change = try #require(RecordingChange.all.first { $0.key == key })
            let (before, after) = changed(long, by: change)
            let touched = zip(before, after).count { before, after in
                !after.isSeen(Joint.leftWrist) || before.points[Joint.leftKnee] != after.points[Joint.leftKnee]
            }
            #expect(abs(Double(touched) / Double(before.count) - share) < 0.05, "\(key): \(touched)")
            #expect(Self.isSame(after, changed(long, by: change).after), "\(key)")
            #expect(!Self.isSame(after, changed(long, by: change, number: 1).after), "\(key)")
        }
        let jitter = try #require(RecordingChange.all.first { $0.key == "jitter" })
        let (before, after) = changed(long, by: jitter)
        let squares = zip(before, after).map { before, after in
            let error = after.points[Joint.leftElbow].x - before.points[Joint.leftElbow].x
            return error * error
        }
        let deviation = (squares.reduce(0, +) / Float(squares.count)).squareRoot()
        // Its torso is half a unit long, less the joints' own unrest.
        #expect(abs(deviation - 0.02) < 0.002, "\(deviation)")
    }

    @Test("limbs are longer by the share that is said, and nothing else is")
    func limbs() throws {
        let change = try #require(RecordingChange.all.first { $0.key == "limbs_longer" })
        let (before, after) = changed(Self.recording(), by: change)
        func lengths(_ sample: MotionSample) -> [Float] {
            SkeletonTopology.common16.inwardEdges.map { edge in
                let bone = sample.points[edge.child] - sample.points[edge.parent]
                return (bone * bone).sum().squareRoot()
            }
        }
        let scaled = [5, 6, 8, 9, 11, 12, 14, 15]
        for (before, after) in zip(before, after) {
            for (place, edge) in SkeletonTopology.common16.inwardEdges.enumerated() {
                let factor: Float = scaled.contains(edge.child) ? 1.15 : 1
                #expect(abs(lengths(after)[place] - lengths(before)[place] * factor) < 1e-4)
            }
        }
    }

    // MARK: - Of whole sets

    /// Two people's clips of toy motions and a long recording, measured with these changes.
    private func evaluation(_ changes: [RecordingChange]) throws -> CrossDatasetEvaluation {
        let set = folder.file("data/toys")
        var subjects = "clip,subject\n"
        var segments = "file,label,start_us,end_us\n"
        for (number, motion) in ToyMotions.make(clips: 3, seed: 8).enumerated() {
            let place = set.appending(path: motion.label)
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            // Two of three are long enough to be watched.
            try write(motion.samples, slower: number % 3 == 0 ? 1 : 3, to: place.appending(path: "\(number).jsonl"))
            subjects += "\(motion.label)/\(number),\(["anna", "ben"][number % 2])\n"
        }
        let long = ToyMotions.make(clips: 1, seed: 4)[1]
        try write(long.samples, slower: 4, to: set.appending(path: "long.jsonl"))
        segments += "long.jsonl,left_up,1000000,8000000\n"
        try subjects.write(to: set.appending(path: "subjects.csv"), atomically: true, encoding: .utf8)
        try segments.write(to: set.appending(path: "segments.csv"), atomically: true, encoding: .utf8)
        let recipe = try Recipe(Data(#"{"sources": [{"kind": "folder", "path": "toys"}]}"#.utf8), file: "sets.json")
        var evaluation = CrossDatasetEvaluation(model: model, changes: changes)
        try evaluation.add(recipe.openSources(dataFolder: folder.file("data").path, classes: model.classes))
        return evaluation
    }

    private func write(_ samples: [MotionSample], slower: Double, to place: URL) throws {
        let frames = samples.enumerated().map { index, sample in
            let pose = Pose(topology: .common16, worldPoints: (0..<16).map { SIMD3<Float>?(sample.points[$0]) })
            return SkeletonFrame(
                camera: "toys", index: index, presentationTime: .seconds(sample.time * slower),
                people: [TrackedPose(track: TrackID(1), pose: pose)])
        }
        try SkeletonFileWriter.write(frames, to: place.path)
    }

    @Test("changes leave the figures of unchanged recordings as they are; one that does nothing gives the same")
    func unchanged() throws {
        let plain = try evaluation([])
        let nothing = RecordingChange("nothing", "nothing")
        let measured = try evaluation([nothing] + RecordingChange.all)
        #expect(measured.changed.count == RecordingChange.all.count + 1)
        for parts in [measured.parts, measured.changed[0].parts] {
            #expect(parts[0].clips == plain.parts[0].clips)
            #expect(parts[0].watched.seconds == plain.parts[0].watched.seconds)
            #expect(parts[0].segments?.hits == plain.parts[0].segments?.hits)
            #expect(parts[0].people == plain.parts[0].people)
        }
        for changed in measured.changed {
            #expect(changed.parts[0].clips?.clips == 9, "\(changed.change.key)")
        }
    }

    @Test("clips that are watched are classified as those that are not")
    func watchedClips() throws {
        let parts = try evaluation([]).parts
        let clips = try RecordingsFolder(folder.file("data/toys").path)
        let recordings = try LabelledRecording.load(clips, for: model.input)
        #expect(parts[0].clips == (try Evaluation(model: model, recordings: recordings)))
        #expect(parts[0].watched.allSeconds > 30)
    }

    @Test("errors by class, person and set are the same errors, dearest first")
    func errors() throws {
        let evaluation = try evaluation([])
        let all = evaluation.errors
        #expect(all.clips == 9 && all.wrongClips == 9 - Int((9 * (evaluation.parts[0].clips?.top1 ?? 0)).rounded()))
        for shares in [evaluation.errorsByClass, evaluation.errorsByPerson, evaluation.errorsBySet] {
            let sum = shares.reduce(into: ErrorCount()) { $0.add($1.count) }
            #expect(sum.clips == all.clips && sum.wrongClips == all.wrongClips)
            #expect(abs(sum.seconds - all.seconds) < 1e-6 && abs(sum.wrongSeconds - all.wrongSeconds) < 1e-6)
            let costs = shares.map { $0.count.clipPoints(of: all) + $0.count.secondPoints(of: all) }
            #expect(costs == costs.sorted(by: >))
        }
        #expect(
            evaluation.errorsByPerson.map(\.name).sorted() == [
                "toys: anna", "toys: ben", "toys: people without a name",
            ])
        #expect(abs(all.wrongSeconds - all.seconds * (1 - evaluation.parts[0].watched.right)) < 1e-6)
    }
}
