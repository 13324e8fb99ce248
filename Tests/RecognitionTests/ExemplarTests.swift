import Foundation
import Recognition
import Skeleton
import TestSupport
import Testing

/// Somebody who stands, and lifts an arm forwards and up and lowers it again.
enum ShownArm {
    /// - Parameters:
    ///   - isLeft: which arm.
    ///   - seconds: how long it takes; before it and after it they stand for 1.5 s.
    static func samples(isLeft: Bool = false, seconds: Double = 1.2, rate: Double = 20, from start: Double = 0)
        -> [MotionSample]
    {
        (0...Int((3 + seconds) * rate)).map { frame in
            let time = Double(frame) / rate
            let share = min(1, max(0, (time - 1.5) / seconds))
            return sample(at: start + time, raised: Float(share < 0.5 ? 2 * share : 2 - 2 * share), isLeft: isLeft)
        }
    }

    /// The same with the hand going up and down several times before it is lowered for good.
    static func waving(strokes: Int) -> [MotionSample] {
        (0...Int((3 + 1.2 + 0.6 * Double(strokes)) * 20)).map { frame in
            let time = Double(frame) / 20
            let length = 1.2 + 0.6 * Double(strokes)
            let place = time - 1.5
            let raised: Double =
                switch place {
                case ..<0.6: max(0, place / 0.6)
                case (length - 0.6)...: max(0, (length - place) / 0.6)
                default: 0.65 + 0.35 * cos(2 * .pi * (place - 0.6) / 0.6)
                }
            return sample(at: time, raised: Float(raised), isLeft: false)
        }
    }

    static func sample(at time: Double, raised: Float, isLeft: Bool) -> MotionSample {
        var points: [SIMD3<Float>] = [
            [0, 0, 0], [0, -0.25, 0], [0, -0.5, 0], [0, -0.7, 0], [0.18, -0.48, 0], [0.2, -0.2, 0], [0.21, 0.05, 0],
            [-0.18, -0.48, 0], [-0.2, -0.2, 0], [-0.21, 0.05, 0], [0.1, 0, 0], [0.11, 0.4, 0], [0.11, 0.8, 0],
            [-0.1, 0, 0], [-0.11, 0.4, 0], [-0.11, 0.8, 0],
        ]
        let angle = Double(raised) * 2.6
        let direction = SIMD3<Float>(0, Float(cos(angle)), -Float(sin(angle)))
        let shoulder = isLeft ? 4 : 7
        points[shoulder + 1] = points[shoulder] + 0.28 * direction
        points[shoulder + 2] = points[shoulder] + 0.54 * direction
        return MotionSample(time: time, points: points)
    }

    static func gesture(mirrored: Bool = false) throws -> TaughtGesture {
        let example = try #require(GestureTeacher.example(samples(), source: "arm"))
        return TaughtGesture(name: "arm_up", isMirrored: mirrored, threshold: 0.6, examples: [example])
    }

    static func frames(_ samples: [MotionSample], track: Int = 1) -> [SkeletonFrame] {
        samples.enumerated().map { index, sample in
            let points = (0..<16).map { sample.isSeen($0) ? SIMD3<Float>?(sample.points[$0]) : nil }
            let pose = Pose(topology: .common16, worldPoints: points)
            return SkeletonFrame(
                camera: "x", index: index, presentationTime: .seconds(sample.time),
                people: [TrackedPose(track: TrackID(track), pose: pose)])
        }
    }
}

@Suite("Taught gestures")
struct ExemplarTests {
    private static func changes(_ gesture: TaughtGesture, in samples: [MotionSample]) -> [SegmentChange] {
        var recogniser = ExemplarRecogniser(ExemplarSet([gesture], model: TinyModel.model()))
        var changes = ShownArm.frames(samples).flatMap { recogniser.update($0) }
        changes += recogniser.finish(frame: samples.count, at: .seconds(samples.last?.time ?? 0))
        return changes
    }

    @Test("the moving part of a recording is found")
    func span() throws {
        let span = try #require(MovingSpan.find(in: ShownArm.samples(seconds: 1.2)))
        #expect(abs(span.lowerBound - 1.5) < 0.35 && abs(span.upperBound - 2.7) < 0.35)
        let still = (0..<40).map { ShownArm.sample(at: Double($0) / 20, raised: 0, isLeft: false) }
        #expect(MovingSpan.find(in: still) == nil)
        #expect(GestureTeacher.example(still, source: "still") == nil)
    }

    @Test("what was shown is told once, as a begin and an end of one segment within half a second of its end")
    func itself() throws {
        let changes = Self.changes(try ShownArm.gesture(), in: ShownArm.samples(seconds: 1.2, from: 100))
        #expect(changes.map(\.phase) == [.begin, .end])
        #expect(Set(changes.map(\.segment)).count == 1 && changes.allSatisfy { $0.label == "arm_up" })
        let end = try #require(changes.last)
        let last = try #require(end.end)
        #expect(end.reason == .completed && end.start < last)
        #expect(abs(end.start.inSeconds - 101.5) < 0.5)
        #expect(end.presentationTime.inSeconds < 102.7 + 0.5)
    }

    @Test("slower and faster performances are told too", arguments: [0.8, 1.0, 1.5])
    func speeds(seconds: Double) throws {
        let changes = Self.changes(try ShownArm.gesture(), in: ShownArm.samples(seconds: seconds))
        #expect(changes.map(\.phase) == [.begin, .end])
    }

