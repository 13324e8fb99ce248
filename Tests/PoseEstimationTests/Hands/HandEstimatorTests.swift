import Foundation
import Imaging
import PoseEstimation
import Skeleton
import TestSupport
import Testing

/// Where `laban models install` puts the pose weights.
private let modelFolder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Models/pose").path

private let hasWeights = FileManager.default.fileExists(atPath: modelFolder + "/hand_landmark_full.tflite")

@Suite("Hand estimator", .enabled(if: hasWeights, "needs the pose weights: laban models install"))
struct HandEstimatorTests {
    private let right = DrawnHand(wrist: SIMD2(200, 330), length: 150)
    private let left = DrawnHand(wrist: SIMD2(460, 340), length: 150, side: .left)

    private func hands(
        of drawn: [DrawnHand], offset: SIMD2<Float> = .zero, frames: Int = 3, threads: Int = 1
    ) throws -> [HandPose] {
        let pixels = DrawnHand.picture(of: drawn)
        var settings = HandSettings()
        settings.threads = threads
        var estimator = try HandEstimator(modelFolder: modelFolder, settings: settings)
        var people = [DrawnHand.person(holding: drawn, offset: offset)]
        for frame in 0..<frames {
            people = estimator.addHands(to: people, in: pixels, at: .milliseconds(33 * frame))
        }
        return people[0].pose.hands
    }

    /// Mean distance of the joints from where they were drawn, in hand lengths.
    private func error(_ hand: HandPose, _ drawn: DrawnHand) -> Float {
        let distances = zip(hand.imagePoints, drawn.joints).map { point, truth in
            let offset = SIMD2(point.x * 640, point.y * 480) - truth
            return (offset * offset).sum().squareRoot() / drawn.length
        }
        return distances.reduce(0, +) / Float(distances.count)
    }

    @Test(
        "a drawn hand is found at the body's wrist, joint by joint, however it is turned", arguments: [-60, 0, 45, 120])
    func turned(degrees: Int) throws {
        var drawn = right
        drawn.wrist = SIMD2(320, 240)
        drawn.turn = Float(degrees) * .pi / 180
        let hand = try #require(try hands(of: [drawn]).first)
        #expect(hand.side == .right && hand.score > 0.8)
        #expect(error(hand, drawn) < 0.08, "off by \(error(hand, drawn))")
    }

