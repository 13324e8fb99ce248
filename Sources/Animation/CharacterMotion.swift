/// One person as a character with bones: fixed lengths, a pose for each frame.
package struct CharacterMotion: Sendable {
    package let lengths: BoneLengths
    /// Frames per second.
    package let frameRate: Double
    package let poses: [CharacterPose]

    package init(lengths: BoneLengths, frameRate: Double, poses: [CharacterPose]) {
        self.lengths = lengths
        self.frameRate = frameRate
        self.poses = poses
    }

    /// - Parameter locksFeet: whether the foot stood on stays where it is; the hips stay where they were seen otherwise.
    package init(_ motion: SteadyMotion, locksFeet: Bool = true) {
        let mapping = BodyPointMapping(from: motion.topology)
        let points = motion.points.map(mapping.points(from:))
        let lengths = BoneLengths(of: points)
        var rotations = BoneRotations(lengths: lengths, frameRate: motion.frameRate)
        let poses = points.map { rotations.next($0) }
        self.init(
            lengths: lengths, frameRate: motion.frameRate,
            poses: locksFeet ? FootLock(lengths: lengths).applied(to: poses, frameRate: motion.frameRate) : poses)
    }
}
