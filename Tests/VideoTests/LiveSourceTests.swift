import Foundation
import Imaging
import Synchronization
import TestSupport
import Testing
import Video

@Suite(.serialized) struct LiveSourceTests {
    /// Reads a source on a thread of its own and keeps what comes.
    private final class Reader: Sendable {
        let items = Mutex<[LiveSource.Item]>([])
        let failure = Mutex<VideoError?>(nil)
        private let ended = DispatchSemaphore(value: 0)
        private let stopSource: @Sendable () -> Void

        init(_ url: String, settings: LiveSettings) {
            // The source is made here, read by the thread below, and only ever stopped from elsewhere.
            nonisolated(unsafe) let source = LiveSource(SourceAddress(url), settings: settings)
            stopSource = { source.stop() }
            Thread { [self] in
                do {
                    while let item = try source.next() { items.withLock { $0.append(item) } }
                } catch {
                    failure.withLock { $0 = error as? VideoError }
                }
                ended.signal()
            }.start()
        }

        /// Stops the source and waits for its end.
        func stop() -> Bool {
            stopSource()
            return ended.wait(timeout: .now() + 60) == .success
        }

        /// Waits for its end without stopping it.
        func waitForEnd() -> Bool { ended.wait(timeout: .now() + 60) == .success }

        var reports: [ConnectionReport] {
            items.withLock { $0 }.compactMap { if case .report(let report) = $0 { report } else { nil } }
        }

        var frames: [Frame] {
            items.withLock { $0 }.compactMap { if case .picture(let frame) = $0 { frame } else { nil } }
        }

        /// Waits until what came so far is as wanted.
        func wait(until isTrue: (Reader) -> Bool) -> Bool {
            let start = ContinuousClock.now
            while !isTrue(self) {
                guard ContinuousClock.now - start < .seconds(60) else { return false }
                usleep(5_000)
            }
            return true
        }
    }

    /// Short limits, so that the tests are.
    private func settings(_ change: (inout LiveSettings) -> Void = { _ in }) -> LiveSettings {
        var settings = LiveSettings()
        settings.stallLimit = .milliseconds(600)
        settings.openLimit = .seconds(2)
        settings.longestWait = .milliseconds(300)
        change(&settings)
        return settings
    }

    private func shade(_ frame: Frame) -> Int { Int(frame.picture.rgb().bytes[frame.picture.rgb().bytes.count / 2]) }

