import Foundation
import Logging
import MotionRules
package import Pipeline
import Recognition

/// The gestures and exercises of a server, read once for all cameras. When files of the folder change on disk they are
/// read anew, all of them, once they stand still; where one of them is faulty everything stays as it was.
package struct GestureRegistry {
    package let shared: Shared<GestureContent>
    private let folder: String?
    private let place: URL
    /// What was tried last, well or badly.
    private var tried: FileSignature
    /// What was seen at the last look and may still be being written.
    private var seen: FileSignature?
    private let logger = Logger(label: "laban.gestures")

    /// - Parameter folder: Laban's own when nil.
    /// - Throws: where there is no such folder; faulty files in it are logged and left out.
    package init(folder: String?) throws {
        self.folder = folder
        let found = try GestureFolder(named: folder)
        place = found.place
        // Taken after the names and before the use: what changes in between is read again.
        tried = GestureFolder.signature(of: place)
        shared = Shared(try found.content())
        for fault in found.faults { logger.error("left out", metadata: ["error": "\(fault)"]) }
    }

    /// Looks whether files have changed, and reads them if they have and stood still since the last look.
    package mutating func look() {
        let now = GestureFolder.signature(of: place)
        defer { seen = now }
        guard now != tried, now == seen else { return }
        tried = now
        do {
            let found = try GestureFolder(named: folder)
            guard found.faults.isEmpty else {
                for fault in found.faults { logger.error("gestures not replaced", metadata: ["error": "\(fault)"]) }
                return
            }
            shared.replace(with: try found.content())
            logger.info(
                "gestures replaced",
                metadata: [
                    "rules": "\(found.rules.gestures.count + found.rules.exercises.count)",
                    "taught": "\(found.taught.map(\.name).joined(separator: ", "))",
                ])
        } catch {
            logger.error("gestures not replaced", metadata: ["error": "\(error)"])
        }
    }
}
