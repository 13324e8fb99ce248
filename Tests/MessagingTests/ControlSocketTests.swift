import CZeroMQ
import Foundation
import JSONLines
import Messaging
import Synchronization
import TestSupport
import Testing

@Suite struct ControlSocketTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let handler: ControlServer.Handler = { (request) throws(ControlFault) in
        switch request.op {
        case "hello": return .object(["args": .object(request.args)])
        case "fail": throw ControlFault(.failed, "it did not work", hint: "try again")
        default: throw ControlFault(.unknownOp, "expected hello or fail, found \(request.op.prefix(40))")
        }
    }

    private func server() throws -> ControlServer {
        try ControlServer(endpoint: "ipc://" + folder.file("control.sock").path, handler: Self.handler)
    }

    @Test("a request is answered, arguments and all")
    func answer() throws {
        let server = try server()
        let client = try ControlClient(endpoint: server.endpoint)
        let args: [String: JSONValue] = [
            "reason": .text("a \"test\" é"), "list": .list([.number(1.5), .flag(true), .null]),
        ]
        #expect(try client.ask("hello", args) == .object(["args": .object(args)]))
    }

    @Test("a refusal says what is wrong and what to do")
    func refusal() throws {
        let server = try server()
        let client = try ControlClient(endpoint: server.endpoint)
        let fault = ControlFault(.failed, "it did not work", hint: "try again")
        #expect(throws: fault) { try client.ask("fail") }
        #expect(throws: ControlFault.self) { try client.ask("dance") }
        #expect(try client.ask("hello") != nil)
    }

    @Test("half of 200 requests are answered within 10 ms")
    func speed() throws {
        let server = try server()
        let client = try ControlClient(endpoint: server.endpoint)
        let times = try (0..<200).map { _ in
            try ContinuousClock().measure { try #require(try client.ask("hello") != nil) }
        }.sorted()
        #expect(times[100] < .milliseconds(10), "median \(times[100]), longest \(times[199])")
    }

    @Test("2,000 mutated requests are all answered, and a good one after them")
    func mutated() throws {
        let server = try server()
        let asker = try RawAsker(server.endpoint)
        var generator = SeededGenerator(seed: 14)
        let good = ControlRequest(id: .number(1), op: "hello", args: ["reason": .text("test")]).message
        for round in 0..<2_000 {
            var bytes = good
            for _ in 0...(round % 4) { bytes = bytes.mutated(using: &generator) }
            let reply = try #require(try asker.ask([bytes]), "\(String(decoding: bytes, as: UTF8.self))")
            #expect(ControlReply(reply[reply.count - 1]) != nil)
        }
        #expect(try ControlReply(#require(try asker.ask([good])).last!)?.id == .number(1))
    }

    @Test(
        "what is no request is refused in words",
        arguments: [
            "", "{", "[]", "7", "{}", "{\"op\":7}", "{\"op\":\"hello\",\"args\":[]}", "{\"op\":\"hello\",\"id\":[]}",
            "{\"op\":\"hello\"} x", "\u{0}\u{1}", String(repeating: "[", count: 10_000),
        ])
    func malformed(text: String) throws {
        let reply = ControlServer.reply(to: Array(text.utf8), Self.handler)
        guard case .failure(let fault) = reply.result else {
            Issue.record("\(text) was taken")
            return
        }
        #expect(fault.code == .malformed)
        #expect(fault.hint != nil)
    }

    @Test("messages that are too long or of many parts are refused, and others answered after them")
    func oversized() throws {
        let server = try server()
        let asker = try RawAsker(server.endpoint)
        let long = try #require(try asker.ask([[UInt8](repeating: 0x20, count: (64 << 10) + 1)]))
        #expect(String(decoding: long.last!, as: UTF8.self).contains("too_long"))
        let parts = try #require(try asker.ask([[1], [2], [3], [4]]))
        #expect(String(decoding: parts.last!, as: UTF8.self).contains("malformed"))
        // Beyond a megabyte the connection ends; others do not notice.
        _ = try RawAsker(server.endpoint).ask([[UInt8](repeating: 0x20, count: 4 << 20)], patience: 100)
        let client = try ControlClient(endpoint: server.endpoint)
        #expect(try client.ask("hello") != nil)
    }

    @Test("a REQ socket, as most libraries' examples use, gets its answer")
    func requestSocket() throws {
        let server = try server()
        let asker = try RawAsker(server.endpoint, type: ZMQ_REQ)
        let reply = try #require(try asker.ask([Array(#"{"id":"a","op":"hello"}"#.utf8)]))
        #expect(reply.count == 1)
        #expect(ControlReply(reply[0])?.id == .text("a"))
    }

    @Test("only its owner may ask over ipc, and the file goes with the server")
    func owner() throws {
        let path = folder.file("control.sock").path
        do {
            let server = try server()
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
            #expect(mode?.intValue == 0o600)
            #expect(throws: MessagingError.self) {
                _ = try ControlServer(endpoint: server.endpoint, handler: Self.handler)
            }
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("where nobody listens no answer comes, and that is no answer")
    func nobody() throws {
        let client = try ControlClient(endpoint: "ipc://" + folder.file("none.sock").path)
        #expect(try client.ask("hello", timeout: .milliseconds(100)) == nil)
    }
}

/// Sends whatever it is given.
private final class RawAsker {
    private let context: UnsafeMutableRawPointer
    private let socket: UnsafeMutableRawPointer

    init(_ endpoint: String, type: Int32 = ZMQ_DEALER) throws {
        context = try #require(zmq_ctx_new())
        socket = try #require(zmq_socket(context, type))
        var linger: Int32 = 0
        zmq_setsockopt(socket, ZMQ_LINGER, &linger, MemoryLayout<Int32>.size)
        try #require(zmq_connect(socket, endpoint) == 0)
    }

    deinit {
        zmq_close(socket)
        zmq_ctx_term(context)
    }

    /// The parts of the answer; nil where none comes in so many milliseconds.
    func ask(_ parts: [[UInt8]], patience: Int32 = 5_000) throws -> [[UInt8]]? {
        for (index, part) in parts.enumerated() {
            zmq_send(socket, part, part.count, index < parts.count - 1 ? ZMQ_SNDMORE : 0)
        }
        var patience = patience
        zmq_setsockopt(socket, ZMQ_RCVTIMEO, &patience, MemoryLayout<Int32>.size)
        var reply: [[UInt8]] = []
        var more: Int32 = 1
        while more != 0 {
            var buffer = [UInt8](repeating: 0, count: 1 << 17)
            let count = zmq_recv(socket, &buffer, buffer.count, 0)
            guard count >= 0 else { return nil }
            reply.append(Array(buffer.prefix(Int(count))))
            var size = MemoryLayout<Int32>.size
            zmq_getsockopt(socket, ZMQ_RCVMORE, &more, &size)
        }
        return reply
    }
}
