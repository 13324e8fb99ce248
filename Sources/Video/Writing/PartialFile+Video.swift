import Files
import Foundation

extension PartialFile {
    /// Throws unless the folder that is to hold the file is there, and nothing else has its name.
    func checkPlace() throws(VideoError) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path(percentEncoded: false)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            throw VideoError(path, "expected an existing folder to write to, found none at \(folder)")
        }
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            throw VideoError(path, "expected the name of a file to write, found a folder")
        }
        do { try RegularFile.require(path) } catch { throw VideoError(error.file, error.message) }
    }

    /// Gives the file its name.
    func takeName() throws(VideoError) {
        do { try finish() } catch { throw VideoError(error.file, error.message) }
    }
}
