import ArgumentParser
import Foundation
import ModelStore

/// `laban models install`: puts the verified pose weights into `Models/pose/`.
struct ModelsInstallCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "install",
        abstract: "Fetch the pose weights and check them.",
        discussion: """
            Fetches the Python wheel \(WeightsRelease.mediapipe.requirement) with pip (36 MB), compares its SHA-256 digest with the \
            published one and takes four networks out of it (17 MB) into Models/pose/, with licence and digests in \
            Models/pose/model.json. Nothing else of the wheel is used, and Python is not needed afterwards.

            Running it again is quick and changes nothing. A cut or altered wheel is refused with exit code 2, and \
            what was installed before stays as it is.

            A machine without a network takes a wheel that was fetched elsewhere with
              \(WeightsRelease.mediapipe.pipCommand)

            Examples:
              laban models install
              laban models install --wheel ~/Downloads/\(WeightsRelease.mediapipe.wheel.name)
            """)

    @Option(help: ArgumentHelp("Take the weights from this wheel, fetch nothing.", valueName: "file"))
    var wheel: String?

    func run() throws {
        let models = ModelFolder()
        let place = models.poseFolder.path(percentEncoded: false)
        var bar = ProgressBar("Pose weights")
        let result: ModelFolder.InstallResult
        do throws(ModelStoreError) {
            result = try models.installPoseWeights(wheel: wheel.map { URL(filePath: $0) }) { step, fraction in
                bar.update(fraction: fraction, note: step.rawValue)
            }
        } catch {
            bar.finish()
            throw error.reported()
        }
        bar.finish()
        switch result {
        case .alreadyInstalled:
            try StandardOutput.print("Pose weights are already installed and verified in \(place)")
        case .installed(let names):
            try StandardOutput.print("Installed and verified in \(place):")
            for name in names { try StandardOutput.print("  \(name)") }
            try StandardOutput.print("Licence: \(models.release.licence), (c) \(models.release.copyright)")
        }
    }
}
