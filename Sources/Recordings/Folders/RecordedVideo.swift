import Foundation

/// Videos among recordings, known by the ends of their names.
package enum RecordedVideo {
    private static let extensions: Set = [
        "mp4", "m4v", "mov", "avi", "mkv", "webm", "mpg", "mpeg", "wmv", "flv", "ts", "mts", "m2ts", "3gp", "ogv",
        "mjpeg",
    ]

    /// Whether a file of this name should be a video.
    package static func isNamed(_ file: String) -> Bool {
        extensions.contains(URL(filePath: file).pathExtension.lowercased())
    }

    static func withoutExtension(_ file: String) -> String {
        file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
    }
}
