import Foundation

/// What a user names as INPUT.
package enum PipelineInput: Sendable, Hashable {
    /// A video file, or anything libav opens by address, such as `rtsp://…`.
    case video(String)
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
        } else {
            self = .video(argument)
        }
    }

    /// A camera name to go by when the user gives none: the file's name without its extension.
    package var cameraName: String {
        switch self {
        case .standardInput: "stdin"
        case .video(let path) where path.contains("://"): URL(string: path)?.host() ?? "camera"
        case .video(let path), .skeletons(let path):
            URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        }
    }

    /// Whether pose networks are needed.
    package var isVideo: Bool {
        if case .video = self { true } else { false }
    }
}