    @Test("both hands are found, each on its side, though the body's wrists are somewhat off")
    func both() throws {
        let found = try hands(of: [right, left], offset: SIMD2(25, -20))
        #expect(found.map(\.side) == [.left, .right])
        for (hand, drawn) in zip(found, [left, right]) { #expect(error(hand, drawn) < 0.08) }
    }

    @Test("world points are those of a hand of human size, upright with the picture")
    func worldPoints() throws {
        var lying = right
        lying.wrist = SIMD2(240, 240)
        lying.turn = .pi / 2
        let hand = try #require(try hands(of: [lying]).first)
        let reach = hand.worldPoints[12] - hand.worldPoints[0]
        #expect((reach * reach).sum().squareRoot() > 0.12 && (reach * reach).sum().squareRoot() < 0.25)
        #expect(reach.x > 0.1 && abs(reach.y) < 0.06, "\(reach): the fingers point to the picture's right")
    }

    @Test("a mirrored picture gives mirrored hands, sides exchanged")
    func mirrored() throws {
        let mirror = { (hand: DrawnHand) in
            DrawnHand(
                wrist: SIMD2(640 - hand.wrist.x, hand.wrist.y), length: hand.length,
                side: hand.side == .left ? .right : .left,
                turn: -hand.turn)
        }
        let found = try hands(of: [right, left])
        let other = try hands(of: [mirror(left), mirror(right)])
        #expect(found.count == 2 && other.count == 2)
        for (hand, twin) in zip(found, other.reversed()) {
            #expect(hand.side != twin.side)
            for (a, b) in zip(hand.imagePoints, twin.imagePoints) {
                expectClose([a.x, a.y], [1 - b.x, b.y], tolerance: 0.02)
            }
        }
    }

    @Test("a hand claimed by both wrists goes to the nearer one")
    func dispute() throws {
        let pixels = DrawnHand.picture(of: [right])
        var estimator = try HandEstimator(modelFolder: modelFolder)
        var other = right
        other.side = .left
        other.wrist += SIMD2(60, 10)
        var person = DrawnHand.person(holding: [right, other])
        for frame in 0..<5 { person = estimator.addHands(to: [person], in: pixels, at: .milliseconds(33 * frame))[0] }
        #expect(person.pose.hands.map(\.side) == [.right])
    }

    @Test("a hand that goes is gone at once, and each person keeps their own")
    func lifetime() throws {
        var estimator = try HandEstimator(modelFolder: modelFolder)
        let people = [
            DrawnHand.person(holding: [right], track: 4), DrawnHand.person(holding: [left], track: 9),
        ]
        func counts(_ drawn: [DrawnHand], _ people: [TrackedPose], frame: Int) -> [Int] {
            estimator.addHands(to: people, in: DrawnHand.picture(of: drawn), at: .milliseconds(33 * frame))
                .map(\.pose.hands.count)
        }
        #expect(counts([right, left], people, frame: 0) == [1, 1])
        #expect(counts([left], people, frame: 1) == [0, 1])
        #expect(counts([right, left], people.reversed(), frame: 2) == [1, 1])
        #expect(counts([right, left], [people[1]], frame: 3) == [1])
        #expect(counts([right, left], [], frame: 4) == [])
    }

    @Test("bodies whose wrists are hidden, elsewhere, or no numbers get no hands")
    func noHands() throws {
        var estimator = try HandEstimator(modelFolder: modelFolder)
        let pixels = DrawnHand.picture(of: [right])
        var hidden = DrawnHand.person(holding: [right], track: 1)
        hidden.pose.keypoints[16]?.visibility = 0.1
        let elsewhere = DrawnHand.person(holding: [right], offset: SIMD2(320, -60), track: 2)
        var wild = DrawnHand.person(holding: [right], track: 3)
        wild.pose.keypoints = wild.pose.keypoints.map { _ in Keypoint(x: .nan, y: .infinity) }
        let bare = TrackedPose(track: TrackID(4), pose: Pose(topology: .blazePose33))
        let stranger = TrackedPose(track: TrackID(5), pose: Pose(topology: .coco17))
        let people = estimator.addHands(to: [hidden, elsewhere, wild, bare, stranger], in: pixels, at: .zero)
        #expect(people.map(\.pose.hands.count) == [0, 0, 0, 0, 0])
    }

    @Test("hands without a body are found in the whole picture, but not before bodies have been away for a while")
    func loneHands() throws {
        var estimator = try HandEstimator(modelFolder: modelFolder)
        let right = DrawnHand(wrist: SIMD2(200, 340), length: 120)
        let left = DrawnHand(wrist: SIMD2(460, 340), length: 120, side: .left)
        let pixels = DrawnHand.picture(of: [right, left])
        _ = estimator.addHands(to: [DrawnHand.person(holding: [right])], in: pixels, at: .zero)
        #expect(estimator.findLoneHands(in: pixels, at: .milliseconds(400)).isEmpty)
        _ = estimator.findLoneHands(in: pixels, at: .milliseconds(600))
        let poses = estimator.findLoneHands(in: pixels, at: .milliseconds(633))
        #expect(poses.count == 2)
        for pose in poses {
            let hand = try #require(pose.hands.first)
            let drawn = hand.imagePoints[0].x < 0.5 ? right : left
            #expect(pose.topology == .hand21 && pose.keypoints.count == 21 && hand.side == drawn.side)
            #expect(error(hand, drawn) < 0.08)
        }
    }

    @Test("the same frames give the same hands, on one thread or two")
    func deterministic() throws {
        let once = try hands(of: [right, left])
        #expect(try hands(of: [right, left]) == once)
        #expect(try hands(of: [right, left], threads: 2) == once)
    }

    @Test("weights that are missing or not the network expected are refused by name")
    func wrongWeights() throws {
        let folder = try TemporaryFolder()
        let missing = #expect(throws: PoseEstimationError.self) { try HandEstimator(modelFolder: folder.url.path) }
        #expect(missing?.message.contains("palm_detection_full.tflite") == true)
        let palms = URL(filePath: modelFolder).appending(path: "palm_detection_full.tflite")
        for name in ["palm_detection_full.tflite", "hand_landmark_full.tflite"] {
            try FileManager.default.copyItem(at: palms, to: folder.file(name))
        }
        let wrong = #expect(throws: PoseEstimationError.self) { try HandEstimator(modelFolder: folder.url.path) }
        #expect(wrong?.message.contains("hand_landmark_full.tflite") == true)
    }
}
