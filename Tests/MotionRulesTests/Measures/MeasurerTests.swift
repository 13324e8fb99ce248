import MotionRules
import Skeleton
import TestSupport
import Testing

struct MeasurerTests {
    private func values(_ names: [String], of pose: Pose, aspectRatio: Float? = 1) throws -> [Measurement?] {
        var measurer = Measurer(measures: try names.map { try #require(Measure.named($0)) })
        measurer.update(pose, aspectRatio: aspectRatio, at: .zero)
        return measurer.values
    }

    private func value(_ name: String, of figure: StickFigure) throws -> Float {
        try #require(try values([name], of: figure.pose())[0]).value
    }

    @Test(
        "angles and heights of known postures",
        arguments: [
            ("knee", StickFigure(), Float(180)), ("torso", StickFigure(), 0),
            ("left_arm", StickFigure(leftArm: 90), 90), ("right_arm", StickFigure(rightArm: 170), 170),
            ("right_elbow", StickFigure(rightElbow: 60), 120), ("left_elbow", StickFigure(rightElbow: 60), 180),
            ("thigh", StickFigure(leftThigh: 90, rightThigh: 90), 90),
            ("knee", StickFigure(leftThigh: 90, rightThigh: 90), 90),
            ("least_thigh", StickFigure(leftThigh: 80), 0), ("greatest_thigh", StickFigure(leftThigh: 80), 80),
            ("shoulder", StickFigure(leftArm: 90, rightArm: 90), 99.1),
            ("arm_span", StickFigure(leftArm: 90, rightArm: 90), 1),
            ("left_wrist_over_shoulder", StickFigure(leftArm: 180), 1.06),
            ("left_wrist_over_head", StickFigure(leftArm: 180), 0.66),
            ("ankle_spread", StickFigure(stance: 0.3), 1.2), ("hip_over_ankle", StickFigure(), 1.64),
        ])
    func knownPostures(name: String, figure: StickFigure, expected: Float) throws {
        let measured = try value(name, of: figure)
        #expect(abs(measured - expected) < (expected > 3 ? 1 : 0.02), "\(name): \(measured), not \(expected)")
    }

    @Test("a mirrored pose gives mirrored measures")
    func mirror() throws {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<50 {
            func angle() -> Float { .random(in: 0...170, using: &random) }
            let figure = StickFigure(
                leftArm: angle(), rightArm: angle(), leftElbow: angle() / 2, rightElbow: angle() / 2,
                leftThigh: angle() / 2, rightThigh: angle() / 2, stance: .random(in: 0...0.5, using: &random))
            for measure in Measure.all {
                var name = measure.name
                if name.hasPrefix("left_") {
                    name = "right_" + name.dropFirst(5)
                } else if name.hasPrefix("right_") {
                    name = "left_" + name.dropFirst(6)
                }
                let here = try values([measure.name], of: figure.pose())[0]
                let there = try values([name], of: figure.pose().mirroredPose)[0]
                #expect((here == nil) == (there == nil))
                #expect(abs((here?.value ?? 0) - (there?.value ?? 0)) < 1e-2, "\(measure.name)")
            }
        }
    }

    @Test("a joint that is missing or hardly seen makes its measures unknown, and the seen side stands in for both")
    func unknown() throws {
        #expect(try values(Measure.all.map(\.name), of: StickFigure().pose(visibility: 0.05)).allSatisfy { $0 == nil })
        #expect(try values(["torso"], of: Pose(topology: .blazePose33))[0] == nil)
        var pose = StickFigure(leftThigh: 90, rightThigh: 30).pose()
        let knee = try #require(pose.topology.index(of: "rightKnee"))
        pose.worldPoints[knee] = nil
        let measured = try values(["right_knee", "left_knee", "knee", "least_thigh"], of: pose)
        #expect(measured[0] == nil)
        #expect(abs(try #require(measured[1]).value - 90) < 0.5)
        #expect(measured[2] == measured[1])
        #expect(abs(try #require(measured[3]).value - 90) < 0.5)
    }

    @Test("confidence is that of the worst-seen joint")
    func confidence() throws {
        var pose = StickFigure().pose()
        pose.keypoints[try #require(pose.topology.index(of: "leftAnkle"))]?.visibility = 0.4
        let measured = try values(["left_knee", "right_knee"], of: pose)
        #expect(measured[0]?.confidence == 0.4)
        #expect(measured[1]?.confidence == 1)
    }

    @Test("without world points the picture is measured, with its aspect ratio")
    func picture() throws {
        var pose = StickFigure(leftArm: 45).pose()
        let square = try #require(try values(["left_arm"], of: pose)[0]).value
        pose.worldPoints = []
        #expect(abs(try #require(try values(["left_arm"], of: pose)[0]).value - square) < 0.1)
        let wide = try #require(try values(["left_arm"], of: pose, aspectRatio: 2)[0]).value
        #expect(abs(wide - 63.4) < 0.5)
    }

    @Test("a picture of unknown scales is measured by the body's own proportions")
    func unknownScales() throws {
        var random = SeededGenerator(seed: 2)
        for _ in 0..<20 {
            func angle() -> Float { .random(in: 20...80, using: &random) }
            let figure = StickFigure(
                leftArm: angle(), rightArm: angle(), leftElbow: angle(), leftThigh: angle(), rightThigh: angle())
            var pose = figure.pose()
            let names = ["left_knee", "right_knee", "left_arm", "right_arm", "least_thigh", "torso"]
            let truth = try values(names, of: pose)
            for joint in pose.keypoints.indices {
                guard let point = pose.worldPoints[joint] else { continue }
                pose.keypoints[joint] = Keypoint(x: 0.9 * point.x, y: 0.3 * point.y, z: 0.5 * point.z)
            }
            pose.worldPoints = []
            for (name, pair) in zip(names, zip(truth, try values(names, of: pose, aspectRatio: nil))) {
                let (expected, found) = (try #require(pair.0).value, try #require(pair.1).value)
                #expect(abs(expected - found) < 8, "\(name) \(found), not \(expected)")
            }
        }
    }

    @Test("a drop is told against the greatest height of late, and by nobody who was never up")
    func drop() throws {
        var measurer = Measurer(measures: [try #require(Measure.named("hip_drop"))])
        func drop(_ thigh: Float, at seconds: Double) -> Float? {
            measurer.update(
                StickFigure(leftThigh: thigh, rightThigh: thigh).pose(), aspectRatio: 1, at: .seconds(seconds))
            return measurer.values[0]?.value
        }
        #expect(drop(90, at: 0) == 0)
        #expect(drop(0, at: 1) == 0)
        #expect(abs(try #require(drop(90, at: 2)) - 0.42 / 0.82) < 0.01)
        #expect(abs(try #require(drop(60, at: 10)) - 0.21 / 0.82) < 0.01)
        // By now the time upright is forgotten.
        #expect(drop(60, at: 12) == 0)
        #expect(drop(120, at: 30) == nil)
    }

    @Test("unevenness is the difference between the sides, and none where one side is hidden")
    func uneven() throws {
        var pose = StickFigure(leftThigh: 70, rightThigh: 20).pose()
        #expect(abs(try #require(try values(["uneven_thigh"], of: pose)[0]).value - 50) < 0.5)
        pose.worldPoints[try #require(pose.topology.index(of: "rightKnee"))] = nil
        #expect(try values(["uneven_thigh"], of: pose)[0]?.value == 0)
    }

    @Test("measures are found in every known topology that has the joints")
    func topologies() throws {
        for topology in SkeletonTopology.known where topology.index(of: "leftKnee") != nil {
            let measured = try values(["knee", "torso"], of: StickFigure(leftThigh: 90, rightThigh: 90).pose(topology))
            let knee = try #require(measured[0], "\(topology.name)")
            #expect(abs(knee.value - 90) < 1, "\(topology.name)")
        }
    }

    @Test("speed does not depend on the frame rate", arguments: [10, 15, 30, 60])
    func speed(rate: Int) throws {
        var measurer = Measurer(measures: [try #require(Measure.named("left_wrist_speed"))])
        var measured: Measurement?
        for frame in 0...(2 * rate) {
            let time = Double(frame) / Double(rate)
            let figure = StickFigure(leftArm: Float(90 * time))
            measurer.update(figure.pose(), aspectRatio: 1, at: .seconds(time))
            measured = measurer.values[0]
        }
        let expected: Float = 0.53 / 0.5 * .pi / 2
        #expect(abs(try #require(measured).value - expected) < 0.05)
    }

    @Test(
        "strokes of a raised hand count within their window at any frame rate, a hanging hand's do not",
        arguments: [10, 30, 60])
    func strokes(rate: Int) throws {
        var measurer = Measurer(
            measures: try ["left_wave_strokes", "right_wave_strokes"].map { try #require(Measure.named($0)) })
        var most: Float = 0
        for frame in 0...(3 * rate) {
            let swing = 35 * Float.sine(Float(frame) / Float(rate) * 360 * 1.5)
            let figure = StickFigure(leftArm: 100, rightArm: 10, leftElbow: 70 + swing, rightElbow: swing)
            measurer.update(figure.pose(), aspectRatio: 1, at: .seconds(Double(frame) / Double(rate)))
            most = max(most, try #require(measurer.values[0]).value)
            #expect(measurer.values[1]?.value == 0)
        }
        #expect((4...5).contains(most))
    }

    @Test("narrow strokes count when they are alike, not when they come as they will", arguments: [15, 30, 60])
    func flicks(rate: Int) throws {
        func most(_ elbow: (Double) -> Float) throws -> Float {
            var measurer = Measurer(measures: [try #require(Measure.named("left_wave_flicks"))])
            var most: Float = 0
            for frame in 0...(4 * rate) {
                let time = Double(frame) / Double(rate)
                let figure = StickFigure(leftArm: 100, leftElbow: 70 + elbow(time))
                measurer.update(figure.pose(), aspectRatio: 1, at: .seconds(time))
                most = max(most, try #require(measurer.values[0]).value)
            }
            return most
        }
        #expect(try most { 10 * Float.sine(Float($0) * 360 * 2) } >= 5)
        #expect(try most { 2 * Float.sine(Float($0) * 360 * 2) } == 0)
        // Every other stroke takes five times as long.
        let jerks = { (time: Double) -> Float in
            let share = Float((time * 2.5).truncatingRemainder(dividingBy: 1))
            return 20 * min(share / 0.17, (1 - share) / 0.83) - 10
        }
        #expect(try most(jerks) < 5)
    }
}
