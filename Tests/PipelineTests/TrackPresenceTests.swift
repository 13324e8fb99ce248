import Pipeline
import Skeleton
import Testing

struct TrackPresenceTests {
    private func frame(_ index: Int, _ tracks: [Int]) -> SkeletonFrame {
        SkeletonFrame(
            camera: "c", index: index, presentationTime: .milliseconds(index * 100),
            people: tracks.map { TrackedPose(track: TrackID($0), pose: Pose(topology: .coco17)) })
    }

    @Test("a track begins once, survives a short gap and ends after its patience")
    func life() {
        var presence = TrackPresence(patience: .seconds(1))
        var changes: [SegmentChange] = []
        for index in 0..<40 {
            let isThere = index < 5 || (8..<12).contains(index)
            changes += presence.update(frame(index, isThere ? [7] : []))
        }
        #expect(changes.map(\.phase) == [.begin, .end])
        #expect(changes.map(\.segment) == [1, 1])
        #expect(changes[1].reason == .trackEnded)
        #expect(changes[1].presentationTime > .milliseconds(2100))
        #expect(presence.finish(frame: 40, at: .seconds(4), reason: .sourceEnded).isEmpty)
    }

    @Test("whoever is there at the end of the source ends with it")
    func finish() {
        var presence = TrackPresence()
        _ = presence.update(frame(0, [3, 1]))
        let ends = presence.finish(frame: 0, at: .zero, reason: .stopped)
        #expect(ends.map(\.track.value) == [1, 3])
        #expect(ends.allSatisfy { $0.reason == .stopped && $0.phase == .end })
    }
}
