import Randomness

extension PuppetScene {
    /// Somebody who does one thing before a camera, both drawn by the seed: a clip such as people record.
    package static func single(_ kind: PuppetKind, seconds: Double, seed: UInt64) -> PuppetScene {
        var random = SplitMix64(seed: seed)
        let actor = PuppetActor(
            body: PuppetBody(using: &random), look: PuppetLook(using: &random), style: PuppetStyle(using: &random),
            at: .zero, heading: random.uniform(-0.6, 0.6), programme: [.perform(kind, .seconds(seconds))],
            seed: random.next())
        let camera = PuppetCamera(
            azimuth: 0, distance: random.uniform(3.4, 4.6), height: random.uniform(0.9, 1.5), aim: 0.85)
        return PuppetScene(
            name: "\(kind.rawValue)-\(seed)", camera: camera, width: 480, height: 360, frameRate: 20,
            duration: min(actor.end, seconds), actors: [actor])
    }
}
