import ArgumentParser
import Foundation
import Pipeline
import Video

/// `laban run INPUT`: a file as fast as it goes.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Watch a video, a camera or a skeleton file and print what people do in it.",
        discussion: """
            INPUT is a video file, a camera (rtsp://…, http://… or /dev/videoN), a file or folder of skeletons, '-' for \
            skeleton lines on standard input, or the address of a ZeroMQ publisher of skeleton lines. A file is worked \
            through as fast as the machine can, nothing is left out, and the same file always gives the same events. A \
            camera must give its first picture within 10 seconds; after that it is waited for whenever it is away, and \
            pictures that come too fast are dropped and counted. Ctrl-C, SIGTERM and SIGHUP end open events properly; \
            a second Ctrl-C or SIGTERM quits at once.

            An output whose reader has gone, such as a pipe into head, is over; when none is left, the run ends, with 0. A \
            reader that only pauses is waited for, until the run is asked to stop. No output may be the input, or another \
            output, by whatever name.

            Skeletons are recognised by their content: Laban's own lines, OpenPose folders (BODY_25, COCO, BODY_25B), \
            AlphaPose and COCO keypoints, MediaPipe landmarks (JSON, text, CSV), Azure Kinect's offline JSON and NTU \
            RGB+D .skeleton. What their files do not tell is assumed, and said on standard error as 'Derived: …'. From \
            an address the newest frames win: those that come too late are dropped and counted.

            Examples:
              laban run workout.mp4                              events as they come, then a summary
              laban run workout.mp4 --render drawn.mp4           and a video with skeletons and labels
              laban run workout.mp4 --sheet look.png             and a picture of twelve of its frames
              laban run talk.mp4 --hands --render drawn.mp4      fingers as well
              laban run workout.mp4 --model everyday --model Models/mine
                                                                 two models at once; events name theirs
              laban run workout.mp4 --json | jq .label           JSON lines, nothing else, on standard output
              laban run workout.mp4 --skeletons s.jsonl          record what was seen ...
              laban run s.jsonl                                  ... and replay it without the video
              laban run openpose/ --fps 25 --picture 1280x720    skeletons of another program ...
              laban run openpose/ --skeletons s.jsonl            ... turned into Laban's own lines
              laban run tcp://127.0.0.1:5580                     skeleton lines as they are published
              laban run workout.mp4 --history laban.db           remember it: see 'laban history'
              laban run workout.mp4 --publish ipc://laban.sock   tell other programs: see 'laban watch'
              laban run rtsp://192.168.1.20/stream1              a network camera, until Ctrl-C
              laban run /dev/video0                              the camera at this machine
            """)

    @Argument(
        help: "A video file, a camera's address or device, a file or folder of skeletons, tcp://… or ipc://…, or '-'.")
    var input: String

    @Option(
        help: ArgumentHelp(
            "Write every event to this file or named pipe, one JSON object a line.", valueName: "file"))
    var events: String?

    @Option(help: ArgumentHelp("Write the skeletons to this file, for replay and training.", valueName: "file"))
    var skeletons: String?

    @Option(help: ArgumentHelp("Add the events to this history.", valueName: "file"))
    var history: String?

    @Option(help: ArgumentHelp("Draw skeletons and labels over the video, into this one.", valueName: "file"))
    var render: String?

    @Option(help: ArgumentHelp("Twelve drawn frames on one picture, for a quick look.", valueName: "file.png"))
    var sheet: String?

    @Option(help: ArgumentHelp("Publish the events over ZeroMQ, such as tcp://127.0.0.1:5570.", valueName: "address"))
    var publish: String?

    @Flag(help: "With --publish: wait for a first subscriber before starting.")
    var waitForSubscriber = false

    @Option(help: "Name of the camera in events; the file's name when left out.")
    var camera: String?

    @Option(help: ArgumentHelp("When the recording began, for the history; now when left out.", valueName: "ISO date"))
    var recordedAt: String?

    @Option(help: "How an RTSP camera sends its pictures.")
    var transport = LiveSettings.Transport.tcp

    @Option(help: "Threads the pose networks may use.")
    var threads = min(2, ProcessInfo.processInfo.activeProcessorCount)

    @Flag(help: "Find people's hands too, 21 joints each, for skeletons and drawings.")
    var hands = false

    @Flag(help: "Print JSON lines instead of text, and nothing else, on standard output.")
    var json = false

    @OptionGroup(title: "Skeletons of other programs") var skeletonOptions: SkeletonOptions

    @OptionGroup var resources: ResourceOptions

    func validate() throws {
        if render != nil || sheet != nil, try !skeletonOptions.input(input).isVideo {
            throw ValidationError("--render and --sheet draw over a video, but \(input) holds skeletons")
        }
        if hands, !PipelineInput(input).isVideo {
            throw ValidationError("--hands looks at pictures, but \(input) holds skeletons")
        }
        if waitForSubscriber, publish == nil { throw ValidationError("--wait-for-subscriber goes with --publish") }
        var places = OutputPlaces()
        if !PipelineInput(input).isLive { places.keep(input, as: "the input") }
        for folder in resources.folders { places.keep(folder, as: "a model or a rule") }
        for (option, path) in [
            ("--events", events), ("--skeletons", skeletons), ("--history", history), ("--render", render),
            ("--sheet", sheet),
        ] { try places.take(path, for: option) }
        guard (1...64).contains(threads) else { throw ValidationError("--threads: expected 1 to 64, found \(threads)") }
    }

    func run() throws {
        if let sheet { try ResultPlace.check(sheet, option: "--sheet", ending: ".png") }
        let source = try skeletonOptions.input(input)
        let run = try FileRun(
            source: source, camera: camera ?? source.cameraName,
            parts: resources.parts(for: source, threads: threads, findsHands: hands),
            outputs: RunOutputs(
                events: events, skeletons: skeletons, history: history, render: render, sheet: sheet, publish: publish,
                waitsForSubscriber: waitForSubscriber, recordedAt: try recordedAt.map(RunOutputs.date), json: json),
            reading: skeletonOptions.reading, transport: transport)
        try run.work()
    }
}

extension LiveSettings.Transport: ExpressibleByArgument {}
