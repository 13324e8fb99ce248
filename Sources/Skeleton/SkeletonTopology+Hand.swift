extension SkeletonTopology {
    /// The 21 joints of one hand (Zhang et al. 2020): the wrist, then each finger from base to tip. Names are free of
    /// sides: `HandPose` knows which hand it is.
    package static let hand21 = SkeletonTopology(
        name: "hand21",
        jointNames: [
            "wrist", "thumbCMC", "thumbMCP", "thumbIP", "thumbTip", "indexMCP", "indexPIP", "indexDIP", "indexTip",
            "middleMCP", "middlePIP", "middleDIP", "middleTip", "ringMCP", "ringPIP", "ringDIP", "ringTip",
            "pinkyMCP", "pinkyPIP", "pinkyDIP", "pinkyTip",
        ],
        edges: (0..<5).flatMap { finger in
            (1...4).map { joint in (finger * 4 + joint, joint == 1 ? 0 : finger * 4 + joint - 1) }
        },
        center: 0)
}
