package import ArgumentParser
import Pipeline

/// `laban bench stages`, or just `laban bench`: how fast each stage is on this machine.
package struct BenchStagesCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "stages",
        abstract: "Time every stage on a video (what 'laban bench' alone does).",
        discussion: """
            Runs a video through the whole pipeline on one thread and prints, for each stage, the median and the 95th \
            percentile of its time per frame, and for the whole the frames per second, the processor time per frame \
            and the peak memory. Machines differ and share: compare ratios measured in one \
            run, and repeat.

              laban bench                         the workout in Fixtures/
              laban bench my-video.mp4 --json     another video, as one JSON object
              taskset -c 0 laban bench            on one core
            """)

    @Argument(help: "The video to run; the workout in Fixtures/ when left out.")
    var input: String?

    @Option(help: "Stop after this many frames.")
    var frames: Int = 300

    @Option(help: "Threads the pose networks may use.")
    var threads: Int = 1

    @Flag(help: "Find people's hands too.")
    var hands = false

    @Flag(help: "Print one JSON object instead of a table.")
    var json = false

    @OptionGroup var resources: ResourceOptions

    package init() {}

    package func validate() throws {
        guard frames > 0 else { throw ValidationError("--frames: expected 1 or more, found \(frames)") }
        guard (1...64).contains(threads) else { throw ValidationError("--threads: expected 1 to 64, found \(threads)") }
    }

    package func run() throws { try run(allocationCount: nil) }

    /// As `run`, and tells the allocations a frame.
    ///
    /// - Parameter allocationCount: how often this thread has asked for memory so far.
    package func run(allocationCount: (() -> UInt64)?) throws {
        let path = try input ?? ResourceOptions.fixture("workout.mp4")
        let parts = try resources.parts(for: .video(path), threads: threads, findsHands: hands)
        var report = try BenchReport(
            path: path, parts: parts, frameLimit: frames, allocationCount: allocationCount)
        try report.measure()
        try StandardOutput.print(json ? report.json() : report.table)
    }
}
