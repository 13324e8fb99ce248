import Events
import Foundation
import Messaging
import Skeleton
import TestSupport
import Testing

@Suite struct PublisherAndSubscriberTests {
    private static let run = EventID("01M5W6DS0AB5V2C7XG1N3T8YQD")!

    private static let payloads: [EventPayload] = [
        .action(Segment(track: TrackID(1), label: "squat", confidence: 0.93, start: .zero)),
        .gesture(Segment(track: TrackID(1), label: "wave", confidence: 1, start: .seconds(1))),
        .track(Segment(track: TrackID(1), label: "person", confidence: 0.5, start: .zero)),
        .rep(RepetitionPayload(track: TrackID(1), exercise: "squat", index: 1, start: .zero)),
        .interaction(
            Segment(
                track: TrackID(1), other: TrackID(2), label: "handshake", confidence: 0.5, start: .zero)),
        .camera(CameraPayload(state: .online)),
        .heartbeat(HeartbeatPayload(positions: [.init(stream: "gym/action", sequence: 1)])),
    ]

    private func publisher(_ endpoint: String, highWaterMark: Int = 10_000) throws -> EventPublisher {
        var settings = EventPublisher.Settings()
        settings.highWaterMark = highWaterMark
        return try EventPublisher(endpoint: endpoint, run: Self.run, settings: settings)
    }

    private func action(_ stamper: inout EventStamper, camera: String) -> Event {
        stamper.stamp(EventDraft(camera: camera, phase: .update, payload: Self.payloads[0]))
    }

    @Test("every kind of event arrives as it was sent, over tcp and ipc", arguments: ["tcp", "ipc"])
    func everyKind(transport: String) throws {
        let folder = try TemporaryFolder()
        let address = transport == "tcp" ? "tcp://127.0.0.1:*" : "ipc://" + folder.file("events.sock").path
        let publisher = try publisher(address)
        let subscriber = try EventSubscriber(endpoint: publisher.endpoint)
        #expect(publisher.waitForSubscriptions(timeout: .seconds(10)))
        var stamper = EventStamper(run: Self.run)
        for payload in Self.payloads {
            let event = stamper.stamp(
                EventDraft(camera: payload.kind == .heartbeat ? "" : "gym", payload: payload))
            try publisher.publish(event)
            let delivery = try #require(try subscriber.receive(timeout: .seconds(10)))
            #expect(delivery.line == EventLine.encode(event))
            #expect(delivery.topic == EventTopic(site: "local", camera: event.camera, kind: event.kind).description)
            #expect(delivery.event.kind == payload.kind)
            #expect(delivery.gaps.isEmpty)
        }
        #expect(try subscriber.receive(timeout: .zero) == nil)
    }

    @Test("a subscriber to cam1 hears nothing of cam10")
    func prefixes() throws {
        let publisher = try publisher("tcp://localhost:*")
        let subscriber = try EventSubscriber(
            endpoint: publisher.endpoint, prefixes: [EventTopic.prefix(site: "local", camera: "cam1")])
        #expect(publisher.waitForSubscriptions(timeout: .seconds(10)))
        var stamper = EventStamper(run: Self.run)
        for camera in ["cam10", "cam1", "cam10", "cam1"] {
            try publisher.publish(action(&stamper, camera: camera))
        }
        for number in 1...2 {
            let delivery = try #require(try subscriber.receive(timeout: .seconds(10)))
            #expect(delivery.event.camera == "cam1")
            #expect(delivery.event.sequence == UInt64(number))
        }
        #expect(try subscriber.receive(timeout: .zero) == nil)
    }

