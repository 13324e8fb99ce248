import Imaging
import Rendering
import Skeleton
import TestSupport
import Testing

struct LabelPlaceTests {
    /// Somebody standing, of a height and at a place in fractions of the picture.
    private func person(_ x: Float, top: Float, height: Float, _ track: Int) -> TrackedPose {
        let places: [String: SIMD2<Float>] = [
            "nose": [0, 0.08], "Eye": [0.02, 0.06], "Ear": [0.04, 0.07], "Shoulder": [0.12, 0.2],
            "Elbow": [0.16, 0.36],
            "Wrist": [0.17, 0.5], "Hip": [0.08, 0.52], "Knee": [0.08, 0.75], "Ankle": [0.08, 0.97],
        ]
        let pose = Pose(
            topology: .coco17,
            keypoints: SkeletonTopology.coco17.jointNames.map { name in
                let side: Float = name.hasPrefix("left") ? 1 : -1
                let part = name.replacing("left", with: "").replacing("right", with: "")
                guard let place = places[part] else { return nil }
                return Keypoint(x: x + side * place.x * height, y: top + place.y * height)
            })
        return TrackedPose(track: TrackID(track), pose: pose)
    }

    /// The picture with and without labels' panels: where they differ from a drawing of bare skeletons.
    private func drawn(_ people: [TrackedPose], _ lines: [LabelLine], width: Int, height: Int) -> PixelBuffer {
        var picture = PixelBuffer(width: width, height: height, color: Color(60, 60, 60))
        let frame = SkeletonFrame(camera: "gym", index: 0, presentationTime: .zero, people: people)
        let labels = Dictionary(uniqueKeysWithValues: people.map { ($0.track, lines) })
        SkeletonOverlay().draw(frame, labels: labels, on: &picture)
        return picture
    }

    private func pixel(_ picture: PixelBuffer, _ x: Float, _ y: Float) -> [UInt8] {
        let (column, row) = (Int(x * Float(picture.width)), Int(y * Float(picture.height)))
        let at = row * picture.stride + column * 3
        return Array(picture.bytes[at..<at + 3])
    }

    @Test(
        "no label covers a head, be somebody at the top of the picture, among others or in a portrait",
        arguments: [(640, 360), (360, 640), (480, 480)])
    func heads(width: Int, height: Int) {
        let lines: [LabelLine] = [
            LabelLine("jumping_jack 95%", .action), LabelLine("raise_hand", .gesture), LabelLine("squat x12", .count),
        ]
        let crowds = [
            [person(0.5, top: 0, height: 0.7, 1)], [person(0.1, top: 0.1, height: 0.6, 1)],
            [
                person(0.3, top: 0.3, height: 0.5, 1), person(0.5, top: 0.32, height: 0.5, 2),
                person(0.7, top: 0.28, height: 0.5, 3),
            ],
        ]
        for people in crowds {
            let bare = drawn(people, [], width: width, height: height)
            let labelled = drawn(people, lines, width: width, height: height)
            #expect(bare != labelled)
            for somebody in people {
                // Between and just above the eyes: the skeleton has no line there, only the grey behind.
                for (dx, dy) in [(0, 0), (0, -0.03), (0.03, 0), (-0.03, 0)] as [(Float, Float)] {
                    guard let eyes = somebody.pose.keypoints[1].map({ ($0.x - 0.01, $0.y) }), eyes.1 + dy > 0.01 else {
                        continue
                    }
                    let place = (eyes.0 + dx * 0.6, eyes.1 + dy)
                    #expect(
                        pixel(labelled, place.0, place.1) == pixel(bare, place.0, place.1),
                        "#\(somebody.track) of \(people.count) in \(width)x\(height)")
                }
            }
        }
    }

    @Test("an action, a gesture and a count differ in colour and shape, and the banner's legend names all three")
    func kinds() {
        let one = [person(0.5, top: 0.3, height: 0.6, 1)]
        let pictures = LabelLine.Kind.allCases.map { kind in
            drawn(one, [LabelLine("squat", kind)], width: 640, height: 360)
        }
        #expect(Set(pictures.map(\.bytes)).count == 3)
        #expect(Set(LabelLine.Kind.allCases.map { [$0.color.red, $0.color.green, $0.color.blue] }).count == 3)
        #expect(LabelLine.legend.map(\.text) == ["action", "gesture", "count"])
    }

    @Test("a long banner fits a portrait, and the legend stands above it", arguments: [120, 360, 720])
    func portrait(width: Int) {
        var picture = PixelBuffer(width: width, height: width * 2, color: .white)
        let frame = SkeletonFrame(
            camera: "entrance-of-the-sports-hall-north", index: 0, presentationTime: .zero, people: [])
        SkeletonOverlay().draw(frame, banner: SkeletonOverlay.banner(for: frame), on: &picture)
        // Its last column is as empty as its first: nothing was cut off.
        for y in 1..<40 {
            let row = (picture.height - y) * picture.stride
            #expect(picture.bytes[row] == picture.bytes[row + (picture.width - 1) * 3], "at \(y)")
        }
        for text in ["short", String(repeating: "a long caption ", count: 20)] {
            var caption = PixelBuffer(width: 200, height: 30, color: .black)
            caption.drawText(text, at: .zero, fitting: 150, height: 17, color: .white)
            let isDrawn = (0..<30).contains { y in
                (160..<200).contains { x in caption.bytes[y * caption.stride + x * 3] > 0 }
            }
            #expect(!isDrawn)
        }
    }
}
