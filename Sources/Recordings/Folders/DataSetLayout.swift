import Skeleton

/// How a public data set's array becomes poses in Laban's convention.
struct DataSetLayout: Sendable {
    /// Which way the axes of the source point. All of these are right-handed, so nobody is mirrored.
    enum Axes: Sendable {
        /// x right, y up, z towards the camera or any way in a room: turned by half a turn about x.
        case upwards
        /// x to the right of a person facing the camera, y up, z away from the camera: half a turn about z.
        case performersRight
        /// Fractions of the picture, y down: image points.
        case image
    }

    let name: String
    let topology: SkeletonTopology
    let arrayFile: String
    let axes: Axes
    /// What one unit of the source is: metres, or fractions for image points.
    let unit: Float
    /// For each joint of the topology the joint of the source; nil where the orders agree.
    var sourceJoints: [Int]?
    let framesPerSecond: Double
    /// The column of `sequences.csv` that names what is done.
    let labelColumn: String
    /// The column that splits by person, or by what stands in for it.
    let subjectColumn: String?

    /// The layout whose columns these are; nil for an unknown table.
    static func recognise(_ table: CSVTable, hasFile: (String) -> Bool) -> DataSetLayout? {
        guard table.has("sequence", "start", "frames") else { return nil }
        if table.has("movement_name", "episode", "correct") { return uiPRMD }
        if table.has("action_name", "subsets"), hasFile("world.npy") { return msrAction3D }
        if table.has("subject", "take"), hasFile("frame_numbers.npy"), hasFile("segments.csv") {
            return utKinectAction3D
        }
        if table.has("source_fps", "description") { return cmuMocap }
        if table.has("action", "cmu_id") { return cmuActions }
        if table.has("content", "style") { return bandaiNamco }
        if table.has("action", "count", "fps") { return repCountPose }
        if table.has("action", "count", "detected_frames") { return countixFitnessPose }
        if table.has("person", "group", "motion") { return kinderGator }
        return nil
    }

    /// UI-PRMD, Kinect part (Vakanski et al. 2018).
    static let uiPRMD = DataSetLayout(
        name: "ui-prmd", topology: .kinect22, arrayFile: "frames.npy", axes: .upwards, unit: 0.001,
        framesPerSecond: 30, labelColumn: "movement_name", subjectColumn: "subject")

    /// MSR-Action3D (Li et al. 2010), whose joints come in an order of their own.
    static let msrAction3D = DataSetLayout(
        name: "msr-action3d", topology: .kinect20, arrayFile: "world.npy", axes: .performersRight, unit: 1,
        sourceJoints: [6, 3, 2, 19, 0, 7, 9, 11, 1, 8, 10, 12, 4, 13, 15, 17, 5, 14, 16, 18],
        framesPerSecond: 15, labelColumn: "action_name", subjectColumn: "subject")

    /// UTKinect-Action3D (Xia et al. 2012): whole recordings, with labelled segments beside.
    static let utKinectAction3D = DataSetLayout(
        name: "utkinect-action3d", topology: .kinect20, arrayFile: "frames.npy", axes: .performersRight, unit: 1,
        framesPerSecond: 30, labelColumn: "sequence", subjectColumn: "subject")

    /// CMU motion capture without end points.
    static let cmuMocap = DataSetLayout(
        name: "cmu-mocap", topology: .cmu31, arrayFile: "frames.npy", axes: .upwards, unit: 0.001,
        framesPerSecond: 30, labelColumn: "description", subjectColumn: "subject")

    /// The CMU recordings used for motion prediction (Li et al. 2018), with end points.
    static let cmuActions = DataSetLayout(
        name: "cmu-actions", topology: .cmu38, arrayFile: "frames.npy", axes: .upwards, unit: 0.001,
        framesPerSecond: 30, labelColumn: "action", subjectColumn: nil)

    /// Bandai Namco Research motion sets 1 and 2 (Kobayashi et al. 2023), which split by style.
    static let bandaiNamco = DataSetLayout(
        name: "bandai-namco", topology: .bandai21, arrayFile: "frames.npy", axes: .upwards, unit: 0.001,
        framesPerSecond: 30, labelColumn: "content", subjectColumn: "style")

