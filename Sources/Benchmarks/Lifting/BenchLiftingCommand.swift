import ArgumentParser
import Foundation
import LabanCommands
import Lifting
import Recordings
import Training

/// Trains a lifting network and says how far off its joints are from where they truly are.
struct BenchLiftingCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lifting",
        abstract: "Train a network that lifts poses from the picture to space, and measure it.",
        discussion: """
            The people of --without are not trained on. Films are drawn of them and of puppets, seen through random \
            cameras, and shown to the pose networks. Printed are errors of the pose networks' own points in space and of \
            the lifted ones, with the networks' depth and from the picture alone: mean per-joint error from the pelvis \
            (MPJPE), after the best size (N), after the best size, turn and place (PA), and of how joints move (MPJVE).

            FOLDER holds recordings in space, one folder a class, as .scripts/class-folders --in-room makes them.

            Examples:
              for set in cmu-mocap cmu-clips cmu-dance cmu-actions; do .scripts/class-folders DATA/$set SETS/$set --in-room; done
              swift run -c release Benchmarks lifting SETS/cmu-* --without 3 5 9 13 61 141 --steps 2000
            """)

    @Argument(help: "Folders of recordings in space.")
    var folders: [String]

    @Option(parsing: .upToNextOption, help: "People who are measured on and not trained on.")
    var without: [String] = []

    @Option(help: "Steps of the training.")
    var steps = LiftingSettings().steps

    @Option(help: "Films that are drawn of recorded people, and as many of puppets.")
    var films = 20

    func validate() throws {
        guard steps > 0, films > 0 else { throw ValidationError("expected at least one step and one film") }
    }

    func run() throws {
        var settings = LiftingSettings()
        settings.steps = steps
        let (trained, measured) = try recordings()
        guard !trained.isEmpty, !measured.isEmpty else {
            throw ValidationError(
                "expected recordings in space of people to train on and of people of --without, found "
                    + "\(trained.count) and \(measured.count)")
        }
        let puppets = LiftingMotion.puppets(clips: 12, seconds: 8, seed: settings.seed &+ 2)
        let training = LiftingTraining(
            settings: settings, batches: LiftingBatches(settings: settings, motions: trained, puppets: puppets))
        let network = ProgressBar.during("Training", total: steps, unit: "steps") { progress in
            training.run(threads: ProcessInfo.processInfo.activeProcessorCount) { step, _ in progress(step) }
        }
        for (name, motions) in [
            ("recorded people", measured), ("puppets", LiftingMotion.puppets(clips: 2, seconds: 6, seed: 990)),
        ] {
            var trial = try DrawnFilmTrial(network)
            for number in 0..<films { try trial.watch(motions, number: number) }
            try StandardOutput.print("\(name), \(films) drawn films")
            for (what, score) in [
                ("as the pose networks say", trial.given), ("lifted", trial.lifted),
                ("lifted from the picture alone", trial.liftedFromPicture),
            ] {
                try StandardOutput.print(
                    String(
                        format: "  %@: MPJPE %.1f, N %.1f, PA %.1f mm, MPJVE %.2f m/s", what, 1000 * score.mpjpe,
                        1000 * score.nMPJPE, 1000 * score.paMPJPE, score.mpjve))
            }
        }
    }

    private func recordings() throws -> (trained: [LiftingMotion], measured: [LiftingMotion]) {
        var (trained, measured): ([LiftingMotion], [LiftingMotion]) = ([], [])
        for path in folders {
            let folder = try RecordingsFolder(path)
            for clip in folder.clips {
                guard let motion = LiftingMotion(try folder.load(clip), name: clip.name, subject: clip.subject) else {
                    continue
                }
                if without.contains(clip.subject ?? "") { measured.append(motion) } else { trained.append(motion) }
            }
        }
        return (trained, measured)
    }
}
