import Foundation
package import Video

/// What a user names as INPUT.
package enum PipelineInput: Sendable, Hashable {
    /// A video file, here or on a web server.
    case video(String)
    /// Something that plays on by itself: `rtsp://…`, `/dev/video0`, or any other address the FFmpeg libraries know.
    case camera(SourceAddress)
    /// A file of skeleton lines.
    case skeletons(String)
    /// Skeleton lines on standard input.
    case standardInput

    /// Tells what kind of input a user means; whether it can be read shows when it is opened.
    package init(_ argument: String) {
        let suffix = argument.lowercased()
        if argument == "-" {
            self = .standardInput
        } else if suffix.hasSuffix(".jsonl") || suffix.hasSuffix(".ndjson") {
            self = .skeletons(argument)
        } else if SourceAddress.isLive(argument) {
            self = .camera(SourceAddress(argument))
        } else {
            self = .video(argument)
        }
    }

    /// A camera name to go by when the user gives none: the file's name without its extension, or the host.
    package var cameraName: String {
        switch self {
        case .standardInput: "stdin"
        case .camera(let address): address.name
        case .video(let path) where path.contains("://"): SourceAddress(path).name
        case .video(let path), .skeletons(let path):
            URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        }
    }

    /// Whether pose networks are needed.
    package var isVideo: Bool {
        switch self {
        case .video, .camera: true
        case .skeletons, .standardInput: false
        }
    }

    /// Whether it plays on by itself.
    package var isLive: Bool {
        if case .camera = self { true } else { false }
    }
}
