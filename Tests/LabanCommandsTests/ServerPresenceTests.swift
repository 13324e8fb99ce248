import Events
import LabanCommands
import Testing

@Suite("Whether a server is heard")
struct ServerPresenceTests {
    @Test("silence is said once, and that it is over")
    func silence() {
        var presence = ServerPresence(address: "tcp://x:1")
        #expect(presence.waited(until: .seconds(2)) == nil)
        #expect(presence.waited(until: .seconds(3))?.description.contains("nobody is heard on tcp://x:1") == true)
        #expect(presence.waited(until: .seconds(9)) == nil)
        #expect(presence.heard(run: nil, at: .seconds(10)).count == 1)
        #expect(presence.waited(until: .seconds(11)) == nil)
        #expect(presence.waited(until: .seconds(13))?.description.contains("is silent") == true)
    }

    @Test("a new run is said, the first is not")
    func runs() {
        var presence = ServerPresence(address: "tcp://x:1")
        let stamper = EventStamper()
        #expect(presence.heard(run: stamper.run, at: .seconds(1)).isEmpty)
        #expect(presence.heard(run: stamper.run, at: .seconds(2)).isEmpty)
        let other = EventStamper()
        #expect(presence.heard(run: other.run, at: .seconds(3)).first?.description.contains("track ids") == true)
    }
}
