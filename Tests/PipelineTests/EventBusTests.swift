import Events
import Pipeline
import Skeleton
import Synchronization
import Testing

struct EventBusTests {
    /// Keeps what it is given, and fails when told to.
    private final class Memory: EventSink {
        let lines = Mutex<[String]>([])
        let fails: Bool

        init(fails: Bool = false) { self.fails = fails }

        struct Failure: Error {}

        func take(_ event: Event, line: [UInt8]) throws {
            if fails { throw Failure() }
            lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
        }

        func finish() throws {}
    }

    private func draft(_ phase: Phase, life: Int) -> EventDraft {
        EventDraft(
            SegmentChange(
                phase: phase, track: TrackID(1), label: "squat", confidence: 0.5, segment: life, frame: 1,
                presentationTime: .seconds(1), start: .zero, reason: phase == .end ? .completed : nil),
            kind: .action, camera: "gym")
    }

    @Test("every sink gets every event in order, as the line that decodes to it")
    func order() throws {
        let sinks = [Memory(), Memory()]
        let bus = EventBus(sinks: sinks)
        try bus.publish([draft(.begin, life: 1), draft(.update, life: 1), draft(.end, life: 1)])
        let lines = sinks[0].lines.withLock { $0 }
        #expect(lines == sinks[1].lines.withLock { $0 })
        let events = try lines.map { try EventLine.decode(Array($0.utf8)) }
        #expect(events.map(\.sequence) == [1, 2, 3])
        #expect(Set(events.map(\.id)).count == 1)
        #expect(events.allSatisfy { $0.run == bus.run })
    }

    @Test("a sink that fails keeps no event from the others, and the error is told")
    func failure() {
        let good = Memory()
        let bus = EventBus(sinks: [Memory(fails: true), good])
        #expect(throws: Memory.Failure.self) { try bus.publish([draft(.begin, life: 1)]) }
        #expect(good.lines.withLock { $0.count } == 1)
    }

    /// Keeps what it is told to, and has one thing to tell.
    private final class Keeper: EventKeeper {
        struct State {
            var keeps = true
            var kept: [Event] = []
            var notices: [EventDraft] = []
        }

        let state = Mutex(State())

        func keep(_ events: [Event]) -> Bool {
            state.withLock {
                $0.kept += events
                return $0.keeps
            }
        }

        func note(_ tracks: [TrackID], camera: String, at time: UnixTime, presentationTime: Duration) {}

        func record(_ frame: SkeletonFrame, run: EventID, at time: UnixTime) {}

        func takeNotices() -> [EventDraft] {
            state.withLock { state in
                defer { state.notices = [] }
                return state.notices
            }
        }

        func finish() throws {}
    }

    @Test("an event is kept before it is told, and says so where it is not")
    func durability() throws {
        let (memory, keeper) = (Memory(), Keeper())
        let bus = EventBus(keeper: keeper, sinks: [memory])
        try bus.publish([draft(.begin, life: 1)])
        keeper.state.withLock { $0.keeps = false }
        try bus.publish([draft(.update, life: 1)])
        let lines = memory.lines.withLock { $0 }
        #expect(!lines[0].contains("durable") && lines[1].hasSuffix("\"durable\":false}"))
        #expect(try lines.map { try EventLine.decode(Array($0.utf8)).isDurable } == [true, false])
        #expect(keeper.state.withLock { $0.kept.map(\.sequence) } == [1, 2])
    }

    @Test("what there is to tell of the keeping is told as events of no camera, with the next events or alone")
    func notices() throws {
        let (memory, keeper) = (Memory(), Keeper())
        let bus = EventBus(keeper: keeper, sinks: [memory])
        let notice = EventDraft(
            camera: "", phase: .begin, life: 1, payload: .history(HistoryPayload(state: .refused, message: "full")))
        keeper.state.withLock { $0.notices = [notice] }
        try bus.publish([draft(.begin, life: 1)])
        keeper.state.withLock { $0.notices = [notice] }
        try bus.publishNotices()
        let events = try memory.lines.withLock { $0 }.map { try EventLine.decode(Array($0.utf8)) }
        #expect(events.map(\.kind) == [.action, .history, .history])
        #expect(events.last?.stream == "~/history" && events.last?.camera == "")
    }
}
