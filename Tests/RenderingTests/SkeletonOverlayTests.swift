import Imaging
import Rendering
import Skeleton
import TestSupport
import Testing

struct SkeletonOverlayTests {
    private let background = PixelBuffer(width: 320, height: 240, color: Color(60, 60, 60))

    /// A person standing with arms out, the same proportions in every topology that names these joints.
    private func pose(
        _ topology: SkeletonTopology = .blazePose33, shift: SIMD2<Float> = .zero, visibility: Float = 1
    ) -> Pose {
        let places: [String: (Float, Float)] = [
            "head": (0.5, 0.2), "neck": (0.5, 0.3), "pelvis": (0.5, 0.55), "spine": (0.5, 0.45), "chest": (0.5, 0.35),
            "nose": (0.5, 0.22), "shoulder": (0.08, 0.32), "elbow": (0.16, 0.34), "wrist": (0.24, 0.36),
            "hip": (0.05, 0.55), "knee": (0.06, 0.72), "ankle": (0.06, 0.88),
        ]
        return Pose(
            topology: topology,
            keypoints: topology.jointNames.map { name in
                let isLeft = name.hasPrefix("left")
                let isRight = name.hasPrefix("right")
                let part = isLeft ? name.dropFirst(4).lowercased() : isRight ? name.dropFirst(5).lowercased() : name
                guard let place = places[part] else { return nil }
                // The person faces the camera: the left side is on the picture's right.
                let x = isLeft ? 0.5 + place.0 : isRight ? 0.5 - place.0 : place.0
                return Keypoint(x: x + shift.x, y: place.1 + shift.y, visibility: visibility)
            })
    }

    private func drawn(_ poses: [Pose], labels: [TrackID: [LabelLine]] = [:], banner: String? = nil) -> PixelBuffer {
        var picture = background
        let people = poses.enumerated().map { TrackedPose(track: TrackID($0.offset + 1), pose: $0.element) }
        let frame = SkeletonFrame(camera: "gym", index: 0, presentationTime: .zero, people: people)
        SkeletonOverlay().draw(frame, labels: labels, banner: banner, on: &picture)
        return picture
    }

    private func pixel(_ picture: PixelBuffer, _ x: Float, _ y: Float) -> [Int] {
        let at = Int(y * Float(picture.height)) * picture.stride + Int(x * Float(picture.width)) * 3
        return picture.bytes[at..<at + 3].map { Int($0) }
    }

    private func changedRows(_ picture: PixelBuffer) -> [Int] {
        (0..<picture.height).filter { y in
            let row = y * picture.stride..<(y + 1) * picture.stride
            return picture.bytes[row] != background.bytes[row]
        }
    }

    @Test("nobody and no banner leave the picture as it is")
    func nothingToDraw() {
        #expect(drawn([]) == background)
        #expect(drawn([Pose(topology: .coco17)]) == background)
        #expect(drawn([Pose(topology: .coco17, keypoints: Array(repeating: nil, count: 17))]) == background)
    }

    @Test("every topology's bones are drawn", arguments: SkeletonTopology.known.map(\.name))
    func everyTopology(name: String) throws {
        let topology = try #require(SkeletonTopology.named(name))
        let picture = drawn([pose(topology)])
        // Half-way down the upper arms and shins.
        for (x, y) in [(0.62, 0.33), (0.38, 0.33), (0.56, 0.8), (0.44, 0.8)] as [(Float, Float)] {
            let around = (-3...3).map { pixel(picture, x, y + Float($0) / 240) }
            #expect(around.contains { $0 != [60, 60, 60] }, "\(name) at \(x), \(y)")
        }
    }

    @Test("the person's left is warm, the right is cold")
    func sides() {
        let picture = drawn([pose()])
        let left = pixel(picture, 0.56, 0.8)
        let right = pixel(picture, 0.44, 0.8)
        #expect(left[0] > left[2] + 40, "\(left)")
        #expect(right[2] > right[0] + 40, "\(right)")
    }

