import Foundation
package import Inference

/// What a file says of how a lifting network is trained.
package struct LiftingRecipe: Codable, Sendable {
    package var name: String
    package var licence: String
    package var data: [String]
    package var steps: Int
    package var batch: Int
    package var frames: Int
    package var noise: Float
    package var filmShare: Float
    package var puppetShare: Float
    package var learningRate: Float
    package var blocks: [TemporalArchitecture.Block]

    private enum CodingKeys: String, CodingKey {
        case name, licence, data, steps, batch, frames, noise, blocks
        case filmShare = "film_share"
        case puppetShare = "puppet_share"
        case learningRate = "learning_rate"
    }

    package init(contentsOf path: String) throws {
        self = try BoundedFile.decode(
            LiftingRecipe.self, from: BoundedFile.read(path, limit: BoundedFile.largestManifest), file: path)
    }

    package var settings: LiftingSettings {
        var settings = LiftingSettings()
        (settings.steps, settings.batch, settings.frames) = (steps, batch, frames)
        (settings.noise, settings.filmShare, settings.puppetShare) = (noise, filmShare, puppetShare)
        settings.blocks = blocks
        settings.optimiser.learningRate = learningRate
        return settings
    }
}
