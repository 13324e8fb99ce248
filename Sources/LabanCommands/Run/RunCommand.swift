import ArgumentParser
import Foundation
import History
import LabanServer
import MotionRules
import Pipeline
import Video

/// `laban run INPUT`: a file as fast as it goes.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Watch a video, a camera or a skeleton file and print what people do in it.",
        discussion: """
            INPUT is a video file, a photograph, a folder of numbered pictures or a pattern of their names \
            (frame_%04d.jpg, '*.png'), a camera (rtsp://…, http://… or /dev/videoN), a file or folder of skeletons, '-' \
            for skeleton lines on standard input, or the address of a ZeroMQ publisher of skeleton lines. A file is worked \
            through as fast as the machine can, nothing is left out, and the same file always gives the same events. A \
            camera must give its first picture within 10 seconds; after that it is waited for whenever it is away, and \
            pictures that come too fast are dropped and counted. Ctrl-C, SIGTERM and SIGHUP end open events properly; \
            a second Ctrl-C or SIGTERM quits at once.

            An output whose reader has gone, such as a pipe into head, is over; when none is left, the run ends, with 0. A \
            reader that only pauses is waited for, until the run is asked to stop. No output may be the input, or another \
            output, by whatever name.

            Pixels that are no squares are made square, and rotation is applied, as the file says. What has no times of its \
            own (bare .mjpeg and .h264 streams, pictures) goes by --fps; a file that states its times refuses it. --speed \
            makes slow motion as fast as life. ${NAME} in an address is taken from the environment, so that a password \
            need not stand in the shell's history.

            Skeletons are recognised by their content, whatever the files are called:
              laban         own lines
              openpose      folders of *_keypoints.json, or such frames in a file; in space alone as well
              alphapose     results, and the forms cmu and open
              coco          annotations and results; joints by the names of their category
              mediapipe     landmarks as JSON, text or table (x0, x_0, nose_x, landmark_0_x, or a line a landmark)
              mmpose        the inferencer's JSON, flat and nested
              ultralytics   JSON of results, and folders of save_txt
              openpifpaf    predictions of pictures, and a video's JSON lines
              movenet       poses of TensorFlow.js, joints with names
              azurekinect   the offline processor's JSON
              ntu           RGB+D .skeleton
            A folder with a file a frame is read in the order of its numbers. Times (timestamp, time, t, ts, pts; _s, \
            _ms, _us, _ns) are read in the unit of their name, else of their steps; dates tell when it was recorded. \
            Pictures that are no film stay photographs. What files do not tell is assumed, and said on standard error \
            as 'Derived: …', and so is what contradicts an option. The reference is the article Formats of Recordings. \
            From an address the newest frames win: those that come too late are dropped and counted. A file without a frame is \
            refused; standard input that ends before the first frame is a run in which nothing was seen.

            Examples:
              laban run workout.mp4                              events as they come, then a summary
              laban run workout.mp4 --render drawn.mp4           and a video with skeletons and labels
              laban run workout.mp4 --sheet look.png             and a picture of twelve moments
              laban run talk.mp4 --hands --render drawn.mp4      fingers as well
              laban run workout.mp4 --model everyday --model Models/mine
                                                                 two models at once; events name theirs
              laban run workout.mp4 --counting workout           count as 'laban count' does
              laban run workout.mp4 --json | jq .label           JSON lines, nothing else, on standard output
              laban run workout.mp4 --skeletons s.jsonl          record what was seen ...
              laban run s.jsonl                                  ... and replay it without the video
              laban run openpose/ --fps 25 --picture 1280x720    skeletons of another program ...
              laban run openpose/ --skeletons s.jsonl            ... turned into Laban's own lines
              laban run tcp://127.0.0.1:5580                     skeleton lines as they are published
              laban run workout.mp4 --history laban.db           remember it: see 'laban history'
              laban run workout.mp4 --history laban.db --clip-days 0
                                                                 events only, without skeletons to show them again
              laban run workout.mp4 --publish ipc://laban.sock   tell other programs: see 'laban watch'
              laban run frames/ --fps 20                         numbered pictures
              laban run jump-240.mp4 --speed 8                   slow motion, filmed at 240 and stored at 30
              laban run 'rtsp://${CAM_USER}:${CAM_PASSWORD}@192.168.1.20/stream1'
                                                                 a password from the environment
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

    @Option(help: ArgumentHelp("Add the events, and skeletons for some days, to this history.", valueName: "file"))
    var history: String?

    @OptionGroup var clips: ClipOptions

    @Option(help: ArgumentHelp("Draw skeletons and labels over the video, into this one.", valueName: "file"))
    var render: String?

    @Option(
        help: ArgumentHelp(
            "Up to twelve moments in which something happens, drawn on one picture.", valueName: "file.png"))
    var sheet: String?

    @Option(
        help: ArgumentHelp(
            "Write what the action model makes of every moment to this file: source (the camera), track, hand, moment_us, a column a class.",
            discussion: "Goes with one model. The numbers are those of 'laban evaluate --probabilities'.",
            valueName: "file.csv"))
    var probabilities: String?

    @Option(help: ArgumentHelp("Publish the events over ZeroMQ, such as tcp://127.0.0.1:5570.", valueName: "address"))
    var publish: String?

    @Flag(help: "With --publish: wait for a first subscriber before starting.")
    var waitForSubscriber = false

    @Option(help: "Name of the camera in events; the file's name when left out.")
    var camera: String?

    @Option(
        help: ArgumentHelp(
            "When the recording began, for the history: such as 2026-11-21T10:00 or 'yesterday 10:00'; now when left out.",
            valueName: "time"))
    var recordedAt: String?

    @Option(
        help: ArgumentHelp(
            "Who may read the files that are made, such as 0640; 0600, the owner alone, when left out.",
            valueName: "octal"))
    var fileMode: FileMode?

    @Option(help: "How an RTSP camera sends its pictures.")
    var transport = LiveSettings.Transport.tcp

    @Option(help: "Threads the pose networks may use.")
    var threads = min(2, ProcessInfo.processInfo.activeProcessorCount)

    @Flag(help: "Find people's hands too, 21 joints each, for skeletons and drawings.")
    var hands = false

    @Option(
        help: ArgumentHelp(
            "Where repetitions are counted: everyday, or workout, where people come to exercise.",
            discussion:
                "workout counts from the second repetition, and what has no name as well, as 'laban count' does.",
            valueName: "place"))
    var counting = CountingPlace.everyday

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
        if probabilities != nil, resources.model.count > 1 || resources.model.contains(ModelName.none) {
            throw ValidationError("--probabilities goes with one --model")
        }
        if clips.isGiven, history == nil { throw ValidationError("--clip-days and --clip-megabytes go with --history") }
        if waitForSubscriber, publish == nil { throw ValidationError("--wait-for-subscriber goes with --publish") }
        var places = OutputPlaces()
        if !PipelineInput(input).isLive { places.keep(input, as: "the input") }
        for folder in resources.folders { places.keep(folder, as: "a model or a rule") }
        for (option, path) in [
            ("--events", events), ("--skeletons", skeletons), ("--history", history), ("--render", render),
            ("--sheet", sheet), ("--probabilities", probabilities),
        ] { try places.take(path, for: option) }
        guard (1...64).contains(threads) else { throw ValidationError("--threads: expected 1 to 64, found \(threads)") }
    }

    func run() throws {
        if let sheet { try ResultPlace.check(sheet, option: "--sheet", ending: ".png") }
        let source = try skeletonOptions.input(input)
        var parts = try resources.parts(for: source, threads: threads, findsHands: hands)
        parts.counting = counting.settings
        let run = try FileRun(
            source: source, camera: camera ?? source.cameraName, parts: parts,
            outputs: RunOutputs(
                events: events, skeletons: skeletons, history: history, clips: clips.keeping, render: render,
                sheet: sheet, publish: publish,
                probabilities: probabilities, waitsForSubscriber: waitForSubscriber,
                recordedAt: try recordedAt.map { try TimeOption.read($0, of: "--recorded-at").start }, json: json,
                fileMode: fileMode),
            reading: skeletonOptions.reading, speed: skeletonOptions.speed, transport: transport)
        try run.work()
    }
}

extension LiveSettings.Transport: ExpressibleByArgument {}

extension CountingPlace: ExpressibleByArgument {}
