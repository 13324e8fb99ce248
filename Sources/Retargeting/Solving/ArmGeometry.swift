package import Robots

/// The part of a robot that one arm's mapping is about.
struct ArmGeometry {
    let chain: KinematicChain
    /// Shoulder, elbow and wrist.
    let points: [KinematicChain.Point]
    /// Elbow, wrist and tip.
    let guarded: [KinematicChain.Point]

    init(_ arm: RobotMapping.Arm, of robot: RobotDescription) throws(RetargetingError) {
        func link(_ name: String, _ role: String) throws(RetargetingError) -> Int {
            guard let link = robot.link(named: name) else {
                throw RetargetingError(
                    "arm \(arm.name): \(role) is the link \(name), which \(robot.name) does not have")
            }
            return link
        }
        let tip = try link(arm.tip ?? arm.wrist, "tip")
        chain = KinematicChain(of: robot, to: tip, moving: arm.joints)
        var points: [KinematicChain.Point] = []
        for (role, name) in [("shoulder", arm.shoulder), ("elbow", arm.elbow), ("wrist", arm.wrist)] {
            guard let point = chain.point(of: try link(name, role)) else {
                throw RetargetingError("arm \(arm.name): the \(role), \(name), is not on the way to its tip")
            }
            points.append(point)
        }
        self.points = points
        guarded = [points[1], points[2], chain.point(of: tip)!]
        guard chain.joints.count >= 3 else {
            throw RetargetingError("arm \(arm.name): three joints or more expected, found \(chain.joints.count)")
        }
    }
}

extension ArmTask {
    /// The task of a mapping's arm.
    package init(_ arm: RobotMapping.Arm, of robot: RobotDescription) throws(RetargetingError) {
        let geometry = try ArmGeometry(arm, of: robot)
        self.init(
            chain: geometry.chain, mode: arm.mode, points: geometry.points,
            samplePosture: Array(repeating: 0, count: geometry.chain.joints.count))
    }
}
