extension SkeletonTopology {
    /// Every topology Laban knows by name.
    package static let known: [SkeletonTopology] = [
        blazePose33, common16, coco17, kinect20, kinect22, ntu25, openPose25, cmu31, cmu38, bandai21, coco18,
        body25B, halpe26, azureKinect32, h36m17, mpii16, crowdPose14,
    ]

    /// BlazePose's 33 joints (Bazarevsky et al. 2020), what Laban's own pose networks give.
    package static let blazePose33 = SkeletonTopology(
        name: "blazepose33",
        jointNames: [
            "nose", "leftEyeInner", "leftEye", "leftEyeOuter", "rightEyeInner", "rightEye", "rightEyeOuter",
            "leftEar", "rightEar", "mouthLeft", "mouthRight", "leftShoulder", "rightShoulder", "leftElbow",
            "rightElbow", "leftWrist", "rightWrist", "leftPinky", "rightPinky", "leftIndex", "rightIndex",
            "leftThumb", "rightThumb", "leftHip", "rightHip", "leftKnee", "rightKnee", "leftAnkle", "rightAnkle",
            "leftHeel", "rightHeel", "leftFootIndex", "rightFootIndex",
        ],
        edges: [
            (1, 0), (2, 1), (3, 2), (7, 3), (4, 0), (5, 4), (6, 5), (8, 6), (10, 9), (9, 0), (0, 11), (12, 11),
            (13, 11), (15, 13), (17, 15), (19, 15), (21, 15), (14, 12), (16, 14), (18, 16), (20, 16), (22, 16),
            (11, 23), (12, 24), (24, 23), (25, 23), (27, 25), (29, 27), (31, 27), (26, 24), (28, 26), (30, 28),
            (32, 28),
        ],
        center: 23)

    /// The joint set every other topology maps to and every action model sees.
    package static let common16 = SkeletonTopology(
        name: "common16",
        jointNames: [
            "pelvis", "spine", "neck", "head", "leftShoulder", "leftElbow", "leftWrist", "rightShoulder",
            "rightElbow", "rightWrist", "leftHip", "leftKnee", "leftAnkle", "rightHip", "rightKnee", "rightAnkle",
        ],
        edges: [
            (1, 0), (2, 1), (3, 2), (4, 2), (5, 4), (6, 5), (7, 2), (8, 7), (9, 8), (10, 0), (11, 10), (12, 11),
            (13, 0), (14, 13), (15, 14),
        ],
        center: 0)

    /// The 17 keypoints of COCO 2017 (Lin et al. 2014).
    package static let coco17 = SkeletonTopology(
        name: "coco17",
        jointNames: [
            "nose", "leftEye", "rightEye", "leftEar", "rightEar", "leftShoulder", "rightShoulder", "leftElbow",
            "rightElbow", "leftWrist", "rightWrist", "leftHip", "rightHip", "leftKnee", "rightKnee", "leftAnkle",
            "rightAnkle",
        ],
        edges: [
            (1, 0), (2, 0), (3, 1), (4, 2), (0, 5), (6, 5), (7, 5), (9, 7), (8, 6), (10, 8), (5, 11), (6, 12),
            (12, 11), (13, 11), (15, 13), (14, 12), (16, 14),
        ],
        center: 11)

    /// The first Kinect's 20 joints, in the order of its SDK.
    package static let kinect20 = SkeletonTopology(
        name: "kinect20",
        jointNames: [
            "pelvis", "spine", "neck", "head", "leftShoulder", "leftElbow", "leftWrist", "leftHand",
            "rightShoulder", "rightElbow", "rightWrist", "rightHand", "leftHip", "leftKnee", "leftAnkle",
            "leftFoot", "rightHip", "rightKnee", "rightAnkle", "rightFoot",
        ],
        edges: [
            (1, 0), (2, 1), (3, 2), (4, 2), (5, 4), (6, 5), (7, 6), (8, 2), (9, 8), (10, 9), (11, 10), (12, 0),
            (13, 12), (14, 13), (15, 14), (16, 0), (17, 16), (18, 17), (19, 18),
        ],
        center: 0)

    /// The 22 joints of UI-PRMD's Kinect part (Vakanski et al. 2018); a joint is the start of the limb it is named for.
    package static let kinect22 = SkeletonTopology(
        name: "kinect22",
        jointNames: [
            "pelvis", "spine", "chest", "neck", "head", "headTop", "leftCollar", "leftShoulder", "leftElbow",
            "leftWrist", "rightCollar", "rightShoulder", "rightElbow", "rightWrist", "leftHip", "leftKnee",
            "leftAnkle", "leftFoot", "rightHip", "rightKnee", "rightAnkle", "rightFoot",
        ],
        edges: [
            (1, 0), (2, 1), (3, 2), (4, 3), (5, 4), (6, 2), (7, 6), (8, 7), (9, 8), (10, 2), (11, 10), (12, 11),
            (13, 12), (14, 0), (15, 14), (16, 15), (17, 16), (18, 0), (19, 18), (20, 19), (21, 20),
        ],
        center: 0)

