import Events
import Foundation

/// A history of whose log something is lost, as it was found.
struct DamagedHistory {
    let path: String
    /// What is wrong, as the end of a sentence.
    let message: String
    /// When the log was last written to.
    let lastWritten: UnixTime

    private static let endings = ["", "-wal", "-shm"]

    /// Nil when nothing is lost.
    init?(path: String) {
        guard let message = WriteAheadLog.damage(of: path) else { return nil }
        self.path = path
        self.message = message
        let dates = Self.endings.dropFirst().compactMap {
            try? FileManager.default.attributesOfItem(atPath: path + $0)[.modificationDate] as? Date
        }
        lastWritten = UnixTime(dates.max() ?? Date())
    }

    /// Copies the files beside themselves before anything changes them: `NAME.damaged-TIME` and those that belong to it.
    ///
    /// - Returns: the name of the database's copy.
    func keepAside() throws(HistoryError) -> String {
        let time = lastWritten.description.filter { $0.isNumber || $0 == "T" }
        let kept = path + ".damaged-" + time
        try explaining(path) { try copy(to: kept) }
        return URL(filePath: kept).lastPathComponent
    }

    /// Removes the files here, of which copies are kept.
    func remove() {
        for ending in Self.endings { try? FileManager.default.removeItem(atPath: path + ending) }
    }

    /// Copies the files to a database that may be opened, so that those here stay as they are.
    func copy(to target: String) throws {
        for ending in Self.endings where FileManager.default.fileExists(atPath: path + ending) {
            let place = target + ending
            if FileManager.default.fileExists(atPath: place) { try FileManager.default.removeItem(atPath: place) }
            try FileManager.default.copyItem(atPath: path + ending, toPath: place)
        }
    }
}
