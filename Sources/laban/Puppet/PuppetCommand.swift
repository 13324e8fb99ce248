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
            Writes NAME.mp4, NAME.truth.jsonl (skeletons) and NAME.truth.csv (what happens when) into a folder, of \
            pairs also NAME.interactions.csv (who does what to whom when). The \
            same scene always gives the same files; Fixtures/ was made this way.

            Examples:
              laban puppet --output Fixtures              all scenes
              laban puppet workout --output scenes        one of them
              laban puppet --crowd crossings --people 4 --seed 3 --output scenes
                                                          people in each other's way
              laban puppet --pair hug --seed 3 --output scenes
                                                          two people who do something to each other
            """)

    @Argument(
        help: "The scenes to draw: \(PuppetScene.fixtures.map(\.name).joined(separator: ", ")); all when left out.")
    var scenes: [String] = []

    @Option(
        help: ArgumentHelp(
            "A crowd instead: \(PuppetCrowd.allCases.map(\.rawValue).joined(separator: ", ")). Its truth holds every "
                + "frame, and joints that others hide have a visibility of 0.",
            valueName: "kind"))
    var crowd: String?

    @Option(
        help: ArgumentHelp(
            "A pair instead: \(PuppetPair.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "kind"))
    var pair: String?

    @Option(help: "How many people the crowd has, 2 to 8.")
    var people = 4

    @Option(help: "Another number gives another crowd or pair.")
    var seed: UInt64 = 1

    @Option(name: .shortAndLong, help: ArgumentHelp("Folder for the files; it must exist.", valueName: "folder"))
    var output: String

    func validate() throws {
        if let pair {
            guard PuppetPair(rawValue: pair) != nil else {
                throw ValidationError(
                    "no pair '\(pair)'; there are \(PuppetPair.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            guard scenes.isEmpty, crowd == nil else {
                throw ValidationError("either scenes by name, a crowd or a pair")
            }
        }
        guard let crowd else { return }
        guard PuppetCrowd(rawValue: crowd) != nil else {
            throw ValidationError(
                "no crowd '\(crowd)'; there are \(PuppetCrowd.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        guard (2...8).contains(people) else { throw ValidationError("a crowd is of 2 to 8 people, not \(people)") }
        guard scenes.isEmpty else { throw ValidationError("either scenes by name or a crowd") }
    }

    func run() throws {
        if let crowd = crowd.flatMap(PuppetCrowd.init(rawValue:)) {
            let scene = crowd.scene(people: people, seed: seed)
            try draw(scene)
            print("\(output)/\(scene.name).mp4")
            return
        }
        if let pair = pair.flatMap(PuppetPair.init(rawValue:)) {
            let scene = pair.scene(seed: seed)
            try draw(scene)
            try StandardOutput.print("\(output)/\(scene.name).mp4")
            return
        }
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
        let step = scene.marksHidden ? 1 : Self.truthStep
        for index in stride(from: 0, to: scene.frameCount, by: step) {
            try skeletons.append(scene.frame(at: index))
        }
        try skeletons.finish()
        let lines = [PuppetTruth.columns] + scene.truth.map(\.line)
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: place + ".truth.csv"))
        if !scene.interactions.isEmpty {
            let rows = [PuppetInteraction.columns] + scene.interactions.map(\.line)
            try Data((rows.joined(separator: "\n") + "\n").utf8)
                .write(to: URL(filePath: place + ".interactions.csv"))
        }
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
