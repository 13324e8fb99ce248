import ArgumentParser
import Foundation
import LabanServer
import Pipeline
import Recordings
import Video

/// Options that say of skeletons what their files do not.
struct SkeletonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Form of the skeletons, found out when left out.", valueName: "form"))
    var format: SkeletonFormat?

    @Option(
        help: ArgumentHelp(
            "Joints of the skeletons, such as body25b or coco18; by their names or number when left out.",
            valueName: "name"))
    var layout: String?

    @Option(help: "Frames a second, where files have no times; 30 when left out, and 25 for pictures.")
    var fps: Double?

    @Option(help: "How many times slower than life a file runs, such as 8 for slow motion; times are divided by it.")
    var speed = 1.0

    @Option(
        help: ArgumentHelp(
            "Size of the picture in pixels; what the files say, else as far as points reach, when left out.",
            valueName: "WxH"))
    var picture: String?

    /// The first of them that is given; nil where none is.
    var given: String? {
        [
            ("--format", format != nil), ("--layout", layout != nil), ("--fps", fps != nil), ("--speed", speed != 1),
            ("--picture", picture != nil),
        ].first { $0.1 }?.0
    }

    func validate() throws {
        if let fps, !(0.1...1000).contains(fps) {
            throw ValidationError("--fps: expected 0.1 to 1000, found \(fps)")
        }
        guard (0.01...100).contains(speed) else {
            throw ValidationError("--speed: expected 0.01 to 100, found \(speed)")
        }
        if let picture, PictureSize(picture) == nil {
            throw ValidationError("--picture: expected a size such as 1280x720, found '\(picture)'")
        }
    }

    /// What a user means by INPUT.
    ///
    /// - Throws: when something is said that the input tells itself.
    func input(_ argument: String) throws -> PipelineInput {
        let input = PipelineInput(try Self.expanded(argument), format: format, written: argument)
        if speed != 1, input.isLive { throw ValidationError("--speed is for files; what is live runs as fast as life") }
        var said = [("--layout", layout), ("--picture", picture)]
        // Whether a video needs to be told its rate shows when it is opened.
        if case .video = input {} else { said.append(("--fps", fps.map { "\($0)" })) }
        if let option = said.first(where: { $0.1 != nil })?.0 {
            guard case .skeletons(let path) = input, SkeletonReader.format(of: path) != .laban else {
                throw ValidationError(
                    "\(option) is for skeletons of other programs; \(argument) tells this itself")
            }
        }
        return input
    }

    /// An address with names replaced from the environment; a file may have any name.
    private static func expanded(_ argument: String) throws -> String {
        guard argument.contains("${"), !FileManager.default.fileExists(atPath: argument) else { return argument }
        do throws(EnvironmentText.Fault) {
            let text = try EnvironmentText.expanded(argument, ProcessInfo.processInfo.environment)
            // What a name stands for may be a secret: it is never shown as the name of a file would be.
            guard SourceAddress.isAddress(text) else {
                throw EnvironmentText.Fault(message: "expected \(argument) to stand for an address, found none")
            }
            return text
        } catch {
            throw ValidationError(error.message)
        }
    }

    var reading: SkeletonReadingOptions {
        SkeletonReadingOptions(
            format: format, layout: layout, framesPerSecond: fps, picture: picture.flatMap { PictureSize($0) })
    }
}

extension SkeletonFormat: ExpressibleByArgument {}
