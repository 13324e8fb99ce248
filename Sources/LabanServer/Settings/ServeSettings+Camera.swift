import Foundation
import MarkedYAML
package import MotionRules
package import Pipeline
package import Video

extension ServeSettings {
    /// One camera.
    package struct CameraSettings: Sendable, Equatable {
        package var name: String
        /// A video, a file or folder of skeletons, a camera, or the address of a publisher of skeletons.
        package var input: PipelineInput
        /// Whether a file starts again when it is over.
        package var repeats = false
        /// Whether a file plays as fast as its times say, as a camera would, or as fast as the machine can.
        package var isRealTime = true
        /// Threads the pose networks of this camera may use.
        package var threads = 1
        /// Whether people's hands are looked for in its pictures.
        package var findsHands = false
        /// What kind of place repetitions are counted in.
        package var counting = CountingPlace.everyday
        /// Its action models; nil takes those of the other cameras.
        package var models: [ModelChoice]?
        /// How many times slower than life a file runs.
        package var speed = 1.0
        /// How a live source is opened and watched.
        package var live = LiveSettings()
    }

    static func camera(
        _ name: String, _ node: YAMLNode, folder: URL, environment: [String: String]
    ) throws(YAMLFileError) -> CameraSettings {
        try node.expectKeys([
            "input", "repeat", "pace", "threads", "hands", "counting", "model", "models", "transport", "stall_timeout",
            "longest_wait", "size", "fps", "format", "speed",
        ])
        let place = try node.required("input")
        let text = try expanded(place, environment)
        let isPlace = text.contains("://") || SourceAddress.isLive(text)
        let input = PipelineInput(isPlace ? text : path(text, in: folder), written: try place.filled())
        var camera = CameraSettings(name: name, input: input)
        if let value = try node.value("repeat") { camera.repeats = try value.flag() }
        if let value = try node.value("pace") {
            switch try value.string() {
            case "real_time": camera.isRealTime = true
            case "fastest": camera.isRealTime = false
            default: throw value.error("expected real_time or fastest, found \(value.found)")
            }
        }
        if let value = try node.value("threads") {
            camera.threads = Int(try number(value, in: 1...64, "1 to 64 threads", isWhole: true))
        }
        if let value = try node.value("hands") {
            camera.findsHands = try value.flag()
            guard !camera.findsHands || camera.input.isVideo else {
                throw value.error("expected hands to be looked for in a video, found a source of skeletons")
            }
        }
        if let value = try node.value("counting") {
            guard let place = CountingPlace(rawValue: try value.string()) else {
                throw value.error("expected everyday or workout, found \(value.found)")
            }
            camera.counting = place
        }
        if let value = try node.value("speed") {
            camera.speed = try number(value, in: 0.01...100, "0.01 to 100 times")
            guard !camera.input.isLive else {
                throw value.error("expected a speed for a file, found a camera, which runs as fast as life")
            }
        }
        camera.models = try models(node, folder: folder)
        try readLive(node, into: &camera.live)
        return camera
    }

    private static func readLive(_ node: YAMLNode, into live: inout LiveSettings) throws(YAMLFileError) {
        if let value = try node.value("transport") {
            guard let transport = LiveSettings.Transport(rawValue: try value.string()) else {
                throw value.error("expected tcp or udp, found \(value.found)")
            }
            live.transport = transport
        }
        if let value = try node.value("stall_timeout") {
            live.stallLimit = .seconds(try number(value, in: 0.5...60, "0.5 to 60 seconds"))
        }
        if let value = try node.value("longest_wait") {
            live.longestWait = .seconds(try number(value, in: 0.25...3600, "0.25 to 3600 seconds"))
        }
        if let value = try node.value("size") {
            let parts = try value.string().split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
            guard parts.count == 2, let width = parts[0], let height = parts[1], (1...8192).contains(width),
                (1...8192).contains(height)
            else { throw value.error("expected a size such as 1280x720, found \(value.found)") }
            live.size = .init(width: width, height: height)
        }
        if let value = try node.value("fps") {
            live.frameRate = try number(value, in: 0.1...1000, "0.1 to 1000 pictures a second")
        }
        if let value = try node.value("format") { live.format = try value.name() }
    }

    static func number(
        _ value: YAMLNode, in range: ClosedRange<Double>, _ expected: String, isWhole: Bool = false
    ) throws(YAMLFileError) -> Double {
        let number = Double(try value.number())
        guard range.contains(number), !isWhole || number == number.rounded() else {
            throw value.error("expected \(expected), found \(value.found)")
        }
        return number
    }

    /// An input with names replaced from the environment, so that a password need not stand in the file.
    private static func expanded(_ value: YAMLNode, _ environment: [String: String]) throws(YAMLFileError) -> String {
        let written = try value.filled()
        do throws(EnvironmentText.Fault) {
            return try EnvironmentText.expanded(written, environment)
        } catch {
            throw value.error(error.message)
        }
    }
}
