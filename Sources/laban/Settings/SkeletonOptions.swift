import ArgumentParser
import Pipeline
import Recordings

/// Options that say of skeletons what their files do not.
struct SkeletonOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Form of the skeletons, found out when left out.", discussion: SkeletonFormat.names, valueName: "form"))
    var format: SkeletonFormat?

    @Option(
        help: ArgumentHelp(
            "Joints of the skeletons, such as body25b or coco18; by their names or number when left out.", valueName: "name"))
    var layout: String?

    @Option(help: "Frames a second, where the files have no times; 30 when left out.")
    var fps: Double?

    @Option(
        help: ArgumentHelp(
            "Size of the picture in pixels; what the files say, else as far as points reach, when left out.",
            valueName: "WxH"))
    var picture: String?

    func validate() throws {
        if let fps, !(0.1...1000).contains(fps) {
            throw ValidationError("--fps: expected 0.1 to 1000, found \(fps)")
        }
        if let picture, PictureSize(picture) == nil {
            throw ValidationError("--picture: expected a size such as 1280x720, found '\(picture)'")
        }
    }

    /// What a user means by INPUT.
    ///
    /// - Throws: when something is said that the input tells itself.
    func input(_ argument: String) throws -> PipelineInput {
        let input = PipelineInput(argument, format: format)
        let said = [("--layout", layout), ("--fps", fps.map { "\($0)" }), ("--picture", picture)]
        if let option = said.first(where: { $0.1 != nil })?.0 {
            guard case .skeletons(let path) = input, SkeletonReader.format(of: path) != .laban else {
                throw ValidationError(
                    "\(option) is for skeletons of other programs; \(argument) tells this itself")
            }
        }
        return input
    }

    var reading: SkeletonReadingOptions {
        SkeletonReadingOptions(
            format: format, layout: layout, framesPerSecond: fps, picture: picture.flatMap { PictureSize($0) })
    }
}

extension SkeletonFormat: ExpressibleByArgument {}
