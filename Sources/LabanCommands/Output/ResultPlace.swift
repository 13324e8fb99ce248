import Foundation
package import LabanServer

/// Where something is to be written when all the work is done: what could not be written then is refused before.
package enum ResultPlace {
    /// Looks whether the file can be written.
    ///
    /// - Parameters:
    ///   - option: what names the place on the command line.
    ///   - ending: how the file's name must end.
    ///   - inputs: files and folders that it must not be one of.
    package static func check(
        _ path: String, option: String, ending: String = "", sparing inputs: [String] = []
    ) throws(OutputError) {
        guard path.lowercased().hasSuffix(ending) else {
            throw OutputError(file: path, message: "\(option): expected a name that ends in \(ending)", isUsage: true)
        }
        let place = URL(filePath: path)
        let folder = place.deletingLastPathComponent().path
        guard FileManager.default.isWritableFile(atPath: folder + "/.") else {
            throw OutputError(
                file: path, message: "\(option): expected a folder that can be written to, found '\(folder)'",
                isUsage: true)
        }
        if let own = FilePlace(path), inputs.contains(where: { FilePlace.all(in: $0).contains(own) }) {
            throw OutputError(file: path, message: "\(option): expected no file that is read, found one", isUsage: true)
        }
        guard (try? place.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory != true else {
            throw OutputError(file: path, message: "\(option): expected a file, found a folder", isUsage: true)
        }
    }

    /// Looks whether a folder can be written, or made.
    ///
    /// - Returns: the folder, or the nearest one around it that is there.
    @discardableResult
    package static func checkFolder(_ path: String) throws(OutputError) -> String {
        var place = URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL
        while !FileManager.default.fileExists(atPath: place.path), place.path != "/" {
            place.deleteLastPathComponent()
        }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder), isFolder.boolValue,
            FileManager.default.isWritableFile(atPath: place.path)
        else {
            throw OutputError(file: path, message: "expected a folder that can be written, or made", isUsage: true)
        }
        return place.path
    }

    /// Where a path leads to, links followed.
    static func real(_ path: String) -> String {
        URL(filePath: path, directoryHint: .notDirectory).standardizedFileURL.resolvingSymlinksInPath().path
    }
}
