import Foundation

/// What a figure was measured on.
package struct Machine: Encodable {
    package let processor: String
    package let cores: Int
    package let system: String
    package let build: String

    /// The machine this process runs on.
    package static var current: Machine {
        let cpuinfo = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let model = cpuinfo.split(separator: "\n").first { $0.hasPrefix("model name") }
        let name = model?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
        #if DEBUG
        let build = "debug"
        #else
        let build = "release"
        #endif
        return Machine(
            processor: name ?? "unknown processor", cores: ProcessInfo.processInfo.activeProcessorCount,
            system: ProcessInfo.processInfo.operatingSystemVersionString, build: build)
    }
}

/// Processor time this process has used so far, all threads together.
package func processorTime() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}

/// The most memory this process has held at once, in bytes.
func peakMemory() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
}
