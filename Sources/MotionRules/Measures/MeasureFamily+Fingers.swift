/// Measures of the fingers, for hands that a source of skeletons gives or that were looked for in pictures.
extension MeasureFamily {
    private static let names = ["thumb", "index", "middle", "ring", "pinky"]

    static let fingers: [MeasureFamily] =
        (0..<5).map { finger in
            sides(
                names[finger] + "_curl", .ratio, 0...1,
                "how far the \(words(finger)) is rolled in: 0 straight, 0.4 half, above 0.6 in a fist",
                .curl(finger, of: .leftHand))
        }
        + (1..<5).map { finger in
            sides(
                "\(names[finger - 1])_\(names[finger])_spread", .degrees, 0...180,
                "angle between \(words(finger - 1)) and \(words(finger))",
                .fingerSpread(finger - 1, finger, of: .leftHand))
        }
        + (1..<5).map { finger in
            sides(
                names[finger] + "_pinch", .palmLengths, 0...5,
                "distance between the tips of thumb and \(words(finger)), about 0.2 when they touch",
                .pinch(finger, of: .leftHand))
        }

    private static func words(_ finger: Int) -> String {
        ["thumb", "index finger", "middle finger", "ring finger", "little finger"][finger]
    }
}
