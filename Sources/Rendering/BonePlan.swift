import Skeleton

/// Which lines and dots a skeleton is drawn with: its bones, but a face of a few dots and a neck instead of a mesh.
struct BonePlan: Sendable {
    enum Side: Sendable, Hashable {
        case left, right, middle
    }

    /// A line between two points, each the mean of one joint or more.
    struct Line: Sendable, Hashable {
        var start: [Int]
        var end: [Int]
        var side: Side
        /// Share of the full line width.
        var weight: Float
        /// Whether it stands for fingers, which a hand found there shows better.
        var isFinger = false
    }

    struct Dot: Sendable, Hashable {
        var joint: Int
        var side: Side
        /// Share of the full dot size; small in the face.
        var weight: Float
        var isFinger = false
    }

    let lines: [Line]
    let dots: [Dot]

    init(for topology: SkeletonTopology) {
        let names = topology.jointNames
        let isFace = names.map(Self.isFace)
        var lines = topology.inwardEdges.compactMap { edge -> Line? in
            let touchesFace = isFace[edge.child] || isFace[edge.parent]
            let isNeck = Self.isMiddle(names[edge.child]) && Self.isMiddle(names[edge.parent])
            guard !touchesFace || isNeck else { return nil }
            let isFinger = Self.isFinger(names[edge.child])
            return Line(
                start: [edge.parent], end: [edge.child], side: Self.side(names[edge.child], names[edge.parent]),
                weight: isFinger ? 0.6 : 1, isFinger: isFinger)
        }
        let drawnToFace = lines.contains { line in (line.start + line.end).contains { isFace[$0] } }
        if !drawnToFace, let nose = topology.index(of: "nose"), let left = topology.index(of: "leftShoulder"),
            let right = topology.index(of: "rightShoulder")
        {
            lines.append(Line(start: [left, right], end: [nose], side: .middle, weight: 0.8))
        }
        self.lines = lines
        dots = names.indices.compactMap { joint in
            if isFace[joint] && !Self.shownInFace.contains(names[joint]) { return nil }
            let isFinger = Self.isFinger(names[joint])
            return Dot(
                joint: joint, side: Self.side(names[joint], names[joint]), weight: isFace[joint] || isFinger ? 0.6 : 1,
                isFinger: isFinger)
        }
    }

    /// The person's own side; the middle where a bone spans both.
    static func side(_ first: String, _ second: String) -> Side {
        let sides = [first, second].map { name -> Side in
            name.hasPrefix("left") || name.hasSuffix("Left")
                ? .left : name.hasPrefix("right") || name.hasSuffix("Right") ? .right : .middle
        }
        if sides[0] == sides[1] { return sides[0] }
        if sides[0] == .middle { return sides[1] }
        return sides[1] == .middle ? sides[0] : .middle
    }

    private static let shownInFace: Set<String> = ["nose", "leftEye", "rightEye", "leftEar", "rightEar"]

    private static func isMiddle(_ name: String) -> Bool { side(name, name) == .middle }

    static func isFace(_ name: String) -> Bool {
        name == "nose" || name.hasPrefix("mouth") || name.contains("Eye") || name.hasSuffix("Ear")
    }

    private static func isFinger(_ name: String) -> Bool {
        !name.contains("Foot") && ["Pinky", "Index", "Thumb", "Tip"].contains { name.contains($0) }
    }
}
