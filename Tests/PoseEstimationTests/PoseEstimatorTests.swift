import Foundation
import Imaging
import PoseEstimation
import Skeleton
import TestSupport
import Testing

/// Where `laban models install` puts the pose weights.
private let modelFolder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Models/pose").path

private let hasWeights = FileManager.default.fileExists(atPath: modelFolder + "/pose_landmark_full.tflite")

@Suite("Pose estimator", .enabled(if: hasWeights, "needs the pose weights: laban models install"))
struct PoseEstimatorTests {
    private let person = DrawnPerson(hips: SIMD2(320, 250), height: 380)

    @Test("a drawn person is found, with every joint near where it was drawn", arguments: [0.1, 0.4, 0.8] as [Float])
    func findsDrawnPerson(arms: Float) throws {
        var drawn = person
        drawn.arms = arms
        let pixels = DrawnPerson.picture(of: [drawn], width: 640, height: 480)
        var estimator = try PoseEstimator(modelFolder: modelFolder)
        _ = try estimator.estimate(pixels, at: .zero)
        let poses = try estimator.estimate(pixels, at: .milliseconds(33))
        let pose = try #require(poses.first)
        #expect(poses.count == 1)
        #expect(pose.topology == .blazePose33 && pose.worldPoints.count == 33 && pose.score > 0.9)
        for (name, truth) in drawn.joints {
            let keypoint = try #require(pose.keypoints[SkeletonTopology.blazePose33.index(of: name)!])
            let offset = SIMD2(keypoint.x * 640, keypoint.y * 480) - truth
            #expect((offset * offset).sum().squareRoot() < 0.08 * drawn.height, "\(name) off by \(offset)")
        }
    }

