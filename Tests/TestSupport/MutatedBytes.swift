extension [UInt8] {
    /// The bytes with some flipped, replaced, cut, repeated or taken out: what a parser must survive.
    public func mutated(using generator: inout SeededGenerator) -> [UInt8] {
        var bytes = self
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
            let place = Int.random(in: bytes.indices, using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 1: bytes[place] = .random(in: .min ... .max, using: &generator)
            case 2: bytes.removeSubrange(place...)
            case 3: bytes.insert(contentsOf: bytes[..<place].suffix(20), at: place)
            default: bytes.removeSubrange(place..<Swift.min(place + 9, bytes.count))
            }
        }
        return bytes
    }
}
