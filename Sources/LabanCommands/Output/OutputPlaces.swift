import ArgumentParser
import Foundation

/// Which places are taken: no output may go where an input lies, or another output.
struct OutputPlaces {
    private var taken: [FilePlace: String] = [:]

    /// Standard output counts as an output where it is a file.
    init() {
        if let place = FilePlace(descriptor: STDOUT_FILENO) { taken[place] = "standard output" }
    }

    /// Keeps an input, a file or a whole folder, from being written over.
    ///
    /// - Parameter name: what errors call it.
    mutating func keep(_ path: String, as name: String) {
        let places = path == "-" ? [FilePlace(descriptor: STDIN_FILENO)].compactMap { $0 } : FilePlace.all(in: path)
        for place in places { taken[place] = name }
    }

    /// Takes the place of an output.
    ///
    /// - Throws: when an input or another output is there, or a history of before that the option would not add to.
    mutating func take(_ path: String?, for option: String) throws(ValidationError) {
        guard let path, path != "-", let place = FilePlace(path) else { return }
        if option != "--history", case .file = place, Self.isDatabase(path) {
            throw ValidationError("\(option) would overwrite a database, as histories are: \(path)")
        }
        if let other = taken.updateValue(option, forKey: place) {
            throw ValidationError("\(option) would overwrite \(other): \(path)")
        }
    }

    private static func isDatabase(_ path: String) -> Bool {
        (try? FileHandle(forReadingFrom: URL(filePath: path)).read(upToCount: 15)) == Data("SQLite format 3".utf8)
    }
}
