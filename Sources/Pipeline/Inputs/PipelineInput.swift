import Foundation
package import Recordings
package import Video

/// What a user names as INPUT.
package enum PipelineInput: Sendable, Hashable {
    /// A video file, here or on a web server, or pictures that make a film: a folder of them, or a pattern of their names.
    case video(String)
    /// Something that plays on by itself: `rtsp://…`, `/dev/video0`, or any other address the FFmpeg libraries know.
    case camera(SourceAddress)
    /// A file or folder of skeletons, in any form that `SkeletonReader` knows.
    case skeletons(String)
    /// Skeleton lines on standard input.
    case standardInput
    /// Skeleton lines published over ZeroMQ at this address.
    case socket(String)

    /// Tells what kind of input a user means; whether it can be read shows when it is opened.
    ///
    /// A file is looked into, since skeletons may lie under any name.
    ///
    /// - Parameters:
    ///   - format: the form of skeletons the user says it has; nil when they say nothing.
    ///   - written: an address as the user wrote it, before what is secret in it was put in; it is what is shown.
    package init(_ argument: String, format: SkeletonFormat? = nil, written: String? = nil) {
        if argument == "-" {
            self = .standardInput
        } else if argument.hasPrefix("tcp://") || argument.hasPrefix("ipc://") {
            self = .socket(argument)
        } else if SourceAddress.isLive(argument) {
            self = .camera(SourceAddress(argument, written: written))
        } else if format != nil || SkeletonReader.format(of: argument) != nil {
            self = .skeletons(argument)
        } else if !Self.holdsVideos(argument), PicturePlace.isNamed(argument) {
            self = .video(argument)
        } else if Self.namesSkeletons(argument) {
            self = .skeletons(argument)
        } else {
            self = .video(argument)
        }
    }

    /// Whether an argument can be no video, so that errors are about skeletons.
    private static func namesSkeletons(_ argument: String) -> Bool {
        let name = argument.lowercased()
        var isFolder: ObjCBool = false
        return [".jsonl", ".ndjson", ".json", ".skeleton", ".pbtxt", ".prototxt", ".csv", ".tsv", ".txt"].contains {
            name.hasSuffix($0)
        }
            || FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// Whether an argument is a folder of videos: the pictures among them make no film.
    private static func holdsVideos(_ argument: String) -> Bool {
        (try? FileManager.default.contentsOfDirectory(atPath: argument))?.contains(where: RecordedVideo.isNamed)
            ?? false
    }

    /// A camera name to go by when the user gives none: the file's name without its extension, the folder's, or the host.
    package var cameraName: String {
        switch self {
        case .standardInput: "stdin"
        case .socket: "skeletons"
        case .camera(let address): address.name
        case .video(let path) where path.contains("://"): SourceAddress(path).name
        // A pattern is no name; the folder in which it is looked for has one.
        case .video(let path) where PicturePlace.isNamed(path) && !FileManager.default.fileExists(atPath: path):
            URL(fileURLWithPath: path).deletingLastPathComponent().lastPathComponent
        case .video(let path), .skeletons(let path):
            // What follows a dot is part of a folder's name.
            URL(fileURLWithPath: path).hasDirectoryPath
                ? URL(fileURLWithPath: path).lastPathComponent
                : URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        }
    }

    /// Whether pose networks are needed.
    package var isVideo: Bool {
        switch self {
        case .video, .camera: true
        case .skeletons, .standardInput, .socket: false
        }
    }

    /// Whether frames come when they happen, and not as fast as they are asked for.
    package var isLive: Bool {
        switch self {
        case .camera, .socket: true
        case .video, .skeletons, .standardInput: false
        }
    }
}
