import Pipeline
import Skeleton
import Testing
import Tracking

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
        var numbering = TrackNumbering()
        for index in 0..<40 {
            let isThere = index < 5 || (8..<12).contains(index)
            var frame = frame(index, isThere ? [7] : [])
            changes += presence.update(&frame, numbering: &numbering)
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
        var (frame, numbering) = (frame(0, [3, 1]), TrackNumbering())
        _ = presence.update(&frame, numbering: &numbering)
        #expect(frame.people.map(\.track.value) == [3, 1])
        let ends = presence.finish(frame: 0, at: .zero, reason: .stopped)
        #expect(ends.map(\.track.value) == [1, 3])
        #expect(ends.allSatisfy { $0.reason == .stopped && $0.phase == .end })
    }

    @Test("an id of another program that comes again after its end, or twice in a frame, is somebody new")
    func again() {
        var presence = TrackPresence(patience: .seconds(1))
        var numbering = TrackNumbering()
        var changes: [SegmentChange] = []
        var seen: [[Int]] = []
        for index in 0..<60 {
            var frame = frame(index, index < 5 ? [7, 1] : index < 30 ? [1] : [7, 1, 1])
            changes += presence.update(&frame, numbering: &numbering)
            seen.append(frame.people.map(\.track.value))
        }
        changes += presence.finish(frame: 60, at: .seconds(6), reason: .sourceEnded)
        #expect(Set(seen[..<5]) == [[7, 1]] && Set(seen[5..<30]) == [[1]] && Set(seen[30...]) == [[2, 1, 3]])
        let begun = changes.filter { $0.phase == .begin }.map(\.track.value)
        #expect(begun.sorted() == [1, 2, 3, 7])
        #expect(changes.filter { $0.phase == .end }.map(\.track.value).sorted() == begun.sorted())
    }

    @Test("frames that were dropped are no absence, and whoever is lost over them is lost by starving")
    func starved() {
        var presence = TrackPresence(patience: .seconds(1))
        var numbering = TrackNumbering()
        var found: [SegmentChange] = []
        for (index, isThere) in [(0, true), (30, false), (35, true), (65, false), (75, false), (76, false)] {
            var frame = frame(index, isThere ? [7] : [])
            let isAfterDropping = index == 30 || index == 65
            found += presence.update(&frame, numbering: &numbering, unwatched: isAfterDropping ? .seconds(3) : .zero)
        }
        #expect(found.map(\.phase) == [.begin, .end])
        #expect(found.last?.reason == .starved && found.last?.presentationTime == .milliseconds(7600))
    }
}
