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
        var writer = JSONWriter()
        writer.openObject()
        writer.key("header")
        writer.openObject()
        // Nought stands for now, as ROS has it.
        writer.key("stamp")
        write(.zero, to: &writer)
        writer.key("frame_id")
        writer.value("\(command.robot)/\(command.arm)")
        writer.closeObject()
        writer.key("joint_names")
        writer.openArray()
        for name in command.jointNames { writer.value(name) }
        writer.closeArray()
        writer.key("points")
        writer.openArray()
        writer.openObject()
        for (key, numbers) in [
            ("positions", command.positions), ("velocities", command.velocities),
            ("accelerations", command.accelerations), ("effort", []),
        ] {
            writer.key(quoting: key)
            writer.openArray()
            // As many digits as differences of positions need.
            for number in numbers { writer.value(rounding: number, decimals: 8) }
            writer.closeArray()
        }
        writer.key("time_from_start")
        write(command.target, to: &writer)
        writer.closeObject()
        writer.closeArray()
        writer.closeObject()
        writer.endLine()
        try writer.bytes.withUnsafeBytes { try output.write($0) }
    }

    private func write(_ time: Duration, to writer: inout JSONWriter) {
        writer.openObject()
        writer.key("sec")
        writer.value(time.components.seconds)
        writer.key("nanosec")
        writer.value(time.components.attoseconds / 1_000_000_000)
        writer.closeObject()
    }

    func finish() throws {}
}
