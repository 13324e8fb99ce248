import Imaging
import Puppet

extension PuppetScene {
    /// Three people exercise side by side: what several people in a picture cost is measured on it.
    static var threeAbreast: PuppetScene {
        let shirts = [Color(196, 62, 56), Color(70, 138, 92), Color(44, 108, 170)]
        let kinds: [PuppetKind] = [.squat, .jumpingJack, .armsSideways]
        let actors = shirts.indices.map { index in
            PuppetActor(
                body: PuppetBody(stature: 1.66 + 0.06 * Float(index)),
                look: PuppetLook(
                    skin: Color(226, 180, 150), hair: Color(64, 44, 32), shirt: shirts[index],
                    trousers: Color(44, 52, 74), shoes: Color(226, 224, 220)),
                at: SIMD2(1.7 * Float(index - 1), 0),
                programme: [.perform(kinds[index], .seconds(9), heading: 0.2 * Float(1 - index))],
                seed: UInt64(31 + index))
        }
        let camera = PuppetCamera(
            position: SIMD3(0, 1.3, 5.2), target: SIMD3(0, 0.9, 0), focalLength: 1.3, aspectRatio: 16.0 / 9)
        return PuppetScene(
            name: "three-abreast", camera: camera, width: 960, height: 540, frameRate: 25, duration: 8.5,
            actors: actors)
    }
}
