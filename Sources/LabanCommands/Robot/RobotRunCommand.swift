import ArgumentParser
import Events
import Foundation
import LabanServer
import Messaging
import Pipeline
import Recordings
import Retargeting
import Skeleton

/// `laban robot INPUT`: a robot's arm led by a person in a file or before a camera.
struct RobotRunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Lead a robot's arm by a person's: 'laban robot INPUT' for short.",
        discussion: """
            Tells a hundred times a second where every joint of the arm is to be, never outside its bounds of position, \
            velocity, acceleration and jerk, and what is wrong where it does not follow. Without --live everything is a \
            dry run, which programs that move robots must refuse. Nobody seen, seen badly, or perhaps taken for another: \
            the arm brakes within a tenth of a second, and follows again slowly.

            Examples:
              laban robot Fixtures/workout.mp4 --urdf Fixtures/robots/seven.urdf --mapping Fixtures/robots/seven.yaml
                                                        how well it would follow
              laban robot dance.mp4 --urdf arm.urdf --person middle --json
                                                        commands as JSON lines, led by the middle person
              laban robot s.jsonl --urdf arm.urdf --trajectory
                                                        the same as ROS has them
              laban robot /dev/video0 --urdf arm.urdf --mapping arm.yaml --hands --publish tcp://127.0.0.1:5570 --live
                                                        a camera leads whoever listens; 'laban robot stop' stops it
              laban robot demo.mp4 --urdf arm.urdf --record demo/
                                                        skeletons and commands of a demonstration, on one clock
            """)

    @Argument(help: "A video, a camera, skeletons or their address: what 'laban run' takes.")
    var input: String

    @OptionGroup var files: RobotFiles

    @Option(
        help: ArgumentHelp(
            "Who leads: largest, middle, left or right in the picture when chosen, or a track's number.",
            valueName: "who"))
    var person = "largest"

    @Flag(help: "Say in the commands that a robot may be moved by them.")
    var live = false

    @Option(help: ArgumentHelp("Write every event to this file, one JSON object a line.", valueName: "file"))
    var events: String?

    @Option(
        help: ArgumentHelp(
            "Write skeletons.jsonl and commands.jsonl of a demonstration into this folder.", valueName: "folder"))
    var record: String?

    @Option(help: ArgumentHelp("Publish the events over ZeroMQ, such as tcp://127.0.0.1:5570.", valueName: "address"))
    var publish: String?

    @Option(
        help: ArgumentHelp(
            "Where 'laban robot stop' reaches it; beside --publish when left out.", valueName: "endpoint"))
    var control: String?

    @Flag(help: "Find people's hands too, for the gripper.")
    var hands = false

    @Flag(help: "Print the commands as JSON lines, and nothing else, on standard output.")
    var json = false

    @Flag(help: "Print the commands in the shape of ROS's JointTrajectory, and nothing else, on standard output.")
    var trajectory = false

    @Option(help: "Name of the camera in events; the file's name when left out.")
    var camera: String?

    @Option(help: "Threads the pose networks may use.")
    var threads = min(2, ProcessInfo.processInfo.activeProcessorCount)

    @OptionGroup(title: "Skeletons of other programs") var skeletonOptions: SkeletonOptions

    @OptionGroup var resources: ResourceOptions

    func validate() throws {
        _ = try operatorChoice()
        if json, trajectory { throw ValidationError("expected --json or --trajectory, found both") }
        if record != nil, events != nil { throw ValidationError("--record writes the events itself, without --events") }
        if control != nil, publish == nil { throw ValidationError("--control goes with --publish") }
        if hands, !PipelineInput(input).isVideo {
            throw ValidationError("--hands looks at pictures, but \(input) holds skeletons")
        }
        guard (1...64).contains(threads) else { throw ValidationError("--threads: expected 1 to 64, found \(threads)") }
    }

    func run() throws {
        let loaded = try files.read()
        for warning in loaded.warnings { Terminal.standardError.write("Warning: \(warning)\n") }
        // What does not fit together is told before the input is opened.
        _ = try loaded.controller(.largest)
        let source = try skeletonOptions.input(input)
        let safety = loaded.mapping.safety
        let watchesGestures = safety.deadMan != nil || safety.stopGesture != nil
        var parts = try resources.parts(
            for: source, threads: threads, recognisesActions: false, findsHands: hands)
        if !watchesGestures { (parts.gestures, parts.exercises, parts.holds) = ([], [], []) }
        let robot = RobotParts(
            mapping: loaded.mapping, robot: loaded.robot, capsules: loaded.capsules, person: try operatorChoice(),
            isLive: live)
        parts.robot = robot
        let name = camera ?? source.cameraName
        if !json, !trajectory {
            Terminal.standardError.write(
                live
                    ? "Live: programs may move \(loaded.mapping.robot) by these commands\n"
                    : "Dry run: no robot is moved\n")
        }
        var outputs = RunOutputs(events: events, publish: publish, json: json)
        (outputs.tellsRobot, outputs.printsTrajectories) = (true, trajectory)
        outputs.kinds = watchesGestures ? [.robot, .gesture] : [.robot]
        if let record {
            try FileManager.default.createDirectory(atPath: record, withIntermediateDirectories: true)
            outputs.events = record + "/commands.jsonl"
            outputs.skeletons = record + "/skeletons.jsonl"
        }
        var server: ControlServer?
        if let publish { server = try self.server(robot, camera: name, at: publish) }
        defer { withExtendedLifetime(server) {} }
        try FileRun(
            source: source, camera: name, parts: parts, outputs: outputs, reading: skeletonOptions.reading,
            speed: skeletonOptions.speed
        ).work()
    }

    private func operatorChoice() throws -> OperatorChoice {
        switch person {
        case "largest": return .largest
        case "middle": return .middle
        case "left": return .left
        case "right": return .right
        default:
            guard let track = Int(person), track > 0 else {
                throw ValidationError(
                    "--person: expected largest, middle, left, right or a track's number, found '\(person)'")
            }
            return .track(TrackID(track))
        }
    }

    /// Answers 'laban robot stop' and its like for as long as it lives.
    private func server(_ robot: RobotParts, camera: String, at address: String) throws -> ControlServer {
        let stopSwitch = robot.stopSwitch
        let answers = RobotControl([
            RobotControl.Robot(
                name: robot.mapping.robot, camera: camera, isLive: robot.isLive, stop: { stopSwitch.stop($0) },
                reset: { stopSwitch.release() },
                state: { RobotControl.State(reason: stopSwitch.reason, arms: stopSwitch.statuses) })
        ])
        return try ControlServer(endpoint: control ?? ControlAddress.beside(address)) {
            request throws(ControlFault) in try answers.answer(request)
        }
    }
}
