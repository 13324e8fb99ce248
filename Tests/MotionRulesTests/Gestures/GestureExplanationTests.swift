import MotionRules
import Skeleton
import TestSupport
import Testing

struct GestureExplanationTests {
    private static let straight = "{measure: left_elbow, above: 140, release: 130}"

    private func gesture(hold: Double = 0.3, elbow: String = straight) throws -> Gesture {
        let text = """
            gesture: stretch
            when:
              all:
                - {measure: left_arm, above: 150, release: 140}
                - \(elbow)
            hold: \(hold)
            gap: 0.2
            """
        guard case .gesture(let gesture) = try MotionRule(yaml: text, file: "r.yaml") else { fatalError("no gesture") }
        return gesture
    }

    /// A person whose left arm hangs, goes up for a while and hangs again; seconds and degrees.
    private func frames(up: Double, arm: Float, elbow: Float = 0, isSeen: Bool = true) -> [SkeletonFrame] {
        (0..<150).map { index in
            let time = Double(index) / 30
            let isUp = (2..<2 + up).contains(time)
            var pose = StickFigure(leftArm: isUp ? arm : 10, rightArm: 0, leftElbow: isUp ? elbow : 70).pose()
            if isUp, !isSeen, let joint = pose.topology.index(of: "leftWrist") { pose.worldPoints[joint] = nil }
            return SkeletonFrame(
                camera: "stage", index: index, presentationTime: .seconds(time), aspectRatio: 1,
                people: [TrackedPose(track: TrackID(1), pose: pose)])
        }
    }

    private func attempts(
        _ frames: [SkeletonFrame], hold: Double = 0.3, elbow: String = straight
    ) throws -> [Attempt] {
        let gesture = try gesture(hold: hold, elbow: elbow)
        var with = GestureRecogniser(gestures: [gesture], explains: true)
        var without = GestureRecogniser(gestures: [gesture])
        #expect(frames.flatMap { with.update($0) } == frames.flatMap { without.update($0) })
        #expect(without.explanations.isEmpty)
        return try #require(with.explanations.first).attempts
    }

    @Test("a gesture that was held is found, and told as one attempt")
    func found() throws {
        #expect(try attempts(frames(up: 1, arm: 170)).map(\.index) == [1])
    }

    @Test("a gesture held too short says how long, how long was wanted, and what ended it")
    func hold() throws {
        let refusal = try #require(try attempts(frames(up: 0.5, arm: 170), hold: 1).first?.refusal)
        #expect(refusal.reason == .hold)
        #expect(refusal.shortcomings.first?.what == "hold" && refusal.shortcomings.first?.least == 1)
        #expect(abs(try #require(refusal.shortcomings.first?.reached) - 0.47) < 0.05)
        #expect(refusal.shortcomings.dropFirst().map(\.what).contains("left_arm"))
        #expect(refusal.shortcomings.dropFirst().first { $0.what == "left_arm" }?.least == 140)
    }

    @Test("a part that never held is told with what it reached")
    func condition() throws {
        let found = try attempts(frames(up: 1, arm: 170, elbow: 60))
        #expect(found.count == 1)
        let refusal = try #require(found.first?.refusal)
        #expect(refusal.reason == .condition && refusal.shortcomings.map(\.what) == ["left_elbow"])
        #expect(abs(try #require(refusal.shortcomings.first?.reached) - 120) < 2)
    }

    @Test("by how much fits what was wanted: beyond the release of what should not be, and never 0 short")
    func amounts() throws {
        func sentences(elbow: Float, _ part: String = Self.straight) throws -> [String] {
            try attempts(frames(up: 1, arm: 170, elbow: elbow), elbow: part)
                .flatMap { $0.refusal?.shortcomings.map(\.sentence) ?? [] }
        }
        let bent = try sentences(elbow: 0, "{none: [\(Self.straight)]}")
        #expect(bent == ["left_elbow reached 180, wanted not above 130 degrees (50 too much)"])
        let close = try sentences(elbow: 40.2)
        #expect(close == ["left_elbow reached 140, wanted above 140 degrees (just short)"])
    }

    @Test("a wrist that is not seen is named")
    func unseen() throws {
        var recogniser = GestureRecogniser(gestures: [try gesture()], explains: true)
        for frame in frames(up: 1, arm: 170, isSeen: false) { _ = recogniser.update(frame) }
        let explanation = try #require(recogniser.explanations.first)
        let wrist = try #require(explanation.unseen.first { $0.point == .leftWrist })
        #expect(abs(wrist.share - 0.2) < 0.02 && !wrist.isDoubtful)
    }

    @Test("standing with the arm down is no attempt")
    func idle() throws { #expect(try attempts(frames(up: 0, arm: 0)).isEmpty) }
}
