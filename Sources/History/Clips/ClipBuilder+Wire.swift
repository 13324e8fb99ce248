import Skeleton

/// The form in which a clip is stored, described in the `Schema` article.
///
/// A byte for the version, the number of bytes that follow once they are unpacked, and those packed by deflate.
extension ClipBuilder {
    static let version: UInt8 = 1

    /// The clip as bytes; nil only where there is no memory to pack them.
    func wire() -> [UInt8]? {
        var body = ClipBytes()
        body.append(topology.name)
        let ratio = (aspectRatio ?? 0).bitPattern
        for shift in stride(from: UInt32(0), to: 32, by: 8) {
            body.append(byte: UInt8(truncatingIfNeeded: ratio >> shift))
        }
        body.append(UInt64(offsets.count))
        var last: Int64 = 0
        for offset in offsets {
            body.append(UInt64(offset - last))
            last = offset
        }
        for part in parts { body.append(byte: part.rawValue) }
        for columns in [scores, image, shares, world, worldSeen] + hands.flatMap({ [$0.scores, $0.image, $0.world] }) {
            columns.write(to: &body)
        }
        guard body.bytes.count <= Deflated.limit, let packed = Deflated.pack(body.bytes) else { return nil }
        var wire = ClipBytes()
        wire.append(byte: Self.version)
        wire.append(UInt64(body.bytes.count))
        return wire.bytes + packed
    }
}
