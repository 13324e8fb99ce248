import JSONLines
import Skeleton

extension EventFields {
    /// What `q`, `qd` and `qdd` hold.
    struct NumberList: Equatable {
        var numbers: [Double] = []
        /// So many that differences of differences of differences still tell the jerk.
        static let decimals = 8
    }

    /// Fills in what only robots' commands have.
    mutating func take(_ robot: RobotPayload) {
        label = nil
        self.robot = robot.robot
        arm = robot.arm
        jointNames = NameList(names: robot.jointNames)
        positions = NumberList(numbers: robot.positions)
        velocities = NumberList(numbers: robot.velocities)
        accelerations = NumberList(numbers: robot.accelerations)
        target = robot.target.inMicroseconds
        status = robot.status.rawValue
        message = robot.message
        upperArmError = robot.upperArmError
        forearmError = robot.forearmError
        wristError = robot.wristError
        grip = robot.grip
        isDryRun = robot.isDryRun
    }

    func robotPayload() throws(EventsError) -> RobotPayload {
        let names = try present("joint_names", jointNames).names
        var payload = RobotPayload(
            robot: try present("robot", robot), arm: try present("arm", arm), track: track.map { TrackID(Int($0)) },
            jointNames: names, positions: try numbers("q", positions, names.count),
            velocities: try numbers("qd", velocities, names.count),
            accelerations: try numbers("qdd", accelerations, names.count),
            target: .microseconds(try present("target_us", target)),
            status: try known(RobotPayload.Status.init(rawValue:), "status", status), message: message,
            isDryRun: try present("dry_run", isDryRun))
        payload.upperArmError = upperArmError
        payload.forearmError = forearmError
        payload.wristError = wristError
        payload.grip = grip
        return payload
    }

    private func numbers(_ key: String, _ list: NumberList?, _ count: Int) throws(EventsError) -> [Double] {
        let numbers = try present(key, list).numbers
        guard numbers.count == count, numbers.allSatisfy(\.isFinite) else {
            throw EventsError("expected key \"\(key)\" to hold \(count) numbers, one for each joint, found \(numbers)")
        }
        return numbers
    }
}

extension EventFields.NumberList: FieldValue {
    var isWritable: Bool { numbers.allSatisfy(\.isFinite) }

    func write(to line: inout JSONWriter) {
        line.openArray()
        for number in numbers { line.value(rounding: number, decimals: Self.decimals) }
        line.closeArray()
    }

    static func read(from scanner: inout JSONScanner) throws(JSONFault) -> Self {
        var list = Self()
        try scanner.readArray { (scanner) throws(JSONFault) in list.numbers.append(try scanner.readNumber()) }
        return list
    }
}
