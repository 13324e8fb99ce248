extension SkeletonTopology {
    /// OpenPose's 18 keypoints of its COCO model (Cao et al. 2019): COCO's 17 in another order, and the neck.
    package static let coco18 = SkeletonTopology(
        name: "coco18",
        jointNames: [
            "nose", "neck", "rightShoulder", "rightElbow", "rightWrist", "leftShoulder", "leftElbow", "leftWrist",
            "rightHip", "rightKnee", "rightAnkle", "leftHip", "leftKnee", "leftAnkle", "rightEye", "leftEye",
            "rightEar", "leftEar",
        ],
        edges: [
            (0, 1), (2, 1), (3, 2), (4, 3), (5, 1), (6, 5), (7, 6), (8, 1), (9, 8), (10, 9), (11, 1), (12, 11),
            (13, 12), (14, 0), (15, 0), (16, 14), (17, 15),
        ],
        center: 1)

    /// OpenPose's BODY_25B (Hidalgo et al. 2019): COCO's 17 in their own order, upper neck, top of the head and feet.
    package static let body25B = SkeletonTopology(
        name: "body25b",
        jointNames: coco17.jointNames + [
            "upperNeck", "headTop", "leftBigToe", "leftSmallToe", "leftHeel", "rightBigToe", "rightSmallToe",
            "rightHeel",
        ],
        edges: [
            (1, 0), (2, 0), (3, 1), (4, 2), (0, 17), (18, 17), (5, 17), (6, 17), (7, 5), (9, 7), (8, 6), (10, 8),
            (11, 5), (12, 6), (13, 11), (15, 13), (14, 12), (16, 14), (19, 15), (20, 19), (21, 15), (22, 16),
            (23, 22), (24, 16),
        ],
        center: 17)

    /// The 26 body keypoints of Halpe (Fang et al. 2022), AlphaPose's own: COCO's 17, head, neck, hip and feet.
    package static let halpe26 = SkeletonTopology(
        name: "halpe26",
        jointNames: coco17.jointNames + [
            "headTop", "neck", "pelvis", "leftBigToe", "rightBigToe", "leftSmallToe", "rightSmallToe", "leftHeel",
            "rightHeel",
        ],
        edges: [
            (1, 0), (2, 0), (3, 1), (4, 2), (0, 18), (17, 18), (5, 18), (6, 18), (7, 5), (9, 7), (8, 6), (10, 8),
            (18, 19), (11, 19), (12, 19), (13, 11), (15, 13), (14, 12), (16, 14), (20, 15), (21, 16), (22, 20),
            (23, 21), (24, 15), (25, 16),
        ],
        center: 19)

    /// The 32 joints of the Azure Kinect body tracking SDK, in its order.
    package static let azureKinect32 = SkeletonTopology(
        name: "azurekinect32",
        jointNames: [
            "pelvis", "spine", "chest", "neck", "leftCollar", "leftShoulder", "leftElbow", "leftWrist", "leftHand",
            "leftHandTip", "leftThumb", "rightCollar", "rightShoulder", "rightElbow", "rightWrist", "rightHand",
            "rightHandTip", "rightThumb", "leftHip", "leftKnee", "leftAnkle", "leftFoot", "rightHip", "rightKnee",
            "rightAnkle", "rightFoot", "head", "nose", "leftEye", "leftEar", "rightEye", "rightEar",
        ],
        edges: [
            (1, 0), (2, 1), (3, 2), (4, 2), (5, 4), (6, 5), (7, 6), (8, 7), (9, 8), (10, 7), (11, 2), (12, 11),
            (13, 12), (14, 13), (15, 14), (16, 15), (17, 14), (18, 0), (19, 18), (20, 19), (21, 20), (22, 0),
            (23, 22), (24, 23), (25, 24), (26, 3), (27, 26), (28, 26), (29, 26), (30, 26), (31, 26),
        ],
        center: 0)
}

extension SkeletonTopology {
    /// The 17 joints of Human3.6M as its users name them (Ionescu et al. 2014).
    package static let h36m17 = SkeletonTopology(
        name: "h36m17",
        jointNames: [
            "pelvis", "rightHip", "rightKnee", "rightAnkle", "leftHip", "leftKnee", "leftAnkle", "spine", "chest",
            "neck", "head", "leftShoulder", "leftElbow", "leftWrist", "rightShoulder", "rightElbow", "rightWrist",
        ],
        edges: [
            (1, 0), (2, 1), (3, 2), (4, 0), (5, 4), (6, 5), (7, 0), (8, 7), (9, 8), (10, 9), (11, 8), (12, 11),
            (13, 12), (14, 8), (15, 14), (16, 15),
        ],
        center: 0)

    /// The 16 joints of MPII Human Pose (Andriluka et al. 2014).
    package static let mpii16 = SkeletonTopology(
        name: "mpii16",
        jointNames: [
            "rightAnkle", "rightKnee", "rightHip", "leftHip", "leftKnee", "leftAnkle", "pelvis", "chest", "upperNeck",
            "headTop", "rightWrist", "rightElbow", "rightShoulder", "leftShoulder", "leftElbow", "leftWrist",
        ],
        edges: [
            (0, 1), (1, 2), (2, 6), (3, 6), (4, 3), (5, 4), (7, 6), (8, 7), (9, 8), (10, 11), (11, 12), (12, 7),
            (13, 7), (14, 13), (15, 14),
        ],
        center: 6)

    /// The 14 joints of CrowdPose (Li et al. 2019); AI Challenger's are the same in another order.
    package static let crowdPose14 = SkeletonTopology(
        name: "crowdpose14",
        jointNames: [
            "leftShoulder", "rightShoulder", "leftElbow", "rightElbow", "leftWrist", "rightWrist", "leftHip",
            "rightHip", "leftKnee", "rightKnee", "leftAnkle", "rightAnkle", "headTop", "neck",
        ],
        edges: [
            (12, 13), (0, 13), (1, 13), (2, 0), (4, 2), (3, 1), (5, 3), (6, 0), (7, 1), (7, 6), (8, 6), (10, 8),
            (9, 7), (11, 9),
        ],
        center: 13)
}
