import Foundation

/// A copy of a damaged history that lasts as long as this object.
final class TemporaryCopy: Sendable {
    private let folder: URL
    /// The copy of the database.
    let path: String

    init(of damaged: DamagedHistory) throws(HistoryError) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "laban-history-\(UUID().uuidString)")
        let path = folder.appending(path: "laban.db").path
        try explaining(damaged.path) {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try damaged.copy(to: path)
        }
        (self.folder, self.path) = (folder, path)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
}
