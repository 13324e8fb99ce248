import CZeroMQ
import Events
import Foundation
import LabanServer
import Messaging
import Pipeline
import Skeleton

/// Measures the way of events from the call that publishes them to a subscriber.
struct EventWayBench {
    let folder: URL
    let rate: Int
    let count: Int

    func comparisons(rounds: Int) throws -> [Comparison] {
        var rows = [
            "event to subscriber, median", "event to subscriber, 99th of 100", "kept event, median",
            "kept event, 99th of 100",
        ]
        .enumerated().map { place, name in
            Comparison(name: name, unit: "µs", promise: .atMost(place % 2 == 0 ? 1.5 : 2))
        }
        for round in 0..<rounds {
            let published = try laban(keeps: false, round)
            let kept = try laban(keeps: true, round)
            let bare = try bareZeroMQ(round)
            for (place, ours) in [published, kept].enumerated() {
                rows[2 * place].ours.append(ours.median)
                rows[2 * place + 1].ours.append(ours.late)
                rows[2 * place].peers.append(bare.median)
                rows[2 * place + 1].peers.append(bare.late)
            }
        }
        return rows
    }

    /// What an action of a second's length brings: it begins, goes on and ends.
    private static func draft(_ number: Int) -> EventDraft {
        let phase: Phase = number % 10 == 0 ? .begin : number % 10 == 9 ? .end : .update
        return EventDraft(
            SegmentChange(
                phase: phase, track: TrackID(1), label: "squat", confidence: 0.75, segment: number / 10, frame: number,
                presentationTime: .milliseconds(number * 50), start: .milliseconds(number / 10 * 500),
                reason: phase == .end ? .completed : nil),
            kind: .action, camera: "gym", model: "everyday-1")
    }

    private func laban(keeps: Bool, _ round: Int) throws -> Times {
        let stamper = EventStamper()
        let address = "ipc://" + folder.appending(path: "e\(round)\(keeps)").path
        let sink = try PublisherSink(address: address, run: stamper.run)
        let keeper =
            try keeps
            ? HistorySink(path: folder.appending(path: "w\(round).db").path, forgivesHoles: false) {
                FileHandle.standardError.write(Data("\($0)\n".utf8))
            } : nil
        let bus = EventBus(stamper: stamper, keeper: keeper, sinks: [sink])
        let receiver = try BareReceiver(address, topic: "laban/1/local/gym/", count: count)
        try sink.waitForSubscriber(within: .seconds(5))
        let sent = try paced { try bus.publish([Self.draft($0)]) }
        return Times(sent: sent, received: receiver.wait())
    }

    private func bareZeroMQ(_ round: Int) throws -> Times {
        let size = EventLine.encode(EventStamper.example(Self.draft(1))).count + 30
        let address = "ipc://" + folder.appending(path: "z\(round)").path
        let context = zmq_ctx_new()
        let socket = zmq_socket(context, ZMQ_XPUB)
        defer {
            zmq_close(socket)
            zmq_ctx_term(context)
        }
        var none: Int32 = 0
        zmq_setsockopt(socket, ZMQ_SNDHWM, &none, MemoryLayout<Int32>.size)
        guard zmq_bind(socket, address) == 0 else { throw PeerError(message: "ZeroMQ cannot listen on \(address)") }
        let receiver = try BareReceiver(address, topic: "", count: count)
        var patience: Int32 = 5000
        zmq_setsockopt(socket, ZMQ_RCVTIMEO, &patience, MemoryLayout<Int32>.size)
        var subscription = [UInt8](repeating: 0, count: 64)
        guard zmq_recv(socket, &subscription, subscription.count, 0) > 0 else {
            throw PeerError(message: "no subscriber came to \(address)")
        }
        let message = [UInt8](repeating: 1, count: size)
        let sent = try paced { _ in zmq_send(socket, message, size, 0) }
        return Times(sent: sent, received: receiver.wait())
    }

    /// Calls at the rate, and gives when each call began.
    private func paced(_ send: (Int) throws -> Void) throws -> [UInt64] {
        var sent: [UInt64] = []
        sent.reserveCapacity(count)
        var due = ContinuousClock.now
        for number in 0..<count {
            due += .seconds(1) / rate
            let rest = due - .now
            if rest > .zero { Thread.sleep(forTimeInterval: rest.inSeconds) }
            sent.append(BareReceiver.now())
            try send(number)
        }
        return sent
    }

    /// Microseconds that messages were under way.
    private struct Times {
        let median, late: Double

        init(sent: [UInt64], received: [UInt64]) {
            let times = zip(sent, received).map { Double($1 &- $0) / 1e3 }.sorted()
            let isWhole = received.count == sent.count
            median = isWhole ? times[times.count / 2] : .nan
            late = isWhole ? times[times.count * 99 / 100] : .nan
        }
    }
}

extension EventStamper {
    /// An event as it would be published.
    fileprivate static func example(_ draft: EventDraft) -> Event {
        var stamper = EventStamper()
        return stamper.stamp(draft)
    }
}