    /// The second Kinect's 25 joints in the order of NTU RGB+D (Shahroudy et al. 2016), counted from 0.
    package static let ntu25 = SkeletonTopology(
        name: "ntu25",
        jointNames: [
            "pelvis", "spine", "neck", "head", "leftShoulder", "leftElbow", "leftWrist", "leftHand",
            "rightShoulder", "rightElbow", "rightWrist", "rightHand", "leftHip", "leftKnee", "leftAnkle",
            "leftFoot", "rightHip", "rightKnee", "rightAnkle", "rightFoot", "chest", "leftHandTip", "leftThumb",
            "rightHandTip", "rightThumb",
        ],
        edges: [
            (1, 0), (20, 1), (2, 20), (3, 2), (4, 20), (5, 4), (6, 5), (7, 6), (8, 20), (9, 8), (10, 9), (11, 10),
            (12, 0), (13, 12), (14, 13), (15, 14), (16, 0), (17, 16), (18, 17), (19, 18), (21, 7), (22, 6),
            (23, 11), (24, 10),
        ],
        center: 20)

    /// OpenPose's BODY_25 (Cao et al. 2019).
    package static let openPose25 = SkeletonTopology(
        name: "openpose25",
        jointNames: [
            "nose", "neck", "rightShoulder", "rightElbow", "rightWrist", "leftShoulder", "leftElbow", "leftWrist",
            "pelvis", "rightHip", "rightKnee", "rightAnkle", "leftHip", "leftKnee", "leftAnkle", "rightEye",
            "leftEye", "rightEar", "leftEar", "leftBigToe", "leftSmallToe", "leftHeel", "rightBigToe",
            "rightSmallToe", "rightHeel",
        ],
        edges: [
            (0, 1), (2, 1), (3, 2), (4, 3), (5, 1), (6, 5), (7, 6), (1, 8), (9, 8), (10, 9), (11, 10), (12, 8),
            (13, 12), (14, 13), (15, 0), (16, 0), (17, 15), (18, 16), (19, 14), (20, 19), (21, 14), (22, 11),
            (23, 22), (24, 11),
        ],
        center: 8)

    /// The CMU motion capture skeleton without end points, as in Hahne's BVH conversion.
    package static let cmu31 = SkeletonTopology(
        name: "cmu31",
        jointNames: [
            "pelvis", "leftHipJoint", "leftHip", "leftKnee", "leftAnkle", "leftToeBase", "rightHipJoint",
            "rightHip", "rightKnee", "rightAnkle", "rightToeBase", "lowerBack", "spine", "chest", "neck",
            "upperNeck", "head", "leftCollar", "leftShoulder", "leftElbow", "leftWrist", "leftFingerBase",
            "leftHandIndex", "leftThumb", "rightCollar", "rightShoulder", "rightElbow", "rightWrist",
            "rightFingerBase", "rightHandIndex", "rightThumb",
        ],
        edges: [
            (1, 0), (2, 1), (3, 2), (4, 3), (5, 4), (6, 0), (7, 6), (8, 7), (9, 8), (10, 9), (11, 0), (12, 11),
            (13, 12), (14, 13), (15, 14), (16, 15), (17, 13), (18, 17), (19, 18), (20, 19), (21, 20), (22, 21),
            (23, 20), (24, 13), (25, 24), (26, 25), (27, 26), (28, 27), (29, 28), (30, 27),
        ],
        center: 0)

    /// The CMU motion capture skeleton with end points.
    package static let cmu38 = SkeletonTopology(
        name: "cmu38",
        jointNames: [
            "pelvis", "leftHipJoint", "leftHip", "leftKnee", "leftAnkle", "leftToeBase", "leftToeEnd",
            "rightHipJoint", "rightHip", "rightKnee", "rightAnkle", "rightToeBase", "rightToeEnd", "lowerBack",
            "spine", "chest", "neck", "upperNeck", "head", "headTop", "leftCollar", "leftShoulder", "leftElbow",
            "leftWrist", "leftFingerBase", "leftHandIndex", "leftHandIndexEnd", "leftThumb", "leftThumbEnd",
            "rightCollar", "rightShoulder", "rightElbow", "rightWrist", "rightFingerBase", "rightHandIndex",
            "rightHandIndexEnd", "rightThumb", "rightThumbEnd",
        ],
        edges: [
            (1, 0), (2, 1), (3, 2), (4, 3), (5, 4), (6, 5), (7, 0), (8, 7), (9, 8), (10, 9), (11, 10), (12, 11),
            (13, 0), (14, 13), (15, 14), (16, 15), (17, 16), (18, 17), (19, 18), (20, 15), (21, 20), (22, 21),
            (23, 22), (24, 23), (25, 24), (26, 25), (27, 23), (28, 27), (29, 15), (30, 29), (31, 30), (32, 31),
            (33, 32), (34, 33), (35, 34), (36, 32), (37, 36),
        ],
        center: 0)

    /// The 21 joints of the Bandai Namco Research motion sets (Kobayashi et al. 2023).
    package static let bandai21 = SkeletonTopology(
        name: "bandai21",
        jointNames: [
            "pelvis", "spine", "chest", "neck", "head", "leftCollar", "leftShoulder", "leftElbow", "leftWrist",
            "rightCollar", "rightShoulder", "rightElbow", "rightWrist", "leftHip", "leftKnee", "leftAnkle",
            "leftFoot", "rightHip", "rightKnee", "rightAnkle", "rightFoot",
        ],
        edges: [
            (1, 0), (2, 1), (3, 2), (4, 3), (5, 2), (6, 5), (7, 6), (8, 7), (9, 2), (10, 9), (11, 10), (12, 11),
            (13, 0), (14, 13), (15, 14), (16, 15), (17, 0), (18, 17), (19, 18), (20, 19),
        ],
        center: 0)
}
