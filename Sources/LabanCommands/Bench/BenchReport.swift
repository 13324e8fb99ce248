import Foundation
import Pipeline
import Skeleton
import Video

/// Runs a video through one pipeline, on one thread, and tells where the time went.
struct BenchReport {
    private let path: String
    private let frameLimit: Int
    private let video: VideoFile
    private var pipeline: CameraPipeline

    private var readTimes = StageTimes()
    private var frames = 0
    private var wall = Duration.zero
    private var cpu = Duration.zero
    private let allocationCount: (() -> UInt64)?
    private var allocations: UInt64?

    /// - Parameter allocationCount: how often this thread has asked for memory so far; nil where nobody counts.
    init(path: String, parts: PipelineParts, frameLimit: Int, allocationCount: (() -> UInt64)?) throws {
        self.allocationCount = allocationCount
        self.path = path
        self.frameLimit = frameLimit
        video = try VideoFile(path: path)
        pipeline = try CameraPipeline(camera: "bench", parts: parts)
    }

    mutating func measure() throws {
        let wallStart = ContinuousClock.now
        let cpuStart = processorTime()
        let allocationStart = allocationCount?()
        let video = video
        while frames < frameLimit, let frame = try readTimes.measure(.read, { try video.next() }) {
            _ = try pipeline.step(frame)
            frames += 1
        }
        _ = pipeline.finish(reason: .sourceEnded)
        allocations = allocationStart.flatMap { start in allocationCount.map { $0() - start } }
        cpu = processorTime() - cpuStart
        wall = ContinuousClock.now - wallStart
    }

    private var rows: [(stage: Stage, summary: StageTimes.Summary)] {
        var times = pipeline.times
        times.merge(readTimes)
        return Stage.allCases.compactMap { stage in times.summary(of: stage).map { (stage, $0) } }
    }

    /// Medians of all that lies between a decoded frame and what is found in it; smoothing is no work, but what is judged
    /// by smoothed poses is late by it.
    private var latency: Duration {
        rows.filter { $0.stage != .read }.reduce(.zero) { $0 + $1.summary.median }
    }
    private var smoothing: Duration { rows.first { $0.stage == .smoothing }?.summary.median ?? .zero }
    private var framesPerSecond: Double { Double(frames) / wall.inSeconds }
    private var cpuPerFrame: Double { cpu.inSeconds * 1000 / Double(max(frames, 1)) }
    private var allocationsPerFrame: Double? { allocations.map { Double($0) / Double(max(frames, 1)) } }

    var table: String {
        let machine = Machine.current
        var lines = [
            "\(machine.processor), \(machine.cores) cores, \(machine.system), \(machine.build) build",
            "\(path): \(frames) frames of \(video.width) x \(video.height)",
            "",
            "stage          median ms    p95 ms",
        ]
        for (stage, summary) in rows {
            let name = stage.rawValue.padding(toLength: 12, withPad: " ", startingAt: 0)
            lines.append(name + String(format: "%12.3f%10.3f", summary.median.milliseconds, summary.p95.milliseconds))
        }
        lines.append("")
        lines.append(
            String(
                format: "%.1f ms from a frame to its findings, %.1f ms of it smoothing (medians)",
                latency.milliseconds, smoothing.milliseconds))
        lines.append(
            String(
                format: "%.1f frames/s, %.2f ms processor time a frame, %d MB at most",
                framesPerSecond, cpuPerFrame, peakMemory() / 1_000_000))
        if let allocationsPerFrame { lines.append(String(format: "%.1f allocations a frame", allocationsPerFrame)) }
        return lines.joined(separator: "\n")
    }

    func json() throws -> String {
        struct StageRow: Encodable {
            let stage: String
            let median_ms, p95_ms: Double
        }
        struct Report: Encodable {
            let machine: Machine
            let input: String
            let frames: Int
            let stages: [StageRow]
            let latency_ms: Double
            let frames_per_second, cpu_ms_per_frame: Double
            let allocations_per_frame: Double?
            let peak_memory_bytes: Int
        }
        let report = Report(
            machine: .current, input: path, frames: frames,
            stages: rows.map {
                StageRow(
                    stage: $0.stage.rawValue, median_ms: $0.summary.median.milliseconds,
                    p95_ms: $0.summary.p95.milliseconds)
            },
            latency_ms: latency.milliseconds, frames_per_second: framesPerSecond, cpu_ms_per_frame: cpuPerFrame,
            allocations_per_frame: allocationsPerFrame, peak_memory_bytes: peakMemory())
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(report), as: UTF8.self)
    }
}

extension Duration {
    fileprivate var milliseconds: Double { inSeconds * 1000 }
}
