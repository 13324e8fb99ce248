/// Who is connected, up to a number: decisions only, no socket.
struct ConnectionRoll<Connection: Hashable> {
    private let most: Int
    private var connections: Set<Connection> = []

    init(most: Int) { self.most = max(most, 1) }

    /// Takes in a connection; false when there is no room for it.
    mutating func admit(_ connection: Connection, isOpen: (Connection) -> Bool) -> Bool {
        if connections.count >= most { connections = connections.filter(isOpen) }
        guard connections.count < most else { return false }
        connections.insert(connection)
        return true
    }
}