    @Test("the mirror image counts where it was asked for, and only there")
    func mirror() throws {
        let other = ShownArm.samples(isLeft: true)
        #expect(Self.changes(try ShownArm.gesture(), in: other).isEmpty)
        #expect(Self.changes(try ShownArm.gesture(mirrored: true), in: other).count == 2)
    }

    @Test("standing still and half a movement are nothing")
    func nothing() throws {
        let still = (0..<200).map { ShownArm.sample(at: Double($0) / 20, raised: 0, isLeft: false) }
        #expect(Self.changes(try ShownArm.gesture(), in: still).isEmpty)
        let held = (0..<200).map { ShownArm.sample(at: Double($0) / 20, raised: 1, isLeft: false) }
        #expect(Self.changes(try ShownArm.gesture(), in: held).isEmpty)
    }

    @Test("an arm that rests in the example and is lifted too makes the performance cost more")
    func bothArms() throws {
        let both = ShownArm.samples().map { sample in
            var sample = sample
            for joint in 4...6 { sample.points[joint] = sample.points[joint + 3] * [-1, 1, 1] }
            return sample
        }
        #expect(try Self.lowest(both) > Self.lowest(ShownArm.samples()) + 0.1)
    }

    @Test("the usual threshold follows what ordinary motion costs, within its bounds")
    func usual() throws {
        let teacher = GestureTeacher(model: TinyModel.model())
        let gesture = try ShownArm.gesture()
        let near = teacher.describe(ShownArm.samples(seconds: 1.3))
        let far = teacher.describe(
            (0..<2000).map { ShownArm.sample(at: Double($0) / 20, raised: 0, isLeft: false) })
        func threshold(_ ordinary: [DescribedMotion]) -> Float {
            teacher.propose(for: gesture, background: [], ordinary: ordinary, others: [], limit: 1).threshold
        }
        #expect(threshold([near]) == GestureTeacher.usualThresholds.lowerBound)
        #expect(threshold([far]) > threshold([near]))
        #expect(threshold([]) == GestureTeacher.usualShare)
    }

    @Test("a hand that is waved where it was raised in the example costs more than raising it")
    func strokes() throws {
        #expect(try Self.lowest(ShownArm.samples(seconds: 1.6)) < Self.lowest(ShownArm.waving(strokes: 6)))
    }

    /// The lowest cost of the raised arm in a motion.
    private static func lowest(_ samples: [MotionSample]) throws -> Float {
        let trial = GestureTrial(ExemplarSet([try ShownArm.gesture()], model: TinyModel.model()))
        let motion = GestureTeacher(model: TinyModel.model()).describe(samples)
        return trial.lows(in: motion)[0].first ?? .infinity
    }

    @Test("gestures that are taken for one another are named, each way")
    func confusions() throws {
        let teacher = GestureTeacher(model: TinyModel.model())
        var wide = try ShownArm.gesture()
        (wide.name, wide.threshold) = ("wide", 0.9)
        var narrow = try ShownArm.gesture()
        narrow.examples[0] = try #require(GestureTeacher.example(ShownArm.samples(seconds: 1.6), source: "arm"))
        (narrow.name, narrow.threshold) = ("narrow", 0.05)
        let found = teacher.confusions(of: narrow, with: [wide, narrow])
        #expect(found.others == ["wide"] && found.own.isEmpty)
        let turned = teacher.confusions(of: wide, with: [narrow])
        #expect(turned.others.isEmpty && turned.own == ["narrow"])
    }

    @Test("each person is watched as if alone")
    func people() throws {
        let set = ExemplarSet([try ShownArm.gesture()], model: TinyModel.model())
        let one = ShownArm.frames(ShownArm.samples(), track: 1)
        let two = ShownArm.frames(ShownArm.samples(seconds: 1.5), track: 2)
        func told(_ frames: [SkeletonFrame]) -> [SegmentChange] {
            var recogniser = ExemplarRecogniser(set)
            var changes: [SegmentChange] = []
            for frame in frames { changes += recogniser.update(frame) }
            return changes + recogniser.finish(frame: 999, at: .seconds(99))
        }
        let together = told(
            (0..<min(one.count, two.count)).map { index in
                var frame = one[index]
                frame.people += two[index].people
                return frame
            })
        for (track, frames) in [(1, one), (2, two)] {
            let alone = told(Array(frames.prefix(min(one.count, two.count))))
            let among = together.filter { $0.track == TrackID(track) }
            #expect(among.map(\.start) == alone.map(\.start) && among.map(\.confidence) == alone.map(\.confidence))
        }
    }

    @Test("a threshold gives way to ordinary motion and to the examples of another gesture")
    func proposal() throws {
        let teacher = GestureTeacher(model: TinyModel.model())
        let gesture = try ShownArm.gesture()
        let still = (0..<2000).map { ShownArm.sample(at: Double($0) / 20, raised: 0, isLeft: false) }
        let free = teacher.propose(for: gesture, background: [teacher.describe(still)], others: [], limit: 1)
        #expect(free.bound == .usual && free.spread == nil)
        #expect(GestureTeacher.usualThresholds.contains(free.threshold))
        let alike = teacher.describe(ShownArm.samples(seconds: 1.3))
        let bound = teacher.propose(for: gesture, background: [alike], others: [], limit: 0)
        #expect(bound.bound == .ordinaryMotion && bound.threshold < 0.3 && bound.isTight)
        var other = gesture
        other.name = "other"
        let near = teacher.propose(for: gesture, background: [], others: [gesture, other], limit: 1)
        #expect(near.bound == .gesture("other") && near.isTight)
    }
}
