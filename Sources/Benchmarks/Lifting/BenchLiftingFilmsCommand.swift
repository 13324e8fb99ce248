import ArgumentParser
import Foundation
import LabanCommands
import Lifting
import ModelStore
import PoseEstimation
import Skeleton
import Training

/// Draws films of known motions and keeps what the pose networks find in them beside the truth.
struct BenchLiftingFilmsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lifting-films",
        abstract: "Draw films to train a lifting network on, and keep what the pose networks find in them.",
        discussion: """
            One film in three shows a puppet, the others people of FOLDER but those of --without. Each number gives the \
            same film; films that are there already are not drawn again, so that it can be broken off and gone on with.

            Examples:
              swift run -c release Benchmarks lifting-films SETS/cmu-* --without 3 5 9 13 61 141 --output FILMS --films 500
            """)

    @Argument(help: "Folders of recordings in space.")
    var folders: [String]

    @Option(parsing: .upToNextOption, help: "People who are left out.")
    var without: [String] = []

    @Option(help: "How many films there are to be.")
    var films = 100

    @Option(name: .shortAndLong, help: "Folder that receives them.")
    var output: String

    func run() throws {
        let people = try LiftingMotion.recordings(in: folders).filter { !without.contains($0.subject ?? "") }
        let puppets = LiftingMotion.puppets(clips: 12, seconds: 8, seed: 3)
        guard !people.isEmpty else { throw ValidationError("expected recordings of people in space, found none") }
        try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
        let weights = try ModelFolder.requirePoseWeights()
        let sampler = FlatSampler(topology: .blazePose33)
        for number in 0..<films {
            let path = output + String(format: "/%05d.safetensors", number)
            if FileManager.default.fileExists(atPath: path) { continue }
            let drawn = DrawnFilm(of: number % 3 == 2 ? puppets : people, seed: 4711, number: number)
            var film = LiftingFilm()
            try drawn.show(to: PoseEstimator(modelFolder: weights)) { frame, pose, truth, time in
                // Frames in which nobody was found hold what was before.
                while let last = film.samples.last, film.samples.count < frame {
                    film.samples.append(last)
                    film.truth.append(film.truth[film.truth.count - 1])
                }
                film.samples.append(sampler.sample(pose, at: time, aspectRatio: drawn.aspectRatio))
                film.truth.append(truth)
            }
            if film.samples.count > 20 { try film.write(to: path) }
        }
    }
}
