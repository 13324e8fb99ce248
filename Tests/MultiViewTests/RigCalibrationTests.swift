import Foundation
import MultiView
import Puppet
import Randomness
import Robots
import Skeleton
import Testing

struct RigCalibrationTests {
    private static let cameras = [
        PuppetCamera(azimuth: 0, distance: 4.5, height: 1.6, focalLength: 1.1),
        PuppetCamera(azimuth: 1.1, distance: 5, height: 1.2, focalLength: 1.3),
        PuppetCamera(azimuth: 2.2, distance: 4.2, height: 2.2, focalLength: 1.2),
    ]

    /// Somebody who walks about, as each camera exactly sees them; the clock of the last one is ahead.
    private static func views(_ cameras: [PuppetCamera], lead: Double = 0, seconds: Double = 20) -> [[RigView]] {
        var random = SplitMix64(seed: 11)
        let places = (0..<12).map { _ in SIMD2(random.uniform(-1.2...1.2), random.uniform(-1.2...1.2)) }
        let actor = PuppetActor(
            body: PuppetBody(using: &random), look: PuppetLook(using: &random), at: .zero,
            programme: places.map { .go(.walk, to: $0) }, seed: 4)
        return cameras.indices.map { index in
            let ahead = index == cameras.count - 1 ? lead : 0
            return (0..<Int(seconds * 20)).compactMap { frame in
                let time = Double(frame) / 20
                return actor.skeleton(at: time).map {
                    RigView(cameras[index].pose(of: $0), aspectRatio: cameras[index].aspectRatio, at: time + ahead)
                }
            }
        }
    }

    private static func calibration(
        _ views: [[RigView]], _ settings: RigCalibration.Settings = .init()
    ) throws -> RigCalibration {
        try RigCalibration(
            views, names: views.indices.map { "camera\($0)" }, topology: .blazePose33, settings: settings)
    }

    @Test("cameras are found where they stand, with their focal lengths, from somebody who walks about")
    func found() throws {
        let found = try Self.calibration(Self.views(Self.cameras))
        #expect(found.error < 0.001)
        for (camera, truth) in zip(found.rig.cameras, Self.cameras) {
            let place = Vector3(Self.cameras[0].local(truth.position))
            #expect((camera.position - place).length < 0.2, "\(camera.name)")
            #expect(abs(camera.focalLength / Double(truth.focalLength) - 1) < 0.03)
        }
    }

    @Test("a clock that is ahead is found")
    func clock() throws {
        var settings = RigCalibration.Settings()
        settings.clockSearch = 0.6
        let found = try Self.calibration(Self.views([Self.cameras[0], Self.cameras[1]], lead: 0.4), settings)
        #expect(abs(found.rig.cameras[1].clockOffset - 0.4) < 0.05)
    }

    @Test("cameras that do not see the person at the same time are refused by name")
    func apart() throws {
        var views = Self.views([Self.cameras[0], Self.cameras[1]], seconds: 4)
        for index in views[1].indices { views[1][index].time += 100 }
        let error = #expect(throws: RigError.self) { try Self.calibration(views) }
        #expect(error?.description.contains("camera1 and camera0") == true)
        #expect(throws: RigError.self) { try Self.calibration([views[0]]) }
        #expect(throws: RigError.self) { try Self.calibration([views[0], []]) }
    }
}
