import CZeroMQ
import Events
import Messaging
import Skeleton
import TestSupport
import Testing

@Suite struct HostileMessageTests {
    @Test("1,000 garbage messages are errors, and good ones still arrive")
    func garbage() throws {
        let context = try #require(zmq_ctx_new())
        let socket = try #require(zmq_socket(context, ZMQ_XPUB))
        defer {
            zmq_close(socket)
            zmq_ctx_term(context)
        }
        try #require(zmq_bind(socket, "tcp://127.0.0.1:*") == 0)
        var text = [CChar](repeating: 0, count: 256)
        var length = text.count
        zmq_getsockopt(socket, ZMQ_LAST_ENDPOINT, &text, &length)
        let endpoint = String(decoding: text.prefix(length - 1).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let subscriber = try EventSubscriber(endpoint: endpoint, prefixes: [""])
        var subscription = [UInt8](repeating: 0, count: 16)
        try #require(zmq_recv(socket, &subscription, subscription.count, 0) == 1)

        var generator = SeededGenerator(seed: 4)
        var stamper = EventStamper(random: generator)
        let topic = [UInt8](EventTopic(site: "local", camera: "gym", kind: .camera).description.utf8)
        let event = stamper.stamp(EventDraft(camera: "gym", payload: .camera(CameraPayload(state: .online))))
        let line = EventLine.encode(event)
        var refused = 0
        for round in 0..<1_000 {
            var parts = [round % 3 == 0 ? topic : topic.mutated(using: &generator), line.mutated(using: &generator)]
            if round % 7 == 0 { parts.removeLast() }
            if round % 11 == 0 { parts.append([]) }
            for (index, part) in parts.enumerated() {
                zmq_send(socket, part, part.count, index < parts.count - 1 ? ZMQ_SNDMORE : 0)
            }
            do { #expect(try subscriber.receive(timeout: .seconds(10)) != nil) } catch { refused += 1 }
        }
        #expect(refused > 500)
        zmq_send(socket, topic, topic.count, ZMQ_SNDMORE)
        zmq_send(socket, line, line.count, 0)
        #expect(try subscriber.receive(timeout: .seconds(10))?.event == event)
    }

    @Test("garbage sent to a publisher harms nobody")
    func garbageSubscriptions() throws {
        let publisher = try EventPublisher(
            endpoint: "tcp://127.0.0.1:*", run: EventID("01M5W6DS0AB5V2C7XG1N3T8YQD")!)
        let context = try #require(zmq_ctx_new())
        let socket = try #require(zmq_socket(context, ZMQ_XSUB))
        defer {
            var linger: Int32 = 0
            zmq_setsockopt(socket, ZMQ_LINGER, &linger, MemoryLayout<Int32>.size)
            zmq_close(socket)
            zmq_ctx_term(context)
        }
        try #require(zmq_connect(socket, publisher.endpoint) == 0)
        var generator = SeededGenerator(seed: 8)
        for _ in 0..<1_000 {
            let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                UInt8.random(in: 0...3, using: &generator)
            }
            zmq_send(socket, bytes, bytes.count, 0)
        }
        let subscriber = try EventSubscriber(
            endpoint: publisher.endpoint, prefixes: [EventTopic.prefix(site: "local", camera: "")])
        var delivery: EventSubscriber.Delivery?
        for _ in 0..<1_000 where delivery == nil {
            try publisher.publishHeartbeat()
            delivery = try subscriber.receive(timeout: .milliseconds(10))
        }
        #expect(delivery?.event.kind == .heartbeat)
    }

    @Test("a message of many MB is not taken in, and the lines after it are")
    func giant() throws {
        let publisher = try LinePublisher()
        let subscriber = try LineSubscriber(endpoint: publisher.endpoint)
        #expect(publisher.waitForSubscriber())
        publisher.send([UInt8](repeating: 0x78, count: 40 << 20))
        var line: [UInt8]?
        let end = ContinuousClock.now + .seconds(20)
        while line == nil, ContinuousClock.now < end {
            publisher.send(Array("next".utf8))
            line = try subscriber.receive(timeout: .milliseconds(100))
        }
        #expect(line == Array("next".utf8))
    }
}
