import Foundation
import Inference
import LabanCommands
import LabanServer
import Pipeline
import Skeleton
import Video

/// The measurements of `Benchmarks pose`.
final class PoseBench {
    private let weights: String
    private let video: String
    private let trio: String
    private let rounds: Int
    private let frames: Int
    private let peer: PosePeer?
    /// What could not be measured, and why.
    private(set) var missing: [String] = []

    init(weights: String, video: String, trio: String, rounds: Int, frames: Int, peer: PosePeer?) {
        self.weights = weights
        self.video = video
        self.trio = trio
        self.rounds = rounds
        self.frames = frames
        self.peer = peer
    }

    /// A pose network: its file, the outputs Laban reads and the promise.
    private static let networks: [(name: String, file: String, outputs: [String]?, promise: Double)] = [
        (
            "landmark network", "pose_landmark_full.tflite", ["Identity", "Identity_1", "Identity_3", "Identity_4"],
            2.0
        ),
        ("person detector", "pose_detection.tflite", nil, 1.35),
        ("hand network", "hand_landmark_full.tflite", nil, 1.4),
        ("palm detector", "palm_detection_full.tflite", nil, 1.8),
    ]
    private static let runsATurn = 20

    /// Each network against TFLite, milliseconds a run.
    func networks() throws -> [Comparison] {
        guard let peer, peer.has("tflite") else {
            missing.append("networks against TFLite: this Python has no package ai-edge-litert")
            return []
        }
        return try Self.networks.map { name, file, outputs, promise in
            let path = weights + "/" + file
            let network = try ConvolutionNetwork(contentsOf: path, outputs: outputs)
            for input in network.inputs.indices { network.withInput(input) { $0.update(repeating: 0.5) } }
            network.run()
            var comparison = Comparison(name: name, unit: "ms", promise: .faster(promise))
            try takeTurns(name) {
                comparison.peers.append(try peer.network(at: path, runs: Self.runsATurn))
                let best = (0..<Self.runsATurn).map { _ in wallTime { network.run() } }.min()
                comparison.ours.append((best ?? .zero).inSeconds * 1000)
            }
            return comparison
        }
    }

    /// Pose and tracking with one person and with three, against MediaPipe with one: processor milliseconds a frame.
    func pipelines() throws -> [Comparison] {
        guard let peer, peer.has("mediapipe") else {
            missing.append("the pipeline against MediaPipe: this Python has no package mediapipe")
            return []
        }
        var one = Comparison(name: "one person, a frame", unit: "ms", promise: .atMost(0.5))
        var three = Comparison(name: "three people, against one", unit: "ms", promise: .atMost(1.3))
        let single = try frames(of: video)
        let several = try frames(of: trio)
        try takeTurns("pipeline") {
            let theirs = try peer.pose(of: video, frames: frames)
            one.peers.append(theirs)
            one.ours.append(try Self.cost(of: single, weights: weights))
            three.peers.append(theirs)
            three.ours.append(try Self.cost(of: several, weights: weights))
        }
        return [one, three]
    }

    /// Reading a video against ffmpeg decoding it, processor milliseconds a frame.
    func reading(ffmpeg: String) throws -> [Comparison] {
        var comparison = Comparison(name: "reading a video", unit: "ms", promise: .atMost(1.1))
        let count = Double(try frameCount(of: video))
        do {
            try takeTurns("reading") {
                comparison.peers.append(try decode(with: ffmpeg) / count)
                let start = processorTime()
                _ = try frameCount(of: video)
                comparison.ours.append((processorTime() - start).inSeconds * 1000 / count)
            }
        } catch let error as PeerError {
            missing.append("reading: \(error)")
            return []
        }
        return [comparison]
    }

