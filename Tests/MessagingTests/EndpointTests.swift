import Events
import Foundation
import Messaging
import TestSupport
import Testing

@Suite struct EndpointTests {
    private let run = EventID("01M5W6DS0AB5V2C7XG1N3T8YQD")!

    @Test(
        "addresses that other machines could reach are refused",
        arguments: [
            "tcp://0.0.0.0:5555", "tcp://*:5555", "tcp://192.168.1.4:5555", "tcp://eth0:5555", "tcp://[::]:5555",
            "udp://127.0.0.1:1", "127.0.0.1:5555", "", "tcp://127.0.0.1", "tcp://127.0.0.1:99999", "ipc://",
            "ipc://" + String(repeating: "x", count: 200),
        ])
    func refused(endpoint: String) {
        let error = #expect(throws: MessagingError.self) { try EventPublisher(endpoint: endpoint, run: run) }
        #expect(error?.code == .refusedAddress)
        #expect(error?.file == endpoint)
    }

    @Test("an address in use says so, and the first publisher keeps it")
    func inUse() throws {
        let folder = try TemporaryFolder()
        for address in ["tcp://127.0.0.1:*", "ipc://" + folder.file("events.sock").path] {
            let first = try EventPublisher(endpoint: address, run: run)
            let error = #expect(throws: MessagingError.self) { try EventPublisher(endpoint: first.endpoint, run: run) }
            #expect(error?.code == .addressInUse)
            let subscriber = try EventSubscriber(endpoint: first.endpoint)
            #expect(first.waitForSubscriptions(timeout: .seconds(10)))
            try first.publishHeartbeat()
            #expect(try subscriber.receive(timeout: .seconds(10)) != nil)
        }
    }

    @Test("a socket file left by a crash is taken over, any other file is left alone")
    func oldFiles() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("old.sock").path
        let handle = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(handle, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(bound == 0)
        close(handle)
        #expect(FileManager.default.fileExists(atPath: path))
        _ = try EventPublisher(endpoint: "ipc://" + path, run: run)

        let file = folder.file("precious.txt")
        try Data("keep".utf8).write(to: file)
        #expect(throws: MessagingError.self) { try EventPublisher(endpoint: "ipc://" + file.path, run: run) }
        #expect(try Data(contentsOf: file) == Data("keep".utf8))
    }
}
