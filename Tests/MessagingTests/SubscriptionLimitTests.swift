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

    @Test("connections that say nothing are ended beyond a number, and subscribers are served as before")
    func silent() throws {
        var settings = EventPublisher.Settings()
        settings.greatestConnections = 8
        let publisher = try EventPublisher(
            endpoint: "tcp://127.0.0.1:*", run: EventID("01M5W6DS0AB5V2C7XG1N3T8YQD")!, settings: settings)
        let subscriber = try EventSubscriber(endpoint: publisher.endpoint)
        #expect(publisher.waitForSubscriptions(timeout: .seconds(20)))
        let port = try #require(publisher.endpoint.split(separator: ":").last.flatMap { UInt16($0) })
        let strangers = (0..<40).map { _ in Self.connection(to: port) }
        defer { for stranger in strangers { close(stranger) } }
        // ZeroMQ greets whoever it serves with 64 bytes, in parts; the others see the end.
        let end = ContinuousClock.now + .seconds(4)
        while ContinuousClock.now < end, strangers.count(where: Self.isEnded) < 33 { usleep(10_000) }
        #expect(strangers.count(where: Self.isEnded) == 33)
        try publisher.publishHeartbeat()
        #expect(try subscriber.receive(timeout: .seconds(10))?.event.kind == .heartbeat)
        // Room is made again by those who leave.
        for stranger in strangers { shutdown(stranger, Int32(SHUT_RDWR)) }
        let other = try EventSubscriber(endpoint: publisher.endpoint)
        #expect(publisher.waitForSubscriptions(atLeast: 2, timeout: .seconds(20)))
        withExtendedLifetime(other) {}
    }

    private static func connection(to port: UInt16) -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        return descriptor
    }

    /// Whether the other side has ended a connection, looking past what it has sent.
    private static func isEnded(_ descriptor: Int32) -> Bool {
        var bytes = [UInt8](repeating: 0, count: 256)
        while true {
            let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
            if count > 0 { continue }
            return count == 0 || errno != EAGAIN
        }
    }
}
