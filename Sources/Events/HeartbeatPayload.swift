/// The last number of every stream, so that a loss at the end is noticed too.
package struct HeartbeatPayload: Sendable, Hashable {
    package struct Position: Sendable, Hashable {
        package var stream: String
        package var sequence: UInt64

        package init(stream: String, sequence: UInt64) {
            self.stream = stream
            self.sequence = sequence
        }
    }

    /// Sorted by stream.
    package var positions: [Position]

    package init(positions: [Position]) {
        self.positions = positions.sorted { $0.stream < $1.stream }
    }
}
