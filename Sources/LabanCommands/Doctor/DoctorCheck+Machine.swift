import Foundation
import Glibc

/// The machine itself.
extension DoctorCheck {
    static let processor = DoctorCheck {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let flags = processorFlags()
        let known: [(flag: String, name: String)] = [
            ("avx2", "AVX2"), ("fma", "FMA"), ("avx512f", "AVX-512"), ("avx512_vnni", "VNNI"), ("avx_vnni", "AVX-VNNI"),
        ]
        let features = known.filter { flags.contains($0.flag) }.map(\.name).joined(separator: " ")
        let found = "\(cores) \(cores == 1 ? "core" : "cores")\(features.isEmpty ? "" : ", \(features)")"
        guard flags.isEmpty || flags.contains("avx2") else {
            return [
                .advice(
                    "processor", found + ", no AVX2",
                    mend: "works, several times slower than on a processor with AVX2 (2013 or newer)")
            ]
        }
        return [.ok("processor", found)]
    }

    static let memory = DoctorCheck {
        let kilobytes = lines(of: "/proc/meminfo", startingWith: "MemAvailable").first
            .flatMap { $0.split(separator: " ").first }.flatMap { Double($0) }
        guard let kilobytes else { return [.ok("memory", "free memory unknown")] }
        let found = "\((kilobytes / 1e5).rounded() / 10) GB free"
        guard kilobytes >= 500_000 else {
            return [.advice("memory", found, mend: "close other programs: one camera takes about 0.5 GB")]
        }
        return [.ok("memory", found)]
    }

    /// Cameras are optional, so having none is fine; one that may not be opened is worth a word.
    static let cameras = DoctorCheck {
        let devices = (try? FileManager.default.contentsOfDirectory(atPath: "/dev")) ?? []
        let cameras = devices.filter { $0.hasPrefix("video") && Int($0.dropFirst(5)) != nil }.sorted()
        if cameras.isEmpty { return [.ok("cameras", "none here; files and network streams work")] }
        let shut = cameras.filter { access("/dev/\($0)", R_OK | W_OK) != 0 }
        guard shut.isEmpty else {
            return [
                .advice(
                    "cameras", "/dev/\(shut.joined(separator: ", /dev/")) may not be opened",
                    mend: "sudo usermod -aG video $USER, then log in again")
            ]
        }
        return [.ok("cameras", "/dev/" + cameras.joined(separator: ", /dev/"))]
    }

    /// Names of the instruction sets that the processor has, as the kernel spells them.
    static func processorFlags() -> Set<String> {
        let flags = lines(of: "/proc/cpuinfo", startingWith: "flags").first ?? ""
        return Set(flags.split(separator: " ").map { String($0) })
    }

    /// What follows the colon in the lines of a file of `key: value` lines.
    private static func lines(of path: String, startingWith key: String) -> [String] {
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").filter { $0.hasPrefix(key) }.compactMap { line in
            line.firstIndex(of: ":").map { String(line[$0...].dropFirst()) }
        }
    }
}
