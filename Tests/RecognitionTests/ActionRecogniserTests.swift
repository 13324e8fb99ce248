import Recognition
import Skeleton
import TestSupport
import Testing

struct ActionRecogniserTests {
    /// Somebody who stands, with hands up during `raised`.
    private static func pose(handsUp: Bool) -> Pose {
        let hands: Float = handsUp ? -1 : 0.1
        return Pose(
            topology: .common16,
            worldPoints: [
                [0, 0, 0], [0, -0.25, 0], [0, -0.5, 0], [0, -0.7, 0], [0.18, -0.48, 0], [0.24, -0.2, 0],
                [0.26, hands, 0], [-0.18, -0.48, 0], [-0.24, -0.2, 0], [-0.26, hands, 0], [0.1, 0, 0],
                [0.11, 0.4, 0], [0.11, 0.8, 0], [-0.1, 0, 0], [-0.11, 0.4, 0], [-0.11, 0.8, 0],
            ])
    }

    private static func frame(_ index: Int, rate: Double, _ people: [(Int, Bool)]) -> SkeletonFrame {
        SkeletonFrame(
            camera: "gym", index: index, presentationTime: .seconds(Double(index) / rate),
            people: people.map { TrackedPose(track: TrackID($0.0), pose: pose(handsUp: $0.1)) })
    }

    private static func changes(
        seconds: Double, rate: Double = 15, settings: ActionRecogniserSettings = .init(), nothing: Bool = true,
        people: (Double) -> [(Int, Bool)]
    ) -> [SegmentChange] {
        var recogniser = ActionRecogniser(model: TinyModel.handsUp(nothing: nothing), settings: settings)
        var changes: [SegmentChange] = []
        let count = Int(seconds * rate)
        for index in 0..<count {
            changes += recogniser.update(frame(index, rate: rate, people(Double(index) / rate)))
        }
        return changes + recogniser.finish(frame: count, at: .seconds(seconds), reason: .sourceEnded)
    }

    @Test("a held movement is one segment, whatever the frame rate", arguments: [10.0, 15, 30])
    func oneSegment(rate: Double) throws {
        let changes = Self.changes(seconds: 12, rate: rate) { [(1, 4..<8 ~= $0)] }
        let ends = changes.filter { $0.phase != .update }
        try #require(ends.map(\.phase) == [.begin, .end])
        #expect(ends.allSatisfy { $0.label == "hands_up" && $0.segment == 1 && $0.track == TrackID(1) })
        #expect(abs(ends[0].start.inSeconds - 4) < 1 && ends[0].start <= ends[0].presentationTime)
        #expect(4..<6 ~= ends[0].presentationTime.inSeconds && 8..<10 ~= ends[1].presentationTime.inSeconds)
        #expect(ends[1].reason == .completed && ends[0].reason == nil)
        #expect(changes.count(where: { $0.phase == .update }) >= 2)
    }

    @Test("a change of label ends one segment and begins the next")
    func switching() {
        let changes = Self.changes(seconds: 10, nothing: false) { [(1, $0 >= 5)] }.filter { $0.phase != .update }
        #expect(changes.map(\.phase) == [.begin, .end, .begin, .end])
        #expect(changes.map(\.label) == ["hands_down", "hands_down", "hands_up", "hands_up"])
        #expect(changes.last?.reason == .sourceEnded)
        #expect(changes[2].start >= changes[0].start)
    }

    @Test("a class that takes over soon after the begin corrects the label, later it begins a segment of its own")
    func corrections() throws {
        var settings = ActionRecogniserSettings()
        settings.correction = .seconds(3)
        let early = Self.changes(seconds: 10, settings: settings, nothing: false) { [(1, $0 >= 2)] }
        #expect(early.filter { $0.phase != .update }.map(\.label) == ["hands_down", "hands_up"])
        #expect(Set(early.map(\.segment)) == [1] && Set(early.map(\.start)).count == 1)
        let corrected = try #require(early.first { $0.label == "hands_up" })
        #expect(corrected.phase == .update)
        settings.correction = .zero
        let never = Self.changes(seconds: 10, settings: settings, nothing: false) { [(1, $0 >= 2)] }
        #expect(never.filter { $0.phase == .begin }.map(\.label) == ["hands_down", "hands_up"])
    }

