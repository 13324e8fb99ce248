import Events
import TestSupport
import Testing

@Suite struct EventIDTests {
    @Test("ids grow, even within a millisecond and when the clock is set back")
    func monotonic() {
        var generator = EventIDGenerator(random: SeededGenerator(seed: 2))
        var last: EventID?
        for index in 0..<1_000 {
            let id = generator.next(at: UnixTime(microseconds: Int64(index / 10) * (index % 7 == 0 ? -5000 : 5000)))
            if let last { #expect(last < id && last.description < id.description) }
            last = id
        }
    }

    @Test("an id is 26 characters and reads back")
    func text() throws {
        var generator = EventIDGenerator(random: SeededGenerator(seed: 2))
        for time in [0, 1_790_000_000_123_000, 281_474_976_710_655_000] {
            let id = generator.next(at: UnixTime(microseconds: Int64(time)))
            #expect(id.description.count == 26)
            #expect(EventID(id.description) == id)
            #expect(EventID(id.description.lowercased()) == id)
        }
    }

    @Test(
        "what is no id is refused",
        arguments: ["", "8ZZZZZZZZZZZZZZZZZZZZZZZZZ", "0123456789ABCDEFGHJKMNPQR", "0123456789ABCDEFGHIKMNPQRS", "é"])
    func refused(text: String) {
        #expect(EventID(text) == nil)
    }
}