    /// Frames a second of two cameras on all cores over those on one: given as milliseconds of wall time a frame.
    func twoCores() throws -> Comparison {
        let frames = try frames(of: video)
        let weights = weights
        var comparison = Comparison(name: "two cores over one", unit: "ms", promise: .faster(1.8))
        try takeTurns("two cores") {
            let apart = try wallTime {
                for _ in 0..<2 { _ = try Self.cost(of: frames, weights: weights) }
            }
            let failures = Failures()
            // Threads of the queues may have begun while the process kept to one core: these are new.
            let together = wallTime {
                let done = DispatchGroup()
                for _ in 0..<2 {
                    done.enter()
                    let thread = Thread {
                        failures.note { _ = try Self.cost(of: frames, weights: weights) }
                        done.leave()
                    }
                    thread.stackSize = 4 << 20
                    thread.start()
                }
                done.wait()
            }
            try failures.rethrow()
            comparison.peers.append(apart.inSeconds * 500 / Double(frames.count))
            comparison.ours.append(together.inSeconds * 500 / Double(frames.count))
        }
        return comparison
    }

    /// Memory of the process with one camera and what each of two more adds, in bytes; measured before anything else is
    /// held.
    func memory() throws -> PoseBenchReport.Memory {
        var pipelines: [CameraPipeline] = []
        var resident: [Int] = []
        for _ in 0..<3 {
            let file = try VideoFile(path: video)
            var pipeline = try Self.makePipeline(weights)
            for _ in 0..<Self.framesForMemory {
                guard let frame = try file.next() else { break }
                _ = try pipeline.step(frame)
            }
            pipelines.append(pipeline)
            resident.append(residentMemory())
        }
        return PoseBenchReport.Memory(oneCamera: resident[0], eachFurther: (resident[2] - resident[0]) / 2)
    }
    private static let framesForMemory = 30

    private func takeTurns(_ name: String, _ turn: () throws -> Void) throws {
        var bar = ProgressBar(name, total: rounds, unit: "rounds")
        for round in 0..<rounds {
            try turn()
            bar.update(count: round + 1)
        }
        bar.finish()
    }

    private static func makePipeline(_ weights: String) throws -> CameraPipeline {
        try CameraPipeline(camera: "bench", parts: PipelineParts(poseModelFolder: weights))
    }

    /// Processor milliseconds a frame of a fresh pipeline over frames read before.
    private static func cost(of frames: [Frame], weights: String) throws -> Double {
        var pipeline = try makePipeline(weights)
        _ = try pipeline.step(frames[0])
        let start = processorTime()
        for frame in frames.dropFirst() { _ = try pipeline.step(frame) }
        return (processorTime() - start).inSeconds * 1000 / Double(frames.count - 1)
    }

    private func frames(of path: String) throws -> [Frame] {
        let file = try VideoFile(path: path)
        var found: [Frame] = []
        while found.count < frames, let frame = try file.next() { found.append(frame) }
        guard found.count > 1 else {
            throw OutputError(file: path, message: "expected a video of two frames or more", isUsage: true)
        }
        return found
    }

    private func frameCount(of path: String) throws -> Int {
        let file = try VideoFile(path: path)
        var count = 0
        while try file.next() != nil { count += 1 }
        return count
    }

    /// Processor milliseconds ffmpeg takes to decode the video and throw the pictures away.
    private func decode(with ffmpeg: String) throws -> Double {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [ffmpeg, "-v", "error", "-threads", "1", "-i", video, "-map", "0:v:0", "-f", "null", "-"]
        process.standardInput = FileHandle.nullDevice
        let before = Self.childrensTime()
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw PeerError(message: "'\(ffmpeg)' is not there or cannot decode \(video)")
        }
        return (Self.childrensTime() - before) * 1000
    }

    /// Seconds of processor time of the processes that were started and have ended.
    private static func childrensTime() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }
}

/// The first error of work done on several threads.
private final class Failures: @unchecked Sendable {
    // `lock` protects `first`.
    private let lock = NSLock()
    private var first: (any Error)?

    func note(_ work: () throws -> Void) {
        do { try work() } catch { lock.withLock { first = first ?? error } }
    }

    func rethrow() throws {
        if let first = lock.withLock({ first }) { throw first }
    }
}

/// The memory this process holds now, in bytes.
private func residentMemory() -> Int {
    let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ")
    return (pages?.dropFirst().first.flatMap { Int($0) } ?? 0) * sysconf(Int32(_SC_PAGESIZE))
}

private func wallTime(_ work: () throws -> Void) rethrows -> Duration { try ContinuousClock().measure(work) }
