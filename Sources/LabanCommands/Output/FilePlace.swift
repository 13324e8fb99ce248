import Foundation

/// What a path leads to, whatever other names it has: hard links, symbolic links and detours lead to the same place.
enum FilePlace: Hashable {
    /// A file that is there.
    case file(device: UInt, node: UInt)
    /// A file that is still to be made, in a folder that is there.
    case vacant(device: UInt, folder: UInt, name: String)

    /// Nil for what no two writers spoil for each other, such as pipes and devices, and for folders.
    init?(_ path: String) {
        var status = stat()
        if stat(path, &status) == 0 {
            guard let place = FilePlace(status) else { return nil }
            self = place
            return
        }
        // Links that lead to each other lead nowhere.
        guard errno != ELOOP else { return nil }
        // A link to what is not there yet is written through.
        if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) {
            let folder = URL(filePath: path).deletingLastPathComponent()
            guard target != path, let place = FilePlace(URL(filePath: target, relativeTo: folder).path) else {
                return nil
            }
            self = place
            return
        }
        let place = URL(filePath: path)
        guard stat(place.deletingLastPathComponent().path, &status) == 0 else { return nil }
        self = .vacant(device: UInt(status.st_dev), folder: UInt(status.st_ino), name: place.lastPathComponent)
    }

    /// The file behind an open descriptor, such as standard input.
    init?(descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0, let place = FilePlace(status) else { return nil }
        self = place
    }

    private init?(_ status: stat) {
        guard status.st_mode & S_IFMT == S_IFREG else { return nil }
        self = .file(device: UInt(status.st_dev), node: UInt(status.st_ino))
    }

    /// The places of all files that make up an input: itself, or those in a folder and its folders.
    static func all(in path: String) -> [FilePlace] {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            return [FilePlace(path)].compactMap { $0 }
        }
        let files = FileManager.default.enumerator(atPath: path)
        return (files?.compactMap { $0 as? String } ?? []).compactMap { FilePlace(path + "/" + $0) }
    }
}