    @Test("a missing joint takes its bones with it, and nothing else")
    func missingJoint() throws {
        var cut = pose()
        cut.keypoints[try #require(cut.topology.index(of: "leftAnkle"))] = nil
        let picture = drawn([cut])
        #expect(pixel(picture, 0.56, 0.8) == [60, 60, 60])
        #expect(pixel(picture, 0.44, 0.8) == pixel(drawn([pose()]), 0.44, 0.8))
    }

    @Test("doubtful joints fade")
    func fading() {
        func strength(_ visibility: Float) -> Int {
            let color = pixel(drawn([pose(visibility: visibility)]), 0.44, 0.8)
            return color.map { abs($0 - 60) }.reduce(0, +)
        }
        #expect(strength(1) > strength(0.5))
        #expect(strength(0.5) > strength(0.2))
        #expect(strength(0.2) > 0)
        #expect(strength(0.05) == 0)
    }

    @Test("a label stands above the head, and the track number is always there")
    func labels() {
        let plain = drawn([pose()])
        let labelled = drawn([pose()], labels: [TrackID(1): ["squat 0.93 | reps 6", "wave"]])
        #expect(changedRows(plain).first! < Int(0.2 * 240), "the bare number stands above the head too")
        #expect(changedRows(labelled).first! < changedRows(plain).first!)
        #expect(drawn([pose()], labels: [TrackID(1): []]) == plain)
        #expect(drawn([pose()], labels: [TrackID(9): ["somebody else"]]) == plain)
    }

    @Test("two people in one place get two labels that can both be read")
    func labelsDoNotOverlap() {
        let low = pose(shift: SIMD2(0, 0.1))
        let one = drawn([low], labels: [TrackID(1): ["squat"]])
        let both = drawn([low, low], labels: [TrackID(1): ["squat"], TrackID(2): ["squat"]])
        #expect(changedRows(both).first! < changedRows(one).first!)
    }

    @Test("people half or wholly outside, and keypoints of no number, draw what can be drawn")
    func outside() {
        for shift in [SIMD2(-0.5, 0), SIMD2(0.45, 0.4), SIMD2(0, -0.6)] as [SIMD2<Float>] {
            #expect(drawn([pose(shift: shift)], labels: [TrackID(1): ["squat"]]) != background)
        }
        #expect(drawn([pose(shift: SIMD2(3, 0))]) == background)
        var random = SeededGenerator(seed: 4)
        let wild: [Float] = [.nan, .infinity, -.infinity, 1e30, -1e30, 0.5, 0.2, -0.1]
        for _ in 0..<500 {
            var hostile = pose()
            for joint in hostile.keypoints.indices {
                hostile.keypoints[joint] = Keypoint(
                    x: wild.randomElement(using: &random)!, y: wild.randomElement(using: &random)!,
                    visibility: wild.randomElement(using: &random)!, presence: wild.randomElement(using: &random)!)
            }
            #expect(drawn([hostile], labels: [TrackID(1): ["x"]]).bytes.count == background.bytes.count)
        }
        var tiny = PixelBuffer(width: 1, height: 1)
        let frame = SkeletonFrame(
            camera: "gym", index: 0, presentationTime: .zero, people: [TrackedPose(track: TrackID(1), pose: pose())])
        SkeletonOverlay().draw(frame, labels: [TrackID(1): ["squat"]], banner: "gym", on: &tiny)
        #expect(tiny.bytes.count == 3)
    }

    /// A hand with spread fingers, upright.
    private func hand(
        _ side: HandPose.Side, at wrist: SIMD2<Float>, length: Float = 0.2, score: Float = 1
    ) -> HandPose {
        HandPose(
            side: side, score: score,
            imagePoints: [SIMD3(wrist, 0)]
                + (0..<20).map { joint in
                    let reach = length * (0.5 + 0.5 * Float(joint % 4) / 3)
                    let spread = Float(joint / 4 - 2) * 0.15
                    return SIMD3(wrist.x + reach * spread, wrist.y - reach, 0)
                })
    }

    @Test("hands are drawn to the finger tips, warm and cold, small ones too", arguments: [0.03, 0.08, 0.3] as [Float])
    func hands(length: Float) {
        var person = pose()
        person.hands = [
            hand(.left, at: SIMD2(0.8, 0.9), length: length), hand(.right, at: SIMD2(0.2, 0.9), length: length),
        ]
        let picture = drawn([person])
        for (x, isWarm) in [(Float(0.8), true), (0.2, false)] {
            let middle = pixel(picture, x, 0.9 - 0.25 * length)
            #expect((middle[0] > middle[2]) == isWarm && middle != [60, 60, 60], "\(middle)")
            let tip = pixel(picture, x, 0.9 - length)
            #expect(tip.min()! > 150, "a light dot at the tip, \(tip)")
        }
    }

    @Test("a hand takes the place of the body's own finger bones")
    func handsReplaceFingers() throws {
        var person = pose()
        for (name, place) in [("leftPinky", SIMD2<Float>(0.9, 0.5)), ("rightPinky", SIMD2(0.1, 0.5))] {
            person.keypoints[try #require(person.topology.index(of: name))] = Keypoint(x: place.x, y: place.y)
        }
        #expect(pixel(drawn([person]), 0.9, 0.5) != [60, 60, 60])
        person.hands = [hand(.left, at: SIMD2(0.74, 0.3), length: 0.1)]
        #expect(pixel(drawn([person]), 0.9, 0.5) == [60, 60, 60])
        #expect(pixel(drawn([person]), 0.1, 0.5) != [60, 60, 60])
    }

    @Test("a hand without a body is drawn and labelled; hands of no number are not")
    func loneHand() {
        let wrist = SIMD2<Float>(0.5, 0.7)
        let lone = Pose(topology: .blazePose33, hands: [hand(.left, at: wrist)])
        let rows = changedRows(drawn([lone]))
        #expect(rows.last! >= Int(0.69 * 240) && rows.first! < Int(0.45 * 240), "the label stands above the hand")
        for wild in [SIMD2<Float>(.nan, 0.5), SIMD2(0.5, .infinity), SIMD2(1e20, 0)] {
            #expect(drawn([Pose(topology: .blazePose33, hands: [hand(.left, at: wild)])]) == background)
        }
        let doubtful = Pose(topology: .blazePose33, hands: [hand(.left, at: wrist, score: .nan)])
        #expect(drawn([doubtful]).bytes.count == background.bytes.count)
    }

    @Test("the banner lies along the bottom and tells time, camera and people")
    func banner() {
        let frame = SkeletonFrame(
            camera: "gym", index: 9, presentationTime: .milliseconds(83_045),
            people: [TrackedPose(track: TrackID(1), pose: pose())])
        #expect(SkeletonOverlay.banner(for: frame) == "01:23.045  gym  1 person")
        let rows = changedRows(drawn([], banner: SkeletonOverlay.banner(for: frame)))
        #expect(rows.last == 239)
        #expect(rows.first! > 200)
    }

    @Test("the same frame is drawn the same")
    func determinism() {
        let poses = [pose(), pose(.coco17, shift: SIMD2(0.2, 0.05)), pose(.kinect20, shift: SIMD2(-0.2, 0))]
        let labels: [TrackID: [LabelLine]] = [TrackID(1): ["a"], TrackID(2): ["b"], TrackID(3): ["c"]]
        #expect(drawn(poses, labels: labels) == drawn(poses, labels: labels))
    }
}
