import Foundation
import Recognition
import Skeleton
import Testing

/// Two hands of somebody whose body is not seen: both rest, then the right one, or the left one, goes round once.
private enum ShownHands {
    static func samples(
        isLeft: Bool = false, clockwise: Bool = true, seconds: Double = 1.2, size: Float = 0.2,
        at place: SIMD3<Float> = .zero, from start: Double = 0
    ) -> [MotionSample] {
        (0...Int((3 + seconds) * 25)).map { frame in
            let time = Double(frame) / 25
            let share = min(1, max(0, (time - 1.5) / seconds))
            let angle = 2 * Double.pi * (clockwise ? share : -share)
            let way = SIMD3(Float(sin(angle)), Float(1 - cos(angle)), 0) * size
            let rest = (place + [0.3, 0, 0], place - [0.3, 0, 0])
            var points = [SIMD3<Float>?](repeating: nil, count: MotionSample.jointCount)
            points[MotionSample.Joint.leftWrist] = rest.0 + (isLeft ? way : .zero)
            points[MotionSample.Joint.rightWrist] = rest.1 + (isLeft ? .zero : way)
            return MotionSample(time: start + time, points: points)
        }
    }

    static func gesture(mirrored: Bool = false) throws -> TaughtGesture {
        let example = try #require(GestureTeacher.example(samples(), source: "hands"))
        return TaughtGesture(name: "circle", isMirrored: mirrored, threshold: 0.5, examples: [example])
    }
}

@Suite("Gestures taught with hands alone")
struct HandGestureTests {
    private static func changes(_ gesture: TaughtGesture, in frames: [SkeletonFrame]) -> [SegmentChange] {
        var recogniser = ExemplarRecogniser(ExemplarSet([gesture], model: TinyModel.model()))
        return frames.flatMap { recogniser.update($0) }
            + recogniser.finish(frame: frames.count, at: frames.last?.presentationTime ?? .zero)
    }

    private static func changes(_ gesture: TaughtGesture, in samples: [MotionSample]) -> [SegmentChange] {
        changes(gesture, in: ShownArm.frames(samples))
    }

    @Test("what was shown is told once, within half a second of its end")
    func itself() throws {
        let changes = Self.changes(try ShownHands.gesture(), in: ShownHands.samples(from: 50))
        #expect(changes.map(\.phase) == [.begin, .end] && changes.allSatisfy { $0.label == "circle" })
        let end = try #require(changes.last)
        #expect(abs(end.start.inSeconds - 51.5) < 0.4)
        #expect(end.presentationTime.inSeconds < 52.7 + 0.5)
    }

    @Test("place, size and speed do not matter", arguments: [(Float(0.1), 0.9), (0.2, 1.2), (0.5, 1.8)])
    func shape(size: Float, seconds: Double) throws {
        let shown = ShownHands.samples(seconds: seconds, size: size, at: [0.4, -0.2, 1])
        #expect(Self.changes(try ShownHands.gesture(), in: shown).map(\.phase) == [.begin, .end])
    }

    @Test("the other way round, and hands at rest, are nothing")
    func others() throws {
        let gesture = try ShownHands.gesture()
        #expect(Self.changes(gesture, in: ShownHands.samples(clockwise: false)).isEmpty)
        #expect(Self.changes(gesture, in: Array(ShownHands.samples(seconds: 20).prefix(30))).isEmpty)
    }

    @Test("the mirror image, the other hand the other way round, counts where it was asked for, and only there")
    func mirror() throws {
        let other = ShownHands.samples(isLeft: true, clockwise: false)
        #expect(Self.changes(try ShownHands.gesture(), in: other).isEmpty)
        #expect(Self.changes(try ShownHands.gesture(mirrored: true), in: other).count == 2)
    }

    @Test("hands of somebody whose body is seen are looked at as well")
    func body() throws {
        let shown = ShownHands.samples().map { sample in
            var sample = ShownArm.sample(at: sample.time, raised: 0, isLeft: false)
            let hands = ShownHands.samples()
            let place = hands[min(hands.count - 1, Int((sample.time * 25).rounded()))]
            for joint in [MotionSample.Joint.leftWrist, MotionSample.Joint.rightWrist] {
                sample.points[joint] = place.points[joint]
            }
            return sample
        }
        #expect(Self.changes(try ShownHands.gesture(), in: shown).map(\.phase) == [.begin, .end])
    }

    @Test("hands in a picture stand for a body that is not seen")
    func pictures() throws {
        let frames = ShownHands.samples().enumerated().map { index, sample in
            let wrist = sample.points[MotionSample.Joint.rightWrist]
            let joints = [SIMD3<Float>](repeating: [wrist.x / 2 + 0.5, wrist.y + 0.5, 0], count: 21)
            let pose = Pose(topology: .blazePose33, hands: [HandPose(side: .right, imagePoints: joints)])
            return SkeletonFrame(
                camera: "x", index: index, presentationTime: .seconds(sample.time), aspectRatio: 2,
                people: [TrackedPose(track: TrackID(1), pose: pose)])
        }
        #expect(Self.changes(try ShownHands.gesture(), in: frames).map(\.phase) == [.begin, .end])
    }

    @Test("a file keeps hands without a body")
    func file() throws {
        let gesture = try ShownHands.gesture()
        let read = try TaughtGesture(gesture.text, file: "circle.gesture.json")
        #expect(read.examples[0].isOfHandsAlone)
        #expect(try !ShownArm.gesture().examples[0].isOfHandsAlone)
        #expect(Self.changes(read, in: ShownHands.samples()).count == 2)
    }

    @Test("bodies are taught from where six joints are seen, hands where there is no body")
    func showing() {
        let hands = ShownHands.samples()
        #expect(hands.showing.count == hands.count)
        let body = ShownArm.samples()
        #expect((body + hands).showing.count == body.count)
    }
}
