import ArgumentParser
import Foundation
import LabanServer
import Logging
import Pipeline

/// `laban serve --config laban.yaml`: cameras to events, until told to stop.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Watch cameras and publish what people do, until told to stop.",
        discussion: """
            The settings file names the cameras and where events go; only 'cameras' must be there:

              site: home                          # third part of every topic
              publish: tcp://127.0.0.1:5570       # or ipc:///run/laban.sock
              history: laban.db                   # left out: no history; or, with how long skeletons are kept:
                                                  # history: {file: laban.db, clip_days: 7, clip_megabytes: 1000}
              file_mode: 0640                     # who may read it; 0600, the owner alone, when left out
              model: everyday                     # a name in Models/, a folder, or none;
                                                  # several: models: [everyday, mine]
              false_alarms_per_hour: 1            # to put up with, for calibrated models; 1 when left out
              cameras:                            # paths start from this file's folder
                gym:
                  input: workout.mp4              # a video, pictures (a folder or frame_%04d.jpg), skeletons, or
                                                  # tcp://… where skeletons are published
                  fps: 25                         # of a video, pictures or skeletons that state no times
                  speed: 8                        # of slow motion eight times slower than life; 1 when left out
                  repeat: true                    # start again at its end
                  pace: real_time                 # or fastest
                  threads: 1
                  hands: true                     # find hands too, 21 joints each; false when left out
                  counting: workout               # or everyday; workout counts from the second repetition, and what
                                                  # has no name too, everyday is silent where nobody exercises
                  models: [everyday, mine]        # this camera's own, instead of those above
                door:
                  input: rtsp://${CAM_USER}:${CAM_PASSWORD}@192.168.1.20/stream1
                  transport: tcp                  # or udp; RTSP only
                  stall_timeout: 4                # seconds without a picture until the connection is made anew
                  longest_wait: 1.5               # seconds between tries of a camera that is away
                desk:
                  input: /dev/video0
                  size: 1280x720                  # what to ask the device for, with fps: and format: (mjpeg, yuyv422)

            Cameras are RTSP, HTTP (MJPEG and others), /dev/videoN, and any other address the FFmpeg libraries know. \
            ${NAME} in an input is taken from the environment. Users, passwords and keys in addresses are never \
            logged or published.

            A history keeps the skeletons of everyone seen too, no pictures, for clip_days days since they were written and \
            up to clip_megabytes million bytes in all, the oldest first deleted; 0 keeps none. 'laban history show ID \
            --render' draws an event from them, and 'laban gesture test NAME --history' tries gestures on them.

            A history that cannot be written (a full disk, a lock held by another program) stops nothing: events are \
            published and wait, laban.history events and the log say so, and writing goes on by itself. What waited too \
            long is missing, and the history says from when to when.

            A camera that cannot go on is tried again after growing pauses while another is at work; when none is, the \
            server ends with code 1.

            A camera that is away is tried again for ever; outages and their length are events. When the machine is too \
            slow, every camera's newest picture is worked on, cameras take turns so that each gets the same time, and \
            what is dropped is said in laban.camera events. Ctrl-C, SIGTERM or SIGHUP \
            ends every open event first; a second Ctrl-C or SIGTERM quits at once. Log lines that nobody reads are left out: \
            cameras never wait for a reader.

            A model whose files change on disk, as when it was trained anew, is replaced about two seconds later while the \
            cameras go on: what it had open ends with the reason model_replaced, and everything else stays as it is. \
            Files that are half-written or damaged are said in the log once, and the model before stays.

            So are gestures and exercises, rules and taught ones, when files of their folder change, come or go: where one \
            of them is faulty all stay as they were, and the log says what is wrong. Faulty files at the start are left \
            out and said.

            Examples:
              laban serve --config Fixtures/laban.yaml
              laban serve --config laban.yaml --check      try settings, addresses and files, and stop
            """)

    @Option(help: ArgumentHelp("The settings file.", valueName: "file"))
    var config: String

    @Flag(help: "Read the settings, try whether events can be published and kept and files opened, then stop.")
    var check = false

    func run() throws {
        // First, so that a signal while the models are loaded is honoured too.
        let stop = StopSignal()
        LoggingSystem.bootstrap { StreamLogHandler(label: $0, stream: LogStream()) }
        let settings = try ServeSettings(path: config)
        let server = try CameraServer(settings: settings, file: config)
        if check {
            let faults = server.faults()
            for fault in faults {
                Terminal.standardError.write("Error: \(config): \(lines: fault)\n")
            }
            guard faults.isEmpty else { throw ExitCode(2) }
            let live = settings.cameras.count { $0.input.isLive }
            return try StandardOutput.print(
                "\(config): \(settings.cameras.count) cameras"
                    + (live > 0 ? " (\(live) live, not asked)" : "") + ", publishing on \(settings.publish)")
        }
        try server.run(until: stop)
    }
}
