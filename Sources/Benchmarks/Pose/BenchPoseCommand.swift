import ArgumentParser
import Foundation
import LabanCommands
import ModelStore
import Puppet

/// `Benchmarks pose`: the pose front end against MediaPipe, TFLite and ffmpeg.
struct BenchPoseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pose",
        abstract: "Compare the pose front end with MediaPipe, TFLite and ffmpeg, in turns on one core.",
        discussion: """
            Laban and its peer do the same work one after the other, round by round, pinned to one core; printed are the \
            best and the median ratio. What needs a peer that is not there is left out and said. The peers are for \
            measuring only:

              python3 -m venv peers && peers/bin/pip install mediapipe==0.10.21 ai-edge-litert
              swift run -c release Benchmarks pose --python peers/bin/python3
              swift run -c release Benchmarks pose my-video.mp4 --rounds 9 --json

            Rows: the four networks against TFLite's, one thread each; processor time a frame with one person in a video \
            (reading left out on both sides) and with three against MediaPipe's pose solution for one; reading a video \
            against ffmpeg decoding it; frames a second on two cores over one; memory.
            """)

    @Argument(help: "A video of one person; the workout in Fixtures/ when left out.")
    var input: String?

    @Option(help: ArgumentHelp("A video with three people; a drawn one when left out.", valueName: "video"))
    var three: String?

    @Option(help: "Frames of a video in each turn.")
    var frames = 200

    @OptionGroup var peers: PeerOptions

    func validate() throws {
        guard frames > 1 else { throw ValidationError("--frames: expected 2 or more, found \(frames)") }
    }

    func run() throws {
        let folder = URL.temporaryDirectory.appending(path: "laban-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let video = try input ?? ResourceOptions.fixture("workout.mp4")
        let trio = try three ?? drawThreePeople(in: folder)
        let cores = CoreAffinity.coreCount
        try CoreAffinity.pin(to: peers.core)
        let peer = try? PosePeer(python: peers.python)
        let bench = PoseBench(
            weights: try ModelFolder.requirePoseWeights(), video: video, trio: trio, rounds: peers.rounds,
            frames: frames,
            peer: peer)
        var report = PoseBenchReport(command: CommandLine.arguments.dropFirst().joined(separator: " "))
        report.memory = try bench.memory()
        report.comparisons += try bench.networks()
        report.comparisons += try bench.pipelines()
        report.comparisons += try bench.reading(ffmpeg: "ffmpeg")
        CoreAffinity.release()
        if cores > 1 { report.comparisons.append(try bench.twoCores()) }
        report.missing = bench.missing
        try StandardOutput.print(peers.json ? report.jsonLines() : report.table)
    }

    private func drawThreePeople(in folder: URL) throws -> String {
        let path = folder.appending(path: "three.mp4").path
        try PuppetScene.threeAbreast.draw(to: path)
        return path
    }
}
