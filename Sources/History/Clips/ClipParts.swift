import Skeleton

/// What is known of a person in a sample.
struct ClipParts: OptionSet, Sendable, Hashable {
    let rawValue: UInt8

    static let image = ClipParts(rawValue: 1)
    static let world = ClipParts(rawValue: 2)
    /// Of the hands: left, right, and the same with places in space.
    static let hands = [ClipParts(rawValue: 4), ClipParts(rawValue: 16)]
    static let handsInSpace = [ClipParts(rawValue: 8), ClipParts(rawValue: 32)]

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// - Parameter hands: left and right, where they are known.
    init(_ pose: Pose, _ hands: [HandPose?]) {
        self = []
        if !pose.keypoints.isEmpty { insert(.image) }
        // What was lifted is lifted again when it is wanted.
        if !pose.worldPoints.isEmpty, pose.worldSource == .measured { insert(.world) }
        for (index, hand) in hands.enumerated() {
            guard let hand else { continue }
            insert(Self.hands[index])
            if !hand.worldPoints.isEmpty { insert(Self.handsInSpace[index]) }
        }
    }
}
