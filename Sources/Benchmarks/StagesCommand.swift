import ArgumentParser
import CAllocationCounter
import LabanCommands

/// `Benchmarks stages`: as `Benchmarks`, and how often a frame asks for memory.
struct StagesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stages", abstract: "Time every stage on a video, as 'Benchmarks', and count allocations.")

    @OptionGroup var stages: BenchStagesCommand

    func run() throws { try stages.run(allocationCount: laban_allocation_count) }
}
