import Retargeting

/// A trial as `.scripts/judge-arms.py` reads it.
struct TrialRecord: Encodable {
    let arm: String
    let urdf: String
    let mode: String
    let links: [String]
    let jointNames: [String]
    let noise: Double
    /// Seconds, and shoulder, elbow and wrist.
    let frames: [[Double]]
    /// Shape (ticks, vectors, 3).
    let person: [[[Double]]]
    /// Shape (ticks, joints).
    let q: [[Double]]
    let status: [String]
    let micros: [Double]

    init(_ trial: ArmTrial, noise: Double, jointNames: [String]) {
        let mapped = trial.arm.arm
        arm = trial.arm.name
        urdf = trial.arm.path
        mode = mapped.mode.rawValue
        links = [mapped.shoulder, mapped.elbow, mapped.wrist]
        self.jointNames = jointNames
        self.noise = noise
        frames = trial.frames.map { frame in [frame.time] + frame.points.flatMap { [$0.x, $0.y, $0.z] } }
        person = trial.person.map { $0.map { [$0.x, $0.y, $0.z] } }
        q = trial.commands.map(\.positions)
        status = trial.commands.map(\.status.rawValue)
        micros = trial.times
    }

    enum CodingKeys: String, CodingKey {
        case arm, urdf, mode, links
        case jointNames = "joint_names"
        case noise, frames, person, q, status, micros
    }
}
