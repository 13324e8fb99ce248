import ArgumentParser
import Foundation
import Puppet
import Recordings
import Video

/// `laban puppet`: videos of drawn people whose every movement is known.
struct PuppetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "puppet",
        abstract: "Draw a video of puppets, with the exact truth beside it.",
        discussion: """
            Writes NAME.mp4, NAME.truth.jsonl (skeletons) and NAME.truth.csv (what happens when) into a folder. The \
            same scene always gives the same files; Fixtures/ was made this way.

            Examples:
              laban puppet --output Fixtures              all scenes
              laban puppet workout --output scenes        one of them
            """)

    @Argument(
        help: "The scenes to draw: \(PuppetScene.fixtures.map(\.name).joined(separator: ", ")); all when left out.")
    var scenes: [String] = []

    @Option(name: .shortAndLong, help: ArgumentHelp("Folder for the files; it must exist.", valueName: "folder"))
    var output: String

    func run() throws {
        let known = PuppetScene.fixtures
        if let stranger = scenes.first(where: { name in !known.contains { $0.name == name } }) {
            throw ValidationError("no scene '\(stranger)'; there are \(known.map(\.name).joined(separator: ", "))")
        }
        for scene in known where scenes.isEmpty || scenes.contains(scene.name) {
            try draw(scene)
            try StandardOutput.print("\(output)/\(scene.name).mp4")
        }
    }

    private func draw(_ scene: PuppetScene) throws {
        let place = URL(filePath: output).appending(path: scene.name).path
        try scene.draw(to: place + ".mp4")
        try writeTruth(of: scene, to: place)
    }

    private func writeTruth(of scene: PuppetScene, to place: String) throws {
        let skeletons = try SkeletonFileWriter(path: place + ".truth.jsonl")
        for index in stride(from: 0, to: scene.frameCount, by: Self.truthStep) {
            try skeletons.append(scene.frame(at: index))
        }
        try skeletons.finish()
        let lines = [PuppetTruth.columns] + scene.truth.map(\.line)
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: place + ".truth.csv"))
    }

    /// The truth of every so many frames is kept, which is enough to compare with and small enough to commit.
    private static let truthStep = 5
}

extension PuppetScene {
    /// Writes the scene as a video.
    func draw(to path: String) throws {
        let video = try VideoWriter(path: path, width: width, height: height, frameRate: frameRate)
        var bar = ProgressBar(name, total: frameCount, unit: "frames")
        for index in 0..<frameCount {
            try video.append(picture(at: index), at: time(ofFrame: index))
            bar.update(count: index + 1)
        }
        bar.finish()
        try video.finish()
    }
}