    @Test("a segment is judged to end before the frame that told, where the next one begins")
    func judgedEnds() throws {
        let changes = Self.changes(seconds: 12, nothing: false) { [(1, $0 >= 6)] }
        let ends = changes.filter { $0.phase == .end }
        let begins = changes.filter { $0.phase == .begin }
        try #require(ends.count == 2 && begins.count == 2)
        let end = try #require(ends[0].end)
        #expect(ends[0].start <= end && end < ends[0].presentationTime)
        #expect(begins[1].start == end && abs(end.inSeconds - 6) < 0.8)
        #expect(ends[1].end == nil && changes.filter { $0.phase != .end }.allSatisfy { $0.end == nil })
    }

    @Test("nothing is not reported, nor anything before the warm-up is over")
    func silence() {
        #expect(Self.changes(seconds: 8) { _ in [(1, false)] }.isEmpty)
        #expect(Self.changes(seconds: 0.9) { _ in [(1, true)] }.isEmpty)
    }

    @Test("a glimpse shorter than the smallest duration is no segment")
    func glimpses() {
        var settings = ActionRecogniserSettings()
        settings.minimumDuration = .milliseconds(1600)
        #expect(Self.changes(seconds: 10, settings: settings) { [(1, 5..<5.5 ~= $0)] }.isEmpty)
    }

    @Test("people are told apart, and their order in a frame does not matter")
    func people() {
        let forwards = Self.changes(seconds: 8) { [(3, $0 > 3), (7, $0 < 4)] }
        let backwards = Self.changes(seconds: 8) { [(7, $0 < 4), (3, $0 > 3)] }
        #expect(forwards == backwards)
        #expect(Set(forwards.map(\.track)) == [TrackID(3), TrackID(7)])
        #expect(Set(forwards.map(\.segment)) == [1, 2])
    }

    @Test("a person who goes missing ends their segment and starts anew")
    func gaps() {
        let changes = Self.changes(seconds: 16) { 5..<9 ~= $0 ? [] : [(1, true)] }.filter { $0.phase != .update }
        #expect(changes.map(\.phase) == [.begin, .end, .begin, .end])
        #expect(changes[1].reason == .trackEnded)
        #expect(changes[2].start.inSeconds >= 9)
    }

    @Test("a short gap is bridged")
    func shortGaps() {
        let changes = Self.changes(seconds: 12) { 5..<5.6 ~= $0 ? [] : [(1, true)] }.filter { $0.phase != .update }
        #expect(changes.map(\.phase) == [.begin, .end])
    }

    @Test("a track that ends ends its segment once")
    func endOfTrack() {
        var recogniser = ActionRecogniser(model: TinyModel.handsUp(nothing: true))
        var begun = 0
        for index in 0..<60 {
            let changes = recogniser.update(Self.frame(index, rate: 15, [(1, true)]))
            begun += changes.count { $0.phase == .begin }
        }
        let ended = recogniser.end(TrackID(1), frame: 60, at: .seconds(4), reason: .trackEnded)
        #expect(begun == 1 && ended.map(\.phase) == [.end] && ended.first?.reason == .trackEnded)
        #expect(recogniser.end(TrackID(1), frame: 61, at: .seconds(5), reason: .trackEnded).isEmpty)
        #expect(recogniser.finish(frame: 61, at: .seconds(5), reason: .stopped).isEmpty)
    }

    @Test("frames out of order and poses without joints are passed over")
    func strangeInput() {
        var recogniser = ActionRecogniser(model: TinyModel.handsUp(nothing: true))
        for index in [0, 5, 3, 5, 5, 9, 200, 1] {
            _ = recogniser.update(Self.frame(index, rate: 15, [(1, true)]))
        }
        let blank = Pose(topology: .coco17, keypoints: [Keypoint?](repeating: nil, count: 17))
        let empty = Pose(topology: .coco17)
        for (index, pose) in [blank, empty, blank].enumerated() {
            let frame = SkeletonFrame(
                camera: "gym", index: 300 + index, presentationTime: .seconds(30 + index),
                people: [TrackedPose(track: TrackID(1), pose: pose)])
            _ = recogniser.update(frame)
        }
        #expect(recogniser.finish(frame: 400, at: .seconds(60), reason: .stopped).count <= 1)
    }
}
