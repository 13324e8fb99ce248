import Foundation
package import Randomness

/// From where somebody is seen.
package struct PuppetView: Sendable, Equatable {
    /// Radians from straight in front, growing towards the person's left.
    package var azimuth: Float
    /// Metres from the person along the floor, and of the lens above it.
    package var distance: Float
    package var height: Float
    package var focalLength: Float
    package var aspectRatio: Float
    package var roll: Float

    package init(
        azimuth: Float, distance: Float = 3.5, height: Float = 1.2, focalLength: Float = 1.2,
        aspectRatio: Float = 4.0 / 3, roll: Float = 0
    ) {
        self.azimuth = azimuth
        self.distance = distance
        self.height = height
        self.focalLength = focalLength
        self.aspectRatio = aspectRatio
        self.roll = roll
    }

    /// A view drawn at random: all round, from near the floor to a surveillance camera under the ceiling.
    package init(using random: inout SplitMix64) {
        let around: Float
        switch random.unit() {
        case ..<0.3: around = degrees(20) * random.gaussian()
        case ..<0.46: around = .pi + degrees(25) * random.gaussian()
        default: around = random.uniform(-.pi, .pi)
        }
        azimuth = around
        distance = random.uniform(2.2, 7)
        height =
            random.chance(0.62)
            ? random.uniform(0.6, 1.7) : random.chance(0.35) ? random.uniform(0.1, 0.6) : random.uniform(1.7, 3.6)
        focalLength = random.uniform(0.8, 1.6)
        aspectRatio = random.pick([4.0 / 3, 16.0 / 9, 9.0 / 16, 1])
        roll = random.chance(0.2) ? degrees(4) * random.gaussian() : 0
    }

    /// The camera that sees a person at the origin so, looking at `aim` metres above the floor.
    package func camera(aim: Float = 0.9) -> PuppetCamera {
        PuppetCamera(
            azimuth: azimuth, distance: distance, height: height, aim: aim, focalLength: focalLength,
            aspectRatio: aspectRatio, roll: roll)
    }
}
