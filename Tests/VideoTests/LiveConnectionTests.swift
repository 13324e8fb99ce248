import TestSupport
import Testing
import Video

struct LiveConnectionTests {
    private func make(_ change: (inout LiveSettings) -> Void = { _ in }) -> LiveConnection {
        var settings = LiveSettings()
        change(&settings)
        return LiveConnection(settings: settings, random: SeededGenerator(seed: 3))
    }

    /// The wait a connection is in; nil when it is in none.
    private func wait(_ connection: LiveConnection, from time: Duration) -> Duration? {
        guard case .waiting(let until) = connection.state else { return nil }
        return until - time
    }

    @Test("a camera comes online with its first picture and says so once")
    func online() {
        var connection = make()
        #expect(connection.state == .connecting)
        #expect(connection.deadline == LiveSettings().openLimit)
        let report = connection.pictureArrived(at: .seconds(1))
        #expect(report?.state == .online && report?.outage == nil)
        #expect(connection.state == .online)
        #expect(connection.pictureArrived(at: .seconds(2)) == nil)
        #expect(connection.deadline == .seconds(2) + LiveSettings().stallLimit)
    }

    @Test("a camera that sends data gets more time for its first picture, but not for ever")
    func keyPicture() {
        var connection = make { $0.openLimit = .seconds(5) }
        for second in 1...16 { connection.packetArrived(at: .seconds(second)) }
        #expect(connection.deadline == .seconds(20))
        _ = connection.lost(.silent, at: .seconds(20))
        connection.waited(until: .seconds(21))
        #expect(connection.deadline == .seconds(26))
    }

    @Test("a stall is due within five seconds of the last picture, and the outage is counted from that picture on")
    func stall() {
        var connection = make()
        _ = connection.pictureArrived(at: .seconds(1))
        _ = connection.pictureArrived(at: .seconds(7))
        let noticed = connection.deadline
        #expect(noticed - .seconds(7) <= .seconds(5))
        let report = connection.lost(.silent, at: noticed)
        #expect(report?.state == .stalled)
        #expect(report?.outage == noticed - .seconds(7))
        #expect(report?.time == noticed)
        connection.waited(until: .seconds(12))
        #expect(connection.state == .connecting)
        let back = connection.pictureArrived(at: .milliseconds(13_250))
        #expect(back?.state == .online)
        #expect(back?.outage == .milliseconds(6250))
        #expect(back?.message == "back after 6.2s")
    }

    @Test("waits double up to the longest, a quarter shorter at most, and are short again after a lasting connection")
    func backOff() {
        var connection = make()
        var time = Duration.zero
        _ = connection.pictureArrived(at: time)
        var expected = LiveConnection.firstWait
        for _ in 0..<12 {
            _ = connection.lost(.ended, at: time)
            let wait = wait(connection, from: time) ?? .zero
            #expect(wait <= expected && wait >= expected * 0.75)
            time += wait
            connection.waited(until: time)
            // A camera that hangs up after every picture is not one that is back.
            if expected > .seconds(1) { _ = connection.pictureArrived(at: time) }
            expected = min(expected * 2, LiveSettings().longestWait)
        }
        #expect(expected == LiveSettings().longestWait)
        _ = connection.pictureArrived(at: time)
        time += .seconds(11)
        _ = connection.pictureArrived(at: time)
        _ = connection.lost(.ended, at: time)
        #expect((wait(connection, from: time) ?? .zero) <= LiveConnection.firstWait)
    }

    @Test("the same seed gives the same waits, another gives others")
    func jitter() {
        func waits(seed: UInt64) -> [Duration] {
            var connection = LiveConnection(settings: .init(), random: SeededGenerator(seed: seed))
            return (0..<8).map { index in
                _ = connection.lost(.ended, at: .seconds(index * 100))
                defer { connection.waited(until: .seconds(index * 100 + 50)) }
                return wait(connection, from: .seconds(index * 100)) ?? .zero
            }
        }
        #expect(waits(seed: 1) == waits(seed: 1))
        #expect(waits(seed: 1) != waits(seed: 2))
    }

    @Test("an outage is said when it begins or changes, then once a minute")
    func reminders() {
        var connection = make()
        _ = connection.pictureArrived(at: .zero)
        var reports: [ConnectionReport] = []
        var time = Duration.seconds(4)
        if let report = connection.lost(.silent, at: time) { reports.append(report) }
        while time < .seconds(200) {
            time += .seconds(1)
            connection.waited(until: time)
            if let report = connection.lost(.broken("Connection refused"), at: time) { reports.append(report) }
        }
        #expect(reports.map(\.state) == [.stalled, .offline, .offline, .offline, .offline])
        #expect(reports.map { $0.outage ?? .zero } == [4, 5, 65, 125, 185].map { .seconds($0) })
        #expect(reports[1].message == "cannot connect (Connection refused)")
    }

    @Test("with a limit at the start a camera that gives no picture is given up, without one never")
    func givingUp() {
        var patient = make()
        var hasty = make { $0.startLimit = .seconds(10) }
        for second in 1...9 {
            _ = patient.lost(.broken("refused"), at: .seconds(second))
            _ = hasty.lost(.broken("refused"), at: .seconds(second))
            patient.waited(until: .seconds(second))
            hasty.waited(until: .seconds(second))
            #expect(hasty.state == .connecting)
        }
        #expect(hasty.deadline == .seconds(10), "no try outlasts the limit")
        _ = hasty.lost(.broken("refused"), at: .seconds(10))
        #expect(hasty.state == .stopped("cannot connect (refused)"))
        _ = patient.lost(.broken("refused"), at: .seconds(100_000))
        #expect(wait(patient, from: .seconds(100_000)) != nil)
    }

    @Test("after its first picture a camera is waited for, limit or not")
    func limitIsForTheStart() {
        var connection = make { $0.startLimit = .seconds(10) }
        _ = connection.pictureArrived(at: .seconds(3))
        _ = connection.lost(.ended, at: .seconds(500))
        #expect(wait(connection, from: .seconds(500)) != nil)
    }

    @Test("a refused password is tried again slowly, and gives up a start at once")
    func refusal() {
        var connection = make()
        _ = connection.lost(.refused("401"), at: .seconds(1))
        #expect(wait(connection, from: .seconds(1)) == LiveConnection.refusalWait)
        var hasty = make { $0.startLimit = .seconds(10) }
        _ = hasty.lost(.refused("401"), at: .zero)
        #expect(hasty.state == .stopped("the camera refuses user and password (401)"))
    }
}
