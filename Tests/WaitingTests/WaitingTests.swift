import Foundation
import Testing
import Waiting

@Suite struct WaitingTests {
    @Test("a wait ends when what is waited for comes true, whoever makes it so")
    func wakes() {
        let condition = MonotonicCondition()
        nonisolated(unsafe) var isTrue = false
        let thread = Thread { condition.withLock { (isTrue, _) = (true, condition.broadcast()) } }
        let came = condition.withLock {
            thread.start()
            return condition.wait(within: .seconds(60)) { isTrue }
        }
        #expect(came)
    }

    @Test(
        "a wait for what never comes ends, however short or long its limit", arguments: [Duration.zero, .seconds(-1)])
    func limits(limit: Duration) {
        let condition = MonotonicCondition()
        #expect(!condition.withLock { condition.wait(within: limit) { false } })
        #expect(condition.withLock { condition.wait(within: .seconds(Int64.max)) { true } })
    }

    @Test("nothing in Laban waits for a time on the wall clock, which somebody may set back")
    func monotonic() throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources")
        let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        var read = 0
        for case let file as URL in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            read += 1
            // These wait by the wall clock on Linux, whatever the clock of the limit they are given.
            for word in ["DispatchSemaphore", "DispatchWallTime", "NSCondition", "sem_timedwait", "wait(timeout:"] {
                #expect(
                    !text.contains(word), "\(file.lastPathComponent): \(word); MonotonicCondition waits as it should")
            }
        }
        #expect(read > 100)
    }
}
