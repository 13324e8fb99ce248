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
        guard let body = Deflated.unpack(head.rest, count: count) else {
            throw ClipFault(head.place, expected: "\(count) bytes, packed", found: "something else")
        }
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

/// The poses of a clip, put together from its columns.
private struct ClipPoses {
    private(set) var list: [Pose] = []

    init(_ parts: [ClipParts], topology: SkeletonTopology, from reader: inout ClipByteReader) throws(ClipFault) {
        func height(_ part: ClipParts) -> Int { parts.count { $0.contains(part) } }
        func read(_ empty: ClipColumns, _ height: Int) throws(ClipFault) -> ClipColumns {
            var columns = empty
            try columns.read(height: height, from: &reader)
            return columns
        }
        let joints = topology.count
        let scores = try read(ClipColumns(width: 1), parts.count)
        let image = try read(ClipColumns(placesOf: topology), height(.image))
        let shares = try read(ClipColumns(width: 2 * joints), height(.image))
        let world = try read(ClipColumns(placesOf: topology), height(.world))
        let worldSeen = try read(ClipColumns(width: joints), height(.world))
        var hands: [ClipHand] = []
        for side in 0..<2 {
            let (rows, rowsInSpace) = (height(ClipParts.hands[side]), height(ClipParts.handsInSpace[side]))
            var hand = ClipHand()
            hand.scores = try read(hand.scores, rows)
            hand.image = try read(hand.image, rows)
            hand.world = try read(hand.world, rowsInSpace)
            hands.append(hand)
        }
        var (imageRow, worldRow) = (0, 0)
        var (handRows, handRowsInSpace) = ([0, 0], [0, 0])
        for (index, part) in parts.enumerated() {
            var pose = Pose(topology: topology, score: ClipScale.share.value(scores[index, 0]))
            if part.contains(.image) {
                pose.keypoints = (0..<joints).map { Self.keypoint($0, imageRow, image, shares) }
                imageRow += 1
            }
            if part.contains(.world) {
                pose.worldPoints = (0..<joints).map { joint in
                    worldSeen[worldRow, joint] == 0 ? nil : Self.point(joint, worldRow, world, .world)
                }
                worldRow += 1
            }
            for (side, name) in HandPose.Side.allCases.enumerated() where part.contains(ClipParts.hands[side]) {
                let isInSpace = part.contains(ClipParts.handsInSpace[side])
                pose.hands.append(
                    Self.hand(name, hands[side], row: handRows[side], isInSpace ? handRowsInSpace[side] : nil))
                handRows[side] += 1
                if isInSpace { handRowsInSpace[side] += 1 }
            }
            list.append(pose)
        }
    }

    private static func keypoint(_ joint: Int, _ row: Int, _ image: ClipColumns, _ shares: ClipColumns) -> Keypoint? {
        let visibility = shares[row, 2 * joint]
        guard visibility != ClipColumns.unseen else { return nil }
        let place = point(joint, row, image, .image)
        return Keypoint(
            x: place.x, y: place.y, z: place.z, visibility: ClipScale.share.value(visibility),
            presence: ClipScale.share.value(shares[row, 2 * joint + 1]))
    }

    private static func point(_ joint: Int, _ row: Int, _ columns: ClipColumns, _ scale: ClipScale) -> SIMD3<Float> {
        SIMD3(
            scale.value(columns[row, 3 * joint]), scale.value(columns[row, 3 * joint + 1]),
            scale.value(columns[row, 3 * joint + 2]))
    }

    private static func hand(_ side: HandPose.Side, _ hand: ClipHand, row: Int, _ rowInSpace: Int?) -> HandPose {
        let joints = 0..<SkeletonTopology.hand21.count
        return HandPose(
            side: side, score: ClipScale.share.value(hand.scores[row, 0]),
            imagePoints: joints.map { point($0, row, hand.image, .image) },
            worldPoints: rowInSpace.map { row in joints.map { point($0, row, hand.world, .hand) } } ?? [])
    }
}
