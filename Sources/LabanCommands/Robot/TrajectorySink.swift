import Events
import JSONLines
import Pipeline
import Skeleton

/// Prints a robot's commands in the shape of ROS's trajectory_msgs/JointTrajectory, one a line: `header`, `joint_names`,
/// and one point to be reached at `time_from_start` of the recording.
final class TrajectorySink: EventSink {
    private let output: OutputFile

    init(_ output: OutputFile) { self.output = output }

    func take(_ event: Event, line: [UInt8]) throws {
        guard event.phase == .update, let command = event.payload.robot else { return }
        let micros =
            Int(command.target.components.seconds) * 1_000_000
            + Int(command.target.components.attoseconds / 1_000_000_000_000)
        func numbers(_ values: [Double]) -> JSONValue { .list(values.map { .number($0) }) }
        func time(_ micros: Int) -> JSONValue {
            .object([
                "sec": .number(Double(micros / 1_000_000)), "nanosec": .number(Double(micros % 1_000_000 * 1_000)),
            ])
        }
        let point = JSONValue.object([
            "positions": numbers(command.positions), "velocities": numbers(command.velocities),
            "accelerations": numbers(command.accelerations), "effort": .list([]), "time_from_start": time(micros),
        ])
        var writer = JSONWriter()
        writer.value(
            .object([
                // Nought stands for now, as ROS has it.
                "header": .object(["stamp": time(0), "frame_id": .text("\(command.robot)/\(command.arm)")]),
                "joint_names": .list(command.jointNames.map { .text($0) }), "points": .list([point]),
            ]))
        writer.endLine()
        try writer.bytes.withUnsafeBytes { try output.write($0) }
    }

    func finish() throws {}
}
