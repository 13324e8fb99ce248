import Events
import Testing

@Suite struct EventTopicTests {
    @Test(
        "topics read back, whatever the camera is called", arguments: ["gym", "", "a/b", "100%", "Küche 2", "~", "_"])
    func roundTrip(camera: String) {
        for kind in EventKind.allCases {
            let topic = EventTopic(site: "home", camera: camera, kind: kind)
            #expect(EventTopic(topic.description) == topic)
            #expect(topic.description.split(separator: "/").count == 5)
            #expect(topic.description.hasPrefix(EventTopic.prefix(site: "home", camera: camera, kind: kind)))
        }
    }

    @Test("cam1 is no prefix of cam10")
    func prefixes() {
        let topic = EventTopic(site: "home", camera: "cam10", kind: .action).description
        #expect(!topic.hasPrefix(EventTopic.prefix(site: "home", camera: "cam1")))
        #expect(topic.hasPrefix(EventTopic.prefix(site: "home")))
        #expect(topic == "laban/1/home/cam10/action/")
    }

    @Test(
        "other topics are refused", arguments: ["", "laban/2/a/b/action/", "laban/1/a/b/action", "laban/1/a/%GG/rep/"])
    func refused(text: String) {
        #expect(EventTopic(text) == nil)
    }
}
