import Skeleton

/// The poses of a clip, put together from its columns.
struct ClipPoses {
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
