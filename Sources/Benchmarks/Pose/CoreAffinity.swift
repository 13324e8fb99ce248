import CCoreAffinity
import Foundation
import LabanServer

/// On which cores this process, and the processes it starts, may run.
enum CoreAffinity {
    /// How many cores there are to use.
    static var coreCount: Int { Int(laban_core_count()) }

    /// Keeps to one core.
    static func pin(to core: Int) throws {
        let code = laban_pin_to_core(Int32(core))
        guard code == 0 else {
            throw OutputError(
                file: "--core \(core)",
                message: "expected a core this process may use: \(String(cString: strerror(code)))", isUsage: true)
        }
    }

    /// Uses all cores again.
    static func release() { _ = laban_use_all_cores() }
}