    @Test("an empty room holds nobody")
    func emptyRoom() throws {
        let pixels = DrawnPerson.picture(of: [], width: 640, height: 480)
        var estimator = try PoseEstimator(modelFolder: modelFolder)
        for frame in 0..<10 { #expect(try estimator.estimate(pixels, at: .milliseconds(100 * frame)).isEmpty) }
    }

    @Test("small people side by side are all found in the first frame, with the help of tiles")
    func severalSmallPeople() throws {
        let people = [0, 1, 2].map { DrawnPerson(hips: SIMD2(110 + 140 * Float($0), 170), height: 120) }
        let pixels = DrawnPerson.picture(of: people, width: 500, height: 300)
        var estimator = try PoseEstimator(modelFolder: modelFolder)
        let poses = try estimator.estimate(pixels, at: .zero)
        #expect(poses.count == 3)
        let hips = poses.map { $0.keypoints[23]!.x * 500 }.sorted()
        expectClose(hips, people.map(\.hips.x), tolerance: 15)
    }

    @Test("ten people of 80 pixels in a large picture are all found in the first frame")
    func tenSmallPeople() throws {
        let people = (0..<10).map { index in
            DrawnPerson(
                hips: SIMD2(120 + 250 * Float(index % 5), 200 + 300 * Float(index / 5)), height: 80,
                arms: 0.1 * Float(index))
        }
        let pixels = DrawnPerson.picture(of: people, width: 1280, height: 720)
        var estimator = try PoseEstimator(modelFolder: modelFolder)
        let poses = try estimator.estimate(pixels, at: .zero)
        #expect(poses.count == 10)
        for person in people {
            let nearest = poses.map { pose in
                let hip = SIMD2(pose.keypoints[23]!.x * 1280, pose.keypoints[23]!.y * 720) - person.hips
                return (hip * hip).sum().squareRoot()
            }.min()
            #expect(nearest ?? .infinity < 12, "\(person.hips)")
        }
    }

    @Test("a small newcomer in a large picture is found within half a second, whoever else is there")
    func smallNewcomer() throws {
        let large = DrawnPerson(hips: SIMD2(300, 380), height: 560)
        let small = DrawnPerson(hips: SIMD2(1010, 420), height: 80)
        var estimator = try PoseEstimator(modelFolder: modelFolder)
        var counts: [Int] = []
        for frame in 0..<25 {
            let pixels = DrawnPerson.picture(of: frame < 20 ? [large] : [large, small], width: 1280, height: 720)
            counts.append(try estimator.estimate(pixels, at: .milliseconds(100 * frame)).count)
        }
        #expect(counts[0..<20].allSatisfy { $0 == 1 })
        #expect(counts[24] == 2)
    }

    @Test("a coat on a chair is nobody")
    func coatOnChair() throws {
        var pixels = DrawnPerson.picture(of: [], width: 640, height: 480).rgb()
        for x in [Float(280), 360] {
            pixels.fillCapsule(
                from: SIMD2(x, 330), to: SIMD2(x, 440), radii: SIMD2(repeating: 6), color: Color(90, 60, 40))
        }
        pixels.fillPolygon(
            [SIMD2(270, 180), SIMD2(370, 180), SIMD2(400, 350), SIMD2(240, 350)], color: Color(40, 60, 110))
        for side in [Float(-1), 1] {
            pixels.fillCapsule(
                from: SIMD2(320 + 48 * side, 195), to: SIMD2(320 + 70 * side, 320), radii: SIMD2(repeating: 16),
                color: Color(35, 55, 100))
        }
        var estimator = try PoseEstimator(modelFolder: modelFolder)
        for frame in 0..<20 {
            #expect(try estimator.estimate(.interleaved(pixels), at: .milliseconds(100 * frame)).isEmpty)
        }
    }

    @Test("a newcomer is found within half a second, and one who goes is dropped at once")
    func comingAndGoing() throws {
        let small = DrawnPerson(hips: SIMD2(560, 350), height: 140)
        let one = DrawnPerson.picture(of: [person], width: 640, height: 480)
        let two = DrawnPerson.picture(
            of: [DrawnPerson(hips: SIMD2(200, 250), height: 380), small], width: 640, height: 480)
        let nobody = DrawnPerson.picture(of: [], width: 640, height: 480)
        var estimator = try PoseEstimator(modelFolder: modelFolder)
        var counts: [Int] = []
        for frame in 0..<20 {
            let pixels = frame < 5 ? one : frame < 15 ? two : nobody
            counts.append(try estimator.estimate(pixels, at: .milliseconds(100 * frame)).count)
        }
        #expect(counts[4] == 1)
        #expect(counts[10] == 2)
        #expect(counts[15...].allSatisfy { $0 == 0 })
    }

    @Test("two who come up to each other until they touch are both followed, each at their own place")
    func closeBeside() throws {
        var estimator = try PoseEstimator(modelFolder: modelFolder)
        for frame in 0..<30 {
            let gap = max(66, 200 - 8 * Float(frame))
            let people = [-gap / 2, gap / 2].map { DrawnPerson(hips: SIMD2(320 + $0, 250), height: 300, arms: 0.1) }
            let pixels = DrawnPerson.picture(of: people, width: 640, height: 480)
            let poses = try estimator.estimate(pixels, at: .milliseconds(50 * frame))
            let hips = poses.map { ($0.keypoints[23]!.x + $0.keypoints[24]!.x) * 320 }.sorted()
            #expect(hips.count == 2, "at \(gap) pixels")
            for (found, person) in zip(hips, people) { #expect(abs(found - person.hips.x) < 15, "at \(gap) pixels") }
        }
    }

    @Test("somebody who steps out from behind another is found within half a second, as close as they are")
    func fromBehind() throws {
        var estimator = try PoseEstimator(modelFolder: modelFolder)
        var counts: [Int] = []
        for frame in 0..<40 {
            let aside = min(95, max(0, Float(frame - 10) * 12))
            let people = [
                DrawnPerson(hips: SIMD2(320 + aside, 248), height: 290, arms: 0.1),
                DrawnPerson(hips: SIMD2(320, 250), height: 300, arms: 0.1),
            ]
            let pixels = DrawnPerson.picture(of: people, width: 640, height: 480)
            counts.append(try estimator.estimate(pixels, at: .milliseconds(50 * frame)).count)
        }
        #expect(counts[0..<10].allSatisfy { $0 == 1 })
        #expect(counts[28...].allSatisfy { $0 == 2 }, "\(counts)")
    }

    @Test("the same frames give the same poses, on one thread or two")
    func deterministic() throws {
        let frames = (0..<6).map { step in
            DrawnPerson.picture(
                of: [
                    DrawnPerson(hips: SIMD2(180 + 4 * Float(step), 250), height: 300),
                    DrawnPerson(hips: SIMD2(470, 250), height: 260, arms: 0.1 * Float(step)),
                ], width: 640, height: 480)
        }
        func poses(threads: Int) throws -> [[Pose]] {
            var settings = PoseEstimatorSettings()
            settings.threads = threads
            var estimator = try PoseEstimator(modelFolder: modelFolder, settings: settings)
            return try frames.indices.map { try estimator.estimate(frames[$0], at: .milliseconds(100 * $0)) }
        }
        let once = try poses(threads: 1)
        #expect(once.last?.count == 2)
        #expect(try poses(threads: 1) == once)
        #expect(try poses(threads: 2) == once)
    }

    @Test("weights that are not the network expected are refused by name")
    func wrongWeights() throws {
        let folder = try TemporaryFolder()
        let manager = FileManager.default
        let landmark = URL(filePath: modelFolder).appending(path: "pose_landmark_full.tflite")
        try manager.copyItem(at: landmark, to: folder.file("pose_detection.tflite"))
        try manager.copyItem(at: landmark, to: folder.file("pose_landmark_full.tflite"))
        let error = #expect(throws: PoseEstimationError.self) { try PoseEstimator(modelFolder: folder.url.path) }
        #expect(error?.message.contains("pose_detection.tflite") == true)
    }
}

@Suite("Pose weights")
struct PoseWeightsTests {
    @Test("a folder without weights is an error that names the file")
    func missing() throws {
        let folder = try TemporaryFolder()
        let error = #expect(throws: PoseEstimationError.self) { try PoseEstimator(modelFolder: folder.url.path) }
        #expect(error?.message.contains("pose_detection.tflite") == true)
    }
}
