import Foundation
import JSONLines
import LabanServer
import Messaging
import Synchronization
import TestSupport
import Testing

@Suite("Stopping robots")
struct RobotControlTests {
    /// Robots that do nothing but remember why they are stopped.
    private final class Yard: Sendable {
        let reasons = Mutex<[String: String]>([:])

        var noted: [String: String] { reasons.withLock { $0 } }

        func robot(_ name: String) -> RobotControl.Robot {
            .init(
                name: name, camera: "bench", isLive: false,
                stop: { reason in self.reasons.withLock { $0[name] = $0[name] ?? reason } },
                reset: { self.reasons.withLock { $0.removeValue(forKey: name) != nil } },
                state: { .init(reason: self.reasons.withLock { $0[name] }, arms: ["right": "ok"]) })
        }
    }

    private let folder: TemporaryFolder
    private let yard = Yard()

    init() throws { folder = try TemporaryFolder() }

    private func server() throws -> ControlServer {
        let control = RobotControl([yard.robot("panda"), yard.robot("so101")])
        return try ControlServer(endpoint: "ipc://" + folder.file("events.sock.control").path) {
            (request) throws(ControlFault) in try control.answer(request)
        }
    }

    private func laban(_ arguments: String...) throws -> CommandResult {
        let place = ["--address", "ipc://" + folder.file("events.sock").path]
        return try LabanProcess(["robot"] + arguments + place).wait()
    }

    @Test("a stop without a name stops every robot, and stays until it is reset")
    func all() throws {
        let server = try server()
        defer { withExtendedLifetime(server) {} }
        let stopped = try laban("stop", "--reason", "a test")
        #expect(stopped.status == 0, "\(stopped.errors)")
        #expect(stopped.output == "{\"stopped\":[\"panda\",\"so101\"]}\n")
        #expect(yard.noted == ["panda": "a test", "so101": "a test"])
        let status = try laban("status")
        #expect(status.output.contains("\"reason\":\"a test\",\"robot\":\"panda\",\"stopped\":true"))
        #expect(try laban("reset", "--robot", "panda").output == "{\"reset\":[\"panda\"]}\n")
        #expect(yard.noted == ["so101": "a test"])
    }

    @Test("a robot that is not there is bad usage, and nothing else is stopped instead")
    func unknown() throws {
        let server = try server()
        defer { withExtendedLifetime(server) {} }
        let stopped = try laban("stop", "--robot", "pandas")
        #expect(stopped.status == 2)
        #expect(stopped.errors.contains("found \"pandas\"; led are panda, so101"))
        #expect(yard.noted.isEmpty)
    }

    @Test("where no Laban answers a stop fails and says that nothing was stopped")
    func nobody() throws {
        let stopped = try laban("stop")
        #expect(stopped.status == 1)
        #expect(stopped.output.isEmpty)
        #expect(stopped.errors.contains("nothing was stopped"))
    }

    @Test("a slip in an argument's name is refused, whatever the op")
    func slip() {
        let control = RobotControl([yard.robot("panda")])
        for op in ["hello", "robot.stop", "robot.reset", "robot.status"] {
            #expect(throws: ControlFault.self) {
                try control.answer(ControlRequest(op: op, args: ["robott": .text("panda")]))
            }
        }
        #expect(throws: ControlFault.self) {
            try control.answer(ControlRequest(op: "robot.stop", args: ["robot": .number(1)]))
        }
        #expect(yard.noted.isEmpty)
    }
}
