import Foundation

/// Where a picture is to be written when all the work is done: what could not be written then is refused before.
enum PicturePlace {
    /// - Parameter option: what names the place on the command line.
    static func check(_ path: String, option: String) throws(OutputError) {
        guard path.lowercased().hasSuffix(".png") else {
            throw OutputError(path: path, message: "\(option): expected a name that ends in .png", isUsage: true)
        }
        let place = URL(filePath: path)
        let folder = place.deletingLastPathComponent().path
        guard FileManager.default.isWritableFile(atPath: folder + "/.") else {
            throw OutputError(
                path: path, message: "\(option): expected a folder that can be written to, found '\(folder)'",
                isUsage: true)
        }
        guard (try? place.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory != true else {
            throw OutputError(path: path, message: "\(option): expected a file, found a folder", isUsage: true)
        }
    }
}