    @Test("a subscriber that does not listen loses events without holding anybody up, and heartbeats show it")
    func slowSubscriber() throws {
        let publisher = try publisher("tcp://127.0.0.1:*", highWaterMark: 10)
        let slow = try EventSubscriber(endpoint: publisher.endpoint, highWaterMark: 10)
        let quick = try EventSubscriber(
            endpoint: publisher.endpoint, prefixes: [EventTopic.prefix(site: "local", camera: "b")])
        #expect(publisher.waitForSubscriptions(atLeast: 2, timeout: .seconds(10)))
        var stamper = EventStamper(run: Self.run)
        try publisher.publish(action(&stamper, camera: "a"))
        #expect(try slow.receive(timeout: .seconds(10)) != nil)
        // More than every buffer on the way can hold.
        for _ in 0..<100_000 { try publisher.publish(action(&stamper, camera: "a")) }
        try publisher.publish(action(&stamper, camera: "b"))
        #expect(try quick.receive(timeout: .seconds(10))?.event.camera == "b")
        var received = 1
        var lost: UInt64 = 0
        while received + Int(lost) < 100_001 {
            try publisher.publishHeartbeat()
            guard let delivery = try slow.receive(timeout: .seconds(10)) else { break }
            let gaps = delivery.gaps.filter { $0.stream == "a/action" }
            lost += gaps.reduce(0) { $0 + $1.last - $1.first + 1 }
            if delivery.event.kind == .action, delivery.event.camera == "a" { received += 1 }
        }
        #expect(lost > 0)
        #expect(received + Int(lost) == 100_001)
    }

    @Test("closing waits for the last events")
    func linger() throws {
        let folder = try TemporaryFolder()
        let address = "ipc://" + folder.file("events.sock").path
        let subscriber = try EventSubscriber(endpoint: address)
        do {
            let publisher = try publisher(address)
            #expect(publisher.waitForSubscriptions(timeout: .seconds(10)))
            var stamper = EventStamper(run: Self.run)
            for _ in 0..<1_000 { try publisher.publish(action(&stamper, camera: "gym")) }
        }
        for number in 1...1_000 {
            #expect(try subscriber.receive(timeout: .seconds(10))?.event.sequence == UInt64(number))
        }
        #expect(!FileManager.default.fileExists(atPath: folder.file("events.sock").path))
    }

    @Test("leaving subscribers are noticed")
    func unsubscribe() throws {
        let publisher = try publisher("tcp://127.0.0.1:*")
        do {
            let subscriber = try EventSubscriber(endpoint: publisher.endpoint)
            #expect(publisher.waitForSubscriptions(timeout: .seconds(10)))
            #expect(try subscriber.receive(timeout: .zero) == nil)
        }
        let end = ContinuousClock.now + .seconds(10)
        while publisher.subscriptions > 0, ContinuousClock.now < end { usleep(1000) }
        #expect(publisher.subscriptions == 0)
        #expect(!publisher.waitForSubscriptions(timeout: .milliseconds(1)))
    }

    @Test("many tasks may share a publisher")
    func sharing() async throws {
        let publisher = try publisher("tcp://127.0.0.1:*")
        let subscriber = try EventSubscriber(endpoint: publisher.endpoint)
        #expect(publisher.waitForSubscriptions(timeout: .seconds(10)))
        let payload = Self.payloads[0]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for camera in 0..<4 {
                group.addTask {
                    var stamper = EventStamper(run: Self.run)
                    for _ in 0..<500 {
                        try publisher.publish(stamper.stamp(EventDraft(camera: "c\(camera)", payload: payload)))
                    }
                }
            }
            try await group.waitForAll()
        }
        for _ in 0..<2_000 {
            let delivery = try #require(try subscriber.receive(timeout: .seconds(10)))
            #expect(delivery.gaps.isEmpty)
        }
    }

    @Test("each heartbeat says the last number of every stream")
    func heartbeats() throws {
        let publisher = try publisher("tcp://127.0.0.1:*")
        let subscriber = try EventSubscriber(endpoint: publisher.endpoint)
        #expect(publisher.waitForSubscriptions(timeout: .seconds(10)))
        var stamper = EventStamper(run: Self.run)
        try publisher.publish(action(&stamper, camera: "gym"))
        for _ in 1...3 { try publisher.publishHeartbeat() }
        #expect(try subscriber.receive(timeout: .seconds(10))?.event.kind == .action)
        for number in 1...3 {
            let event = try #require(try subscriber.receive(timeout: .seconds(10))?.event)
            #expect(event.sequence == UInt64(number))
            #expect(
                event.payload == .heartbeat(HeartbeatPayload(positions: [.init(stream: "gym/action", sequence: 1)])))
        }
    }
}
