/// Makes ids that grow from one to the next, even within a millisecond or when the clock is set back.
package struct EventIDGenerator: Sendable {
    private var random: any RandomNumberGenerator & Sendable
    private var last: UInt128 = 0

    package init(random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()) {
        self.random = random
    }

    /// The next id, made at `time`.
    package mutating func next(at time: UnixTime) -> EventID {
        let milliseconds = UInt128(UInt64(max(time.microseconds, 0) / 1000) & 0xFFFF_FFFF_FFFF)
        if milliseconds > last >> 80 {
            let randomBits = UInt128(random.next()) << 16 | UInt128(random.next() & 0xFFFF)
            last = milliseconds << 80 | randomBits
        } else {
            last &+= 1
        }
        return EventID(value: last)
    }
}
