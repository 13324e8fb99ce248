import Foundation

/// When a live source connects, waits and gives up, and what it says about it: decisions only, no clock, no socket.
///
/// Times are media times: since the source was started, on the monotonic clock. Waits between tries double up to a
/// longest one and are shortened at random by up to a quarter, so that many cameras do not come back all at once.
package struct LiveConnection: Sendable {
    /// What to do now.
    package enum State: Sendable, Equatable {
        /// Open the source and read up to the first picture.
        case connecting
        /// Read pictures.
        case online
        /// Try again at this time.
        case waiting(until: Duration)
        /// Nothing any more; the words say why it was given up, nil when it was asked to stop.
        case stopped(String?)
    }

    /// Why there are no pictures.
    package enum Cause: Sendable, Equatable {
        /// The other side closed the connection.
        case ended
        /// Nothing came for too long.
        case silent
        /// The other side wants another user or password.
        case refused(String)
        /// Anything else, in the libraries' words.
        case broken(String)
    }

    package private(set) var state = State.connecting
    private let settings: LiveSettings
    private var random: any RandomNumberGenerator & Sendable
    /// When the present try or connection began.
    private var connectingSince = Duration.zero
    private var lastPacket: Duration?
    private var onlineSince = Duration.zero
    private var lastPicture: Duration?
    /// Tries since the last connection that lasted.
    private var tries = 0
    /// Why the tries since the last picture failed, in the libraries' words.
    private var lastFault: String?
    private var lastReport: (state: ConnectionReport.State, time: Duration)?

    /// The first wait between tries.
    package static let firstWait = Duration.milliseconds(250)
    /// After a refusal tries are this far apart: cameras lock users out who try too often.
    package static let refusalWait = Duration.seconds(30)
    /// A connection that lasted this long makes the next wait short again.
    static let lasting = Duration.seconds(10)
    /// A camera that sends data gets this many times the open limit for its first picture.
    static let keyPictureShare = 4
    /// An outage is reported again this often.
    package static let reminder = Duration.seconds(60)

    package init(
        settings: LiveSettings, random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
    ) {
        self.settings = settings
        self.random = random
    }

    /// When whatever is being done now has taken too long.
    package var deadline: Duration {
        switch state {
        case .online: (lastPicture ?? onlineSince) + settings.stallLimit
        case .connecting:
            if let lastPacket {
                min(lastPacket + settings.openLimit, connectingSince + settings.openLimit * Self.keyPictureShare)
            } else {
                min(connectingSince + settings.openLimit, hopeEnds ?? .seconds(1 << 40))
            }
        case .waiting(let until): until
        case .stopped: .zero
        }
    }

    /// Data came. Until a camera sends a picture that needs no other, none can be shown, so it gets more time.
    package mutating func packetArrived(at time: Duration) {
        if state == .connecting { lastPacket = time }
    }

    /// A picture came.
    package mutating func pictureArrived(at time: Duration) -> ConnectionReport? {
        defer { lastPicture = time }
        guard state == .connecting else { return nil }
        state = .online
        onlineSince = time
        lastReport = nil
        guard let lastPicture else {
            return ConnectionReport(state: .online, outage: nil, time: time, message: "connected")
        }
        let outage = time - lastPicture
        return ConnectionReport(
            state: .online, outage: outage, time: time, message: "back after \(outage.shortSeconds)")
    }

    /// No more pictures come of the present try or connection.
    package mutating func lost(_ cause: Cause, at time: Duration) -> ConnectionReport? {
        let wasOnline = state == .online
        if wasOnline, time - onlineSince >= Self.lasting { tries = 0 }
        tries += 1
        if wasOnline { lastFault = nil }
        if case .broken(let words) = cause { lastFault = words }
        let message = message(cause, wasOnline: wasOnline, at: time)
        if let hopeEnds, time >= hopeEnds || isRefusal(cause) {
            state = .stopped(message)
            return nil
        }
        state = .waiting(until: time + wait(after: cause))
        return report(wasOnline && cause == .silent ? .stalled : .offline, message, at: time)
    }

    /// The wait is over.
    package mutating func waited(until time: Duration) {
        guard case .waiting = state else { return }
        state = .connecting
        connectingSince = time
        lastPacket = nil
    }

    /// Somebody wants no more pictures.
    package mutating func stop() { state = .stopped(nil) }

    /// When a source that never gave a picture is given up.
    private var hopeEnds: Duration? { lastPicture == nil ? settings.startLimit : nil }

    private func isRefusal(_ cause: Cause) -> Bool {
        if case .refused = cause { true } else { false }
    }

    private mutating func wait(after cause: Cause) -> Duration {
        if isRefusal(cause) { return Self.refusalWait }
        let doubled = Self.firstWait * (1 << min(tries - 1, 16))
        let share = 1 - Double(random.next() >> 11) * 0x1p-53 / 4
        return min(doubled, max(settings.longestWait, Self.firstWait)) * share
    }

    /// A change is said at once, the same again only as a reminder.
    private mutating func report(
        _ state: ConnectionReport.State, _ message: String, at time: Duration
    ) -> ConnectionReport? {
        if let lastReport, lastReport.state == state, time - lastReport.time < Self.reminder { return nil }
        lastReport = (state, time)
        return ConnectionReport(state: state, outage: time - (lastPicture ?? .zero), time: time, message: message)
    }

    private func message(_ cause: Cause, wasOnline: Bool, at time: Duration) -> String {
        switch cause {
        case .ended: return wasOnline ? "the camera ended the connection" : "the camera gave no picture"
        case .silent:
            if let lastFault, !wasOnline {
                return "cannot connect for \((time - (lastPicture ?? .zero)).shortSeconds) (\(lastFault))"
            }
            return "\(wasOnline ? "no picture" : "no answer") for \((time - (lastPicture ?? .zero)).shortSeconds)"
        case .refused(let words): return "the camera refuses user and password (\(words))"
        case .broken(let words): return "\(wasOnline ? "connection lost" : "cannot connect") (\(words))"
        }
    }
}

extension Duration {
    /// For people to read, as `4.0s`.
    package var shortSeconds: String {
        formatted(.units(allowed: [.seconds], width: .narrow, fractionalPart: .show(length: 1)))
    }
}
