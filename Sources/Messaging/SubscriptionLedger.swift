/// Who has subscribed to what, and who asks for more than a listener needs: decisions only, no socket.
///
/// ZeroMQ keeps every subscription in a tree with a node for each byte, and looks through all of it whenever a
/// subscriber leaves. So what subscribers may ask for is bounded, and whoever asks for more is disconnected.
struct SubscriptionLedger<Connection: Hashable> {
    /// The longest message a subscriber may send; ZeroMQ itself ends the connection of a longer one.
    static var longestMessage: Int64 { 1024 }
    /// The most subscriptions of one connection.
    static var mostOfOne: Int { 256 }
    /// The most subscriptions of all connections together.
    static var mostOfAll: Int { 1024 }
    /// The most bytes of all subscriptions together.
    static var mostBytes: Int { 1 << 16 }
    /// How many messages a connection may send at once, and a second after that.
    static var allowance: (atOnce: Double, perSecond: Double) { (1024, 64) }

    private struct Account {
        var prefixes: Set<[UInt8]> = []
        var bytes = 0
        var messagesLeft: Double
        var time: Duration
        /// What it sent before it noticed that it was disconnected is passed over.
        var isEnded = false
    }

    private var accounts: [Connection: Account] = [:]
    private var bytes = 0
    /// How many subscriptions there are.
    private(set) var count = 0

    /// Takes in a message of a connection: one byte for subscribe or cancel, then a prefix.
    ///
    /// - Returns: the connection to end, if one is.
    mutating func take(_ message: [UInt8], from connection: Connection, at time: Duration) -> Connection? {
        var account = accounts[connection] ?? Account(messagesLeft: Self.allowance.atOnce, time: time)
        guard !account.isEnded else { return nil }
        account.messagesLeft += max(0, (time - account.time) / .seconds(1)) * Self.allowance.perSecond
        account.messagesLeft = min(account.messagesLeft, Self.allowance.atOnce) - 1
        account.time = max(account.time, time)
        let prefix = Array(message.dropFirst())
        switch message.first {
        case 1 where account.prefixes.insert(prefix).inserted:
            account.bytes += prefix.count
            bytes += prefix.count
            count += 1
        case 0 where account.prefixes.remove(prefix) != nil:
            account.bytes -= prefix.count
            bytes -= prefix.count
            count -= 1
        case 0, 1: break
        // A publisher takes no messages.
        default: account.messagesLeft = -1
        }
        accounts[connection] = account
        if account.messagesLeft < 0 || account.prefixes.count > Self.mostOfOne { return end(connection) }
        guard count > Self.mostOfAll || bytes > Self.mostBytes else { return nil }
        let greediest = accounts.max {
            ($0.value.bytes + $0.value.prefixes.count) < ($1.value.bytes + $1.value.prefixes.count)
        }
        return greediest.flatMap { end($0.key) }
    }

    /// Forgets the connections that stand no more.
    mutating func forget(where hasEnded: (Connection) -> Bool) {
        for (connection, account) in accounts where hasEnded(connection) {
            accounts[connection] = nil
            discount(account)
        }
    }

    private mutating func end(_ connection: Connection) -> Connection? {
        guard let account = accounts[connection] else { return nil }
        discount(account)
        accounts[connection] = Account(messagesLeft: 0, time: account.time, isEnded: true)
        return connection
    }

    private mutating func discount(_ account: Account) {
        count -= account.prefixes.count
        bytes -= account.bytes
    }
}
