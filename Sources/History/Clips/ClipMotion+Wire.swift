import Skeleton

extension ClipMotion {
    /// The clip as it is stored, within a step of every number; nil only where there is no memory to pack it.
    package func wire() -> [UInt8]? {
        var builder = ClipBuilder(topology: topology, aspectRatio: aspectRatio)
        for sample in samples { builder.append(sample.pose, at: sample.offset) }
        return builder.wire()
    }

    /// Reads a clip as it was stored.
    ///
    /// - Throws: which byte is not as expected; no bytes whatever make it trap, or take more than a few megabytes.
    package init(wire bytes: [UInt8]) throws(ClipFault) {
        var head = ClipByteReader(bytes[...])
        let version = try head.byte()
        guard version == ClipBuilder.version else {
            throw ClipFault(0, expected: "version \(ClipBuilder.version) of clips", found: "\(version)")
        }
        let count = Int(try head.number(atMost: UInt64(Deflated.limit), "a length"))
        let body = try Deflated.unpack(head.rest, count: count)
        var reader = ClipByteReader(body[...])
        try self.init(body: &reader)
        guard reader.rest.isEmpty else {
            throw ClipFault(reader.place, expected: "the end", found: "\(reader.rest.count) bytes more")
        }
    }

    private init(body reader: inout ClipByteReader) throws(ClipFault) {
        let name = try reader.text(atMost: 64)
        guard let topology = SkeletonTopology.named(name) else {
            throw ClipFault(1, expected: "a kind of skeleton", found: "'\(name)'")
        }
        var ratio: UInt32 = 0
        for shift in stride(from: UInt32(0), to: 32, by: 8) { ratio |= UInt32(try reader.byte()) << shift }
        let aspectRatio = Float(bitPattern: ratio)
        guard aspectRatio.isFinite, aspectRatio >= 0 else {
            throw ClipFault(reader.place - 4, expected: "width over height", found: "\(aspectRatio)")
        }
        self.init(topology: topology, aspectRatio: aspectRatio > 0 ? aspectRatio : nil)
        let count = Int(try reader.number(atMost: UInt64(ClipBuilder.mostSamples), "a number of samples"))
        var offsets: [Int64] = []
        for index in 0..<count {
            let place = reader.place
            let step = Int64(try reader.number(atMost: 1 << 40, "microseconds"))
            guard index == 0 || step > 0 else {
                throw ClipFault(place, expected: "a later sample", found: "one at the same time")
            }
            offsets.append((offsets.last ?? 0) + step)
        }
        let parts = try Self.parts(count, from: &reader)
        let poses = try ClipPoses(parts, topology: topology, from: &reader)
        samples = offsets.indices.map { Sample(offset: .microseconds(offsets[$0]), pose: poses.list[$0]) }
    }

    private static func parts(_ count: Int, from reader: inout ClipByteReader) throws(ClipFault) -> [ClipParts] {
        var parts: [ClipParts] = []
        for _ in 0..<count {
            let place = reader.place
            let part = ClipParts(rawValue: try reader.byte())
            let isWhole = (0..<2).allSatisfy {
                !part.contains(ClipParts.handsInSpace[$0]) || part.contains(ClipParts.hands[$0])
            }
            guard !part.isEmpty, part.rawValue < 64, isWhole else {
                throw ClipFault(place, expected: "what is known of somebody", found: "\(part.rawValue)")
            }
            parts.append(part)
        }
        return parts
    }
}
