import CZeroMQ
import Events
import Foundation
import Messaging
import Testing

/// What subscribers may ask of a publisher, and what becomes of those who ask for more.
@Suite struct SubscriptionLimitTests {
    /// A subscriber that can send whatever it wants, and reads nothing.
    private final class Stranger {
        private let context = zmq_ctx_new()
        private let socket: UnsafeMutableRawPointer?

        init(_ endpoint: String) throws {
            socket = zmq_socket(context, ZMQ_XSUB)
            var none: Int32 = 0
            zmq_setsockopt(socket, ZMQ_LINGER, &none, MemoryLayout<Int32>.size)
            zmq_setsockopt(socket, ZMQ_SNDHWM, &none, MemoryLayout<Int32>.size)
            // Whoever is disconnected stays away.
            var never: Int32 = -1
            zmq_setsockopt(socket, ZMQ_RECONNECT_IVL, &never, MemoryLayout<Int32>.size)
            try #require(zmq_connect(socket, endpoint) == 0)
        }

        deinit {
            zmq_close(socket)
            zmq_ctx_term(context)
        }

        func send(_ message: [UInt8]) { zmq_send(socket, message, message.count, 0) }

        func subscribe(_ prefix: String) { send([1] + Array(prefix.utf8)) }
    }

    private let publisher: EventPublisher

    init() throws {
        publisher = try EventPublisher(endpoint: "tcp://127.0.0.1:*", run: EventID("01M5W6DS0AB5V2C7XG1N3T8YQD")!)
    }

    /// Waits, with patience, until the number of subscriptions is right.
    private func settles(_ isRight: (Int) -> Bool) -> Bool {
        let end = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < end {
            if isRight(publisher.subscriptions) { return true }
            usleep(1000)
        }
        return false
    }

    private func isServed(_ subscriber: EventSubscriber) throws -> Bool {
        try publisher.publishHeartbeat()
        return try subscriber.receive(timeout: .seconds(10))?.event.kind == .heartbeat
    }

    @Test("a publisher that publishes nothing takes in as many subscriptions as one listener may have")
    func quiet() throws {
        let stranger = try Stranger(publisher.endpoint)
        defer { withExtendedLifetime(stranger) {} }
        for number in 0..<256 { stranger.subscribe("laban/1/local/camera\(number)/") }
        #expect(publisher.waitForSubscriptions(atLeast: 256, timeout: .seconds(20)))
    }

    @Test(
        "whoever subscribes to too much, too long, too often, or sends something else is disconnected, and others are served",
        arguments: ["many", "long", "often", "talkative"])
    func greedy(way: String) throws {
        let subscriber = try EventSubscriber(endpoint: publisher.endpoint)
        #expect(publisher.waitForSubscriptions(timeout: .seconds(20)))
        let stranger = try Stranger(publisher.endpoint)
        defer { withExtendedLifetime(stranger) {} }
        stranger.subscribe("laban/1/local/gym/")
        #expect(publisher.waitForSubscriptions(atLeast: 2, timeout: .seconds(20)))
        switch way {
        case "many": for number in 0..<20_000 { stranger.subscribe("laban/1/\(number)") }
        case "long": stranger.subscribe(String(repeating: "x", count: 60_000))
        case "often":
            for number in 0..<20_000 { stranger.send([UInt8(number % 2)] + Array("laban/1/x".utf8)) }
        default: stranger.send([7, 8, 9])
        }
        #expect(settles { $0 == 1 }, "\(publisher.subscriptions)")
        #expect(try isServed(subscriber))
    }

    @Test("many listeners together may not ask for more than one publisher can bear; the greediest goes")
    func together() throws {
        let subscriber = try EventSubscriber(endpoint: publisher.endpoint)
        #expect(publisher.waitForSubscriptions(timeout: .seconds(20)))
        let strangers = try (0..<8).map { _ in try Stranger(publisher.endpoint) }
        // They stay to the end.
        defer { withExtendedLifetime(strangers) {} }
        for (place, stranger) in strangers.enumerated() {
            for number in 0..<200 { stranger.subscribe("laban/1/\(place)/\(number)/") }
        }
        #expect(settles { (601...1024).contains($0) }, "\(publisher.subscriptions)")
        #expect(try isServed(subscriber))
    }
}
