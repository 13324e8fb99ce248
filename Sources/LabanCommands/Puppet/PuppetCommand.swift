import ArgumentParser
import Foundation
package import Puppet
import Recordings
import Video

/// `laban puppet`: videos of drawn people whose every movement is known.
struct PuppetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "puppet",
        abstract: "Draw a video of puppets, with the ground truth beside it.",
        discussion: """
            Writes NAME.mp4, NAME.truth.jsonl (skeletons) and NAME.truth.csv (what happens when) into a folder, of \
            pairs also NAME.interactions.csv (who does what to whom when). The same scene always gives the same files; \
            Fixtures/ was made this way. Of --motion only the video is written.

            Examples:
              laban puppet --output Fixtures              all scenes
              laban puppet workout --output scenes        one of them
              laban puppet --crowd crossings --people 4 --seed 3 --output scenes
                                                          people in each other's way
              laban puppet --motion squat --seed 7 --output recordings/squat
                                                          a clip of one motion, to try training with
              laban puppet --pair hug --seed 3 --output scenes
                                                          two people who do something to each other
            """)

    @Argument(
        help: "The scenes to draw: \(PuppetScene.fixtures.map(\.name).joined(separator: ", ")); all when left out.")
    var scenes: [String] = []

    @Option(
        help: ArgumentHelp(
            "A crowd instead: \(PuppetCrowd.allCases.map(\.rawValue).joined(separator: ", ")). Its ground truth holds "
                + "every frame, and joints that others hide have a visibility of 0.",
            valueName: "kind"))
    var crowd: String?

    @Option(
        help: ArgumentHelp(
            "A pair instead: \(PuppetPair.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "kind"))
    var pair: String?

    @Option(help: "How many people the crowd has, 2 to 8.")
    var people = 4

    @Option(
        help: ArgumentHelp(
            "One person and one motion instead: \(PuppetKind.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "kind"))
    var motion: String?

    @Option(help: "How long the motion goes on.")
    var seconds = 4.0

    @Option(help: "Another number gives another crowd, another pair, or another person with the motion.")
    var seed: UInt64 = 1

    @Option(name: .shortAndLong, help: ArgumentHelp("Folder for the files.", valueName: "folder"))
    var output: String

    func validate() throws {
        let choices = [motion, crowd, pair].count { $0 != nil } + (scenes.isEmpty ? 0 : 1)
        guard choices <= 1 else { throw ValidationError("either scenes by name, a crowd, a pair or a motion") }
        try check(motion, PuppetKind.self, "motion")
        try check(crowd, PuppetCrowd.self, "crowd")
        try check(pair, PuppetPair.self, "pair")
        guard 0.5...600 ~= seconds else { throw ValidationError("--seconds: expected 0.5 to 600, found \(seconds)") }
        guard (2...8).contains(people) else { throw ValidationError("a crowd is of 2 to 8 people, not \(people)") }
    }

    private func check<Kind: CaseIterable & RawRepresentable<String>>(
        _ name: String?, _ kinds: Kind.Type, _ word: String
    ) throws {
        guard let name, Kind(rawValue: name) == nil else { return }
        throw ValidationError(
            "no \(word) '\(name)'; there are \(Kind.allCases.map(\.rawValue).joined(separator: ", "))")
    }

    func run() throws {
        try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
        if let kind = motion.flatMap(PuppetKind.init(rawValue:)) {
            let scene = PuppetScene.single(kind, seconds: seconds, seed: seed)
            try scene.draw(to: URL(filePath: output).appending(path: scene.name).path + ".mp4")
            return try StandardOutput.print("\(output)/\(scene.name).mp4")
        }
        if let crowd = crowd.flatMap(PuppetCrowd.init(rawValue:)) {
            let scene = crowd.scene(people: people, seed: seed)
            try draw(scene)
            return try StandardOutput.print("\(output)/\(scene.name).mp4")
        }
        if let pair = pair.flatMap(PuppetPair.init(rawValue:)) {
            let scene = pair.scene(seed: seed)
            try draw(scene)
            return try StandardOutput.print("\(output)/\(scene.name).mp4")
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
        let step = scene.marksHidden ? 1 : Self.truthStep
        let frames = stride(from: 0, to: scene.frameCount, by: step).lazy.map { scene.frame(at: $0) }
        try SkeletonFileWriter.write(frames, to: place + ".truth.jsonl")
        let lines = [GroundTruth.columns] + scene.groundTruth.map(\.line)
        try Data((lines.joined(separator: "\n") + "\n").utf8)
            .write(to: URL(filePath: place + ".truth.csv"), options: .atomic)
        if !scene.interactions.isEmpty {
            let rows = [PuppetInteraction.columns] + scene.interactions.map(\.line)
            try Data((rows.joined(separator: "\n") + "\n").utf8)
                .write(to: URL(filePath: place + ".interactions.csv"), options: .atomic)
        }
    }

    /// The ground truth of every so many frames is kept, which is enough to compare with and small enough to commit.
    private static let truthStep = 5
}

extension PuppetScene {
    /// Writes the scene as a video.
    package func draw(to path: String) throws {
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