    @Test("pictures come through, of every size there is, in one connection")
    func sizes() throws {
        let server = try PictureServer(.sending(width: 64, height: 48, shade: 200))
        defer { server.close() }
        let reader = Reader(server.url(), settings: settings())
        #expect(reader.wait { $0.frames.count >= 5 })
        server.set(.sending(width: 121, height: 37, shade: 60))
        #expect(reader.wait { $0.frames.last?.picture.width == 121 })
        server.set(.sending(width: 64, height: 48, shade: 90))
        #expect(reader.wait { $0.frames.last.map { shade($0) < 100 && $0.picture.width == 64 } ?? false })
        #expect(reader.stop())
        let frames = reader.frames
        #expect(abs(shade(frames[0]) - 200) <= 3)
        #expect(
            frames.filter { $0.picture.width == 121 }.allSatisfy { $0.picture.height == 37 && abs(shade($0) - 60) <= 3 }
        )
        #expect(frames.map(\.index) == Array(frames.indices))
        #expect(zip(frames, frames.dropFirst()).allSatisfy { $0.presentationTime < $1.presentationTime })
        #expect(reader.reports.map(\.state) == [.online])
        #expect(server.requestCount == 1)
    }

    @Test(
        "a camera that hangs up, falls silent and changes its pictures comes back each time, with the outage's length")
    func outages() throws {
        let server = try PictureServer(.sending(width: 64, height: 48, shade: 200))
        defer { server.close() }
        let reader = Reader(server.url(), settings: settings())
        var expected: [ConnectionReport.State] = [.online]
        #expect(reader.wait { $0.reports.count == 1 })
        for (round, mood) in [PictureServer.Mood.away, .silent, .away, .silent].enumerated() {
            #expect(reader.wait { $0.items.withLock { if case .picture = $0.last { true } else { false } } })
            let lastBefore = reader.frames.count
            server.set(mood)
            expected.append(mood == .silent ? .stalled : .offline)
            #expect(reader.wait { $0.reports.map(\.state).starts(with: expected) })
            usleep(400_000)
            server.set(.sending(width: 64 + 16 * round, height: 48, shade: 100))
            #expect(reader.wait { $0.reports.last?.state == .online && $0.reports.count > expected.count })
            expected = reader.reports.map(\.state)
            #expect(reader.wait { $0.frames.count > lastBefore + 3 })
        }
        #expect(reader.stop())
        let items = reader.items.withLock { $0 }
        var lastPicture: Duration?
        var outages = 0
        for (item, following) in zip(items, items.dropFirst()) {
            switch item {
            case .picture(let frame): lastPicture = frame.presentationTime
            case .report(let report):
                guard report.state == .online, let lastPicture else { continue }
                outages += 1
                let outage = try #require(report.outage)
                // The picture's own time may lie a little before its arrival, from which the outage counts.
                #expect(abs((report.time - outage - lastPicture) / .seconds(1)) < 0.25)
                guard case .picture(let next) = following else {
                    Issue.record("a camera is online with a picture")
                    continue
                }
                #expect(next.presentationTime >= report.time - .milliseconds(250))
            }
        }
        #expect(outages == 4)
        let frames = reader.frames
        #expect(zip(frames, frames.dropFirst()).allSatisfy { $0.presentationTime < $1.presentationTime })
    }

    @Test("another codec after a reconnect is decoded like the first")
    func codecs() throws {
        let folder = try TemporaryFolder()
        try SampleVideo.write(folder.file("a.mkv"), count: 40)
        let video = try Data(contentsOf: folder.file("a.mkv"))
        let server = try PictureServer(.sending(width: 64, height: 48, shade: 200))
        defer { server.close() }
        let reader = Reader(server.url(), settings: settings())
        #expect(reader.wait { $0.frames.count > 3 })
        server.set(.away)
        #expect(reader.wait { $0.reports.count >= 2 })
        let head = "HTTP/1.1 200 OK\r\nContent-Type: video/x-matroska\r\nConnection: close\r\n\r\n"
        server.set(.answering(Data(head.utf8) + video))
        #expect(reader.wait { $0.frames.contains { $0.picture.width == 96 } })
        server.set(.away)
        server.set(.sending(width: 72, height: 48, shade: 120))
        #expect(reader.wait { $0.frames.last?.picture.width == 72 })
        #expect(reader.stop())
    }

    @Test("a live source's pixels are made square too, and that is said")
    func aspect() throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: video/x-yuv4mpeg\r\nConnection: close\r\n\r\n"
        let film = HandmadeMedia.flatVideo(
            width: 64, height: 48, aspect: "2:1", colors: Array(repeating: (90, 110, 140), count: 20))
        let server = try PictureServer(.answering(Data(head.utf8) + film))
        defer { server.close() }
        let reader = Reader(server.url(), settings: settings { _ in })
        #expect(reader.wait { $0.frames.contains { $0.picture.width == 128 && $0.picture.height == 48 } })
        #expect(reader.reports.contains { $0.message.contains("pixels of 2:1 made square: 128x48 from 64x48") })
        #expect(reader.stop())
    }

    @Test("asked to stop, a source ends at once, in whatever it is blocked")
    func stopping() throws {
        for mood in [PictureServer.Mood.sending(width: 64, height: 48, shade: 1), .silent, .away] {
            let server = try PictureServer(mood)
            defer { server.close() }
            let reader = Reader(server.url(), settings: settings { $0.openLimit = .seconds(3600) })
            #expect(reader.wait { !$0.items.withLock(\.isEmpty) || server.requestCount > 0 })
            #expect(reader.stop())
            #expect(reader.failure.withLock { $0 } == nil)
        }
    }

    @Test("with a limit at the start, a camera that is not there, is silent or is no camera is an error")
    func nothing() throws {
        let limited = settings { $0.startLimit = .seconds(1) }
        for mood in [PictureServer.Mood.away, .silent, .answering(Data("hello, no camera here\n".utf8))] {
            let server = try PictureServer(mood)
            defer { server.close() }
            let reader = Reader(server.url(user: "operator:hunter2"), settings: limited)
            #expect(reader.waitForEnd())
            let error = try #require(reader.failure.withLock { $0 })
            #expect("\(error)".hasPrefix("http://***@127.0.0.1:\(server.port)/stream: expected a camera"), "\(error)")
            #expect("\(error)".contains("found none"))
            #expect("\(error)".contains("connection refused") == (mood == .away), "\(error)")
        }
    }

    @Test("a missing device is an error that names it")
    func device() throws {
        let reader = Reader("/dev/video97", settings: settings { $0.startLimit = .seconds(4) })
        #expect(reader.waitForEnd())
        let error = try #require(reader.failure.withLock { $0 })
        #expect(error.file == "/dev/video97")
        #expect(error.message.contains("expected"))
        #expect(reader.reports.first?.state == .offline)
    }

    @Test("a password is used, percent-encoded or not, and a wrong one is told without showing it")
    func passwords() throws {
        let server = try PictureServer(
            .sending(width: 64, height: 48, shade: 1), credentials: "operator:hunter2/@:")
        defer { server.close() }
        let good = Reader(server.url(user: "operator:hunter2%2F%40%3A"), settings: settings())
        #expect(good.wait { !$0.frames.isEmpty })
        #expect(good.stop())
        let bad = Reader(server.url(user: "operator:hunter3"), settings: settings { $0.startLimit = .seconds(30) })
        #expect(bad.waitForEnd())
        let error = try #require(bad.failure.withLock { $0 })
        #expect(error.message.contains("refuses user and password"))
        #expect(!"\(error)".contains("hunter3") && !"\(error)".contains("operator"))
    }

    @Test("pictures damaged in every way neither crash the source nor end it")
    func damaged() throws {
        let server = try PictureServer(.sending(width: 64, height: 48, shade: 1))
        defer { server.close() }
        let reader = Reader(server.url(), settings: settings { $0.longestWait = .milliseconds(250) })
        #expect(reader.wait { $0.frames.count > 2 })
        var random = SeededGenerator(seed: 9)
        let head = "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace;boundary=b\r\n\r\n--b\r\n"
        let picture = FlatJPEG.data(width: 64, height: 48, shade: 70)
        for _ in 0..<12 {
            var body = Data()
            for _ in 0..<20 {
                body += Data("Content-Type: image/jpeg\r\nContent-Length: \(picture.count)\r\n\r\n".utf8)
                body += Data([UInt8](picture).mutated(using: &random)) + Data("\r\n--b\r\n".utf8)
            }
            let answer = [UInt8](Data(head.utf8) + body).mutated(using: &random)
            let before = server.requestCount
            server.set(.answering(Data(answer)))
            #expect(reader.wait { _ in server.requestCount > before })
        }
        server.set(.sending(width: 80, height: 48, shade: 1))
        #expect(reader.wait { $0.frames.last?.picture.width == 80 })
        #expect(reader.stop())
    }
}
