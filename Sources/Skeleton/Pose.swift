/// All keypoints of one person in one frame.
package struct Pose: Sendable, Equatable {
    package var topology: SkeletonTopology
    /// One entry a joint; nil where the joint was not seen. Empty when only world points are known.
    package var keypoints: [Keypoint?]
    /// One entry a joint, in metres, x to image right, y down, z away from the camera; nil where the joint was not seen.
    /// Hip-centred, or with the camera as origin where a depth camera measured them. Empty when only image points are
    /// known.
    package var worldPoints: [SIMD3<Float>?]
    /// Where `worldPoints` come from.
    package var worldSource: WorldSource
    /// How sure the source is that this is a person, 0…1.
    package var score: Float
    /// The person's hands where they were looked for and found, left before right. A person of whom only a hand is in
    /// the picture has neither keypoints nor world points.
    package var hands: [HandPose]
    /// Colours of the clothes, for the tracker alone; nil when the source does not tell.
    package var appearance: Appearance?
    /// What each joint rests on, one entry a joint; empty when all are measured.
    package var evidence: [JointEvidence]
    /// Joints, ascending, where the pose breaks the person's own bone lengths or the limits of human joints.
    package var implausibleJoints: [Int]

    package init(
        topology: SkeletonTopology, keypoints: [Keypoint?] = [], worldPoints: [SIMD3<Float>?] = [],
        worldSource: WorldSource = .measured, score: Float = 1,
        hands: [HandPose] = [], appearance: Appearance? = nil, evidence: [JointEvidence] = [],
        implausibleJoints: [Int] = []
    ) {
        precondition(keypoints.isEmpty || keypoints.count == topology.count, "one keypoint a joint, or none at all")
        precondition(worldPoints.isEmpty || worldPoints.count == topology.count, "one world point a joint, or none")
        precondition(evidence.isEmpty || evidence.count == topology.count, "one evidence a joint, or none")
        self.topology = topology
        self.keypoints = keypoints
        self.worldPoints = worldPoints
        self.worldSource = worldSource
        self.score = score
        self.hands = hands
        self.appearance = appearance
        self.evidence = evidence
        self.implausibleJoints = implausibleJoints
    }
}
