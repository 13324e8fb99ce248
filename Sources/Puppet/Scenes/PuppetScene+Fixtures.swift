import Imaging

extension PuppetScene {
    /// The scenes that `Fixtures/` holds as videos.
    package static var fixtures: [PuppetScene] { [.workout, .everyday, .crossing, .meeting] }

    /// One person exercises: stands, squats five times, does eight jumping jacks and four push-ups, and stands.
    package static var workout: PuppetScene {
        let actor = PuppetActor(
            body: PuppetBody(stature: 1.74),
            look: PuppetLook(
                skin: Color(226, 180, 150), hair: Color(64, 44, 32), shirt: Color(196, 62, 56),
                trousers: Color(44, 52, 74),
                shoes: Color(226, 224, 220)),
            at: SIMD2(0, 0), heading: 0.45,
            programme: [
                .perform(.stand, .seconds(2.4)),
                .perform(.squat, .repetitions(5), variant: 2),
                .perform(.stand, .seconds(1.6)),
                .perform(.jumpingJack, .repetitions(8), variant: 2),
                .perform(.stand, .seconds(1.8), heading: -1.2),
                .perform(.pushUp, .repetitions(4), variant: 2),
                .perform(.stand, .seconds(2.6), heading: 0.3),
            ],
            seed: 11)
        let camera = PuppetCamera(
            position: SIMD3(0, 1.25, 4.2), target: SIMD3(0, 0.85, 0), focalLength: 1.3, aspectRatio: 4.0 / 3)
        return PuppetScene(
            name: "workout", camera: camera, width: 640, height: 480, frameRate: 20, duration: actor.end,
            actors: [actor])
    }

    /// One person comes in, waves, raises a hand, stretches the arms sideways, claps, sits down and stands up, bends,
    /// kicks, punches and leaves.
    package static var everyday: PuppetScene {
        let actor = PuppetActor(
            body: PuppetBody(stature: 1.68),
            look: PuppetLook(
                skin: Color(198, 148, 112), hair: Color(40, 30, 26), shirt: Color(44, 108, 170),
                trousers: Color(88, 78, 64),
                shoes: Color(48, 40, 38), longHair: true),
            style: PuppetStyle(speed: 1.15, amplitude: 1, sway: 0.7, variation: 0.04),
            at: SIMD2(-3.1, -0.4), heading: .pi / 2,
            programme: [
                .go(.walk, to: SIMD2(0, 0)),
                .perform(.stand, .seconds(1.2), heading: 0.15),
                .perform(.wave, .repetitions(7), variant: 8),
                .perform(.stand, .seconds(1)),
                .perform(.armRaise, .repetitions(2), variant: 10),
                .perform(.armsSideways, .repetitions(2), variant: 0),
                .perform(.clap, .repetitions(7), variant: 1),
                .perform(.sitToStand, .repetitions(1), variant: 3),
                .perform(.bend, .repetitions(1), heading: 0.7, variant: 0),
                .perform(.kick, .repetitions(2), variant: 4),
                .perform(.punch, .repetitions(5), variant: 4),
                .perform(.stand, .seconds(1)),
                .go(.walk, to: SIMD2(3.3, -0.2)),
            ],
            seed: 23)
        let camera = PuppetCamera(
            position: SIMD3(0, 1.4, 4.1), target: SIMD3(0, 0.92, 0), focalLength: 1.3, aspectRatio: 4.0 / 3)
        return PuppetScene(
            name: "everyday", camera: camera, width: 640, height: 480, frameRate: 20, duration: actor.end,
            actors: [actor], chairs: [PuppetChair(place: SIMD2(-0.06, -0.42), heading: 0.15)])
    }

    /// Three people walk across each other's ways.
    package static var crossing: PuppetScene {
        func walker(
            _ stature: Float, _ look: PuppetLook, _ start: SIMD2<Float>, _ places: [SIMD2<Float>], _ delay: Double,
            _ speed: Float, _ seed: UInt64
        ) -> PuppetActor {
            PuppetActor(
                body: PuppetBody(stature: stature), look: look,
                style: PuppetStyle(speed: speed, amplitude: 1, sway: 0.7, variation: 0.04), at: start, from: delay,
                programme: places.flatMap { place in
                    place == places.last
                        ? [.go(.walk, to: place)] : [.go(.walk, to: place), .perform(.stand, .seconds(1.2))]
                }, seed: seed)
        }
        let skin = Color(226, 180, 150)
        let actors = [
            walker(
                1.78,
                PuppetLook(
                    skin: skin, hair: Color(84, 56, 36), shirt: Color(70, 138, 92), trousers: Color(44, 52, 74),
                    shoes: Color(36, 32, 32)),
                SIMD2(-3.6, 0.3), [SIMD2(1.9, 0.3), SIMD2(-1.6, -0.6), SIMD2(3.8, 0.4)], 0, 1, 5),
            walker(
                1.66,
                PuppetLook(
                    skin: Color(238, 202, 178), hair: Color(140, 100, 56), shirt: Color(228, 188, 74),
                    trousers: Color(58, 58, 60), shoes: Color(110, 66, 40), longSleeves: true, longHair: true),
                SIMD2(4.2, -0.6), [SIMD2(-1.9, -0.7), SIMD2(1.7, 0.2), SIMD2(-4, -0.5)], 0.6, 0.95, 6),
            walker(
                1.72,
                PuppetLook(
                    skin: Color(156, 106, 76), hair: Color(24, 22, 24), shirt: Color(232, 232, 226),
                    trousers: Color(76, 90, 112), shoes: Color(216, 214, 210)),
                SIMD2(-4.6, -1.6), [SIMD2(0.1, -1.5), SIMD2(2.4, -1.3), SIMD2(-4.6, -1.6)], 1.2, 1.05, 7),
        ]
        let camera = PuppetCamera(
            position: SIMD3(0, 1.6, 4.6), target: SIMD3(0, 0.85, -0.4), focalLength: 1.25, aspectRatio: 16.0 / 9)
        return PuppetScene(
            name: "crossing", camera: camera, width: 640, height: 360, frameRate: 15,
            duration: actors.map(\.end).max() ?? 20, actors: actors)
    }
}