    /// RepCount-pose (Hu et al. 2022, Yao et al. 2023): each frame scaled to 0…1 on every axis.
    static let repCountPose = DataSetLayout(
        name: "repcount-pose", topology: .blazePose33, arrayFile: "frames.npy", axes: .image, unit: 1 / 65_535,
        framesPerSecond: 30, labelColumn: "action", subjectColumn: "group")

    /// Countix-Fitness-pose (Li et al. 2024), scaled likewise; its frame rates are not known.
    static let countixFitnessPose = DataSetLayout(
        name: "countix-fitness-pose", topology: .blazePose33, arrayFile: "frames.npy", axes: .image,
        unit: 1 / 65_535, framesPerSecond: 30, labelColumn: "action", subjectColumn: nil)

    /// Kinder-Gator (Aloba et al. 2018): adults and children, a Kinect's skeletons at about 31 frames a second.
    static let kinderGator = DataSetLayout(
        name: "kinder-gator", topology: .kinect20, arrayFile: "frames.npy", axes: .performersRight, unit: 0.001,
        framesPerSecond: 31, labelColumn: "motion", subjectColumn: "person")
}

extension DataSetLayout {
    /// Poses from the numbers of some rows, each (V, C) with C ≥ 3; joints of all zeros were not seen.
    func poses(from numbers: [Float], valuesPerJoint channels: Int) -> [Pose] {
        points(from: numbers, valuesPerJoint: channels).map(pose)
    }

    /// Where the middle of the hips is at each row, in metres along the poses' axes; empty for image points.
    func places(from numbers: [Float], valuesPerJoint channels: Int) -> [SIMD3<Float>?] {
        guard let turn else { return [] }
        return points(from: numbers, valuesPerJoint: channels).map { points in origin(of: points).map { $0 * turn } }
    }

    /// The joints of each row in the source's axes.
    private func points(from numbers: [Float], valuesPerJoint channels: Int) -> [[SIMD3<Float>?]] {
        stride(from: 0, to: numbers.count, by: topology.count * channels).map { row in
            topology.jointNames.indices.map { joint -> SIMD3<Float>? in
                let first = row + (sourceJoints?[joint] ?? joint) * channels
                let point = SIMD3(numbers[first], numbers[first + 1], numbers[first + 2])
                let isSeen = point != .zero && point.x.isFinite && point.y.isFinite && point.z.isFinite
                return isSeen ? point * unit : nil
            }
        }
    }

    /// What turns the source's axes into Laban's; nil for image points, which lie right.
    private var turn: SIMD3<Float>? {
        switch axes {
        case .upwards: SIMD3(1, -1, -1)
        case .performersRight: SIMD3(-1, -1, 1)
        case .image: nil
        }
    }

    private func pose(from points: [SIMD3<Float>?]) -> Pose {
        guard let turn else {
            // A joint at zero on every axis is a true minimum unless the whole row is zero.
            let isSeen = points.contains { $0 != nil }
            return Pose(
                topology: topology,
                keypoints: points.map { point in
                    isSeen ? Keypoint(x: point?.x ?? 0, y: point?.y ?? 0, z: point?.z ?? 0) : nil
                },
                score: isSeen ? 1 : 0)
        }
        guard let origin = origin(of: points) else {
            return Pose(topology: topology, worldPoints: points.map { _ in nil }, score: 0)
        }
        return Pose(topology: topology, worldPoints: points.map { $0.map { ($0 - origin) * turn } })
    }

    /// The middle of the hips, else the pelvis; nil when neither was seen.
    private func origin(of points: [SIMD3<Float>?]) -> SIMD3<Float>? {
        let hips = ["leftHip", "rightHip"].compactMap { topology.index(of: $0) }.compactMap { points[$0] }
        if hips.count == 2 { return (hips[0] + hips[1]) / 2 }
        return topology.index(of: "pelvis").flatMap { points[$0] }
    }
}
