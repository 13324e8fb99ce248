package import Skeleton

/// A gesture that was shown rather than written: its examples' skeletons, and how near a motion must come to them.
package struct TaughtGesture: Sendable, Equatable {
    /// What its events are called.
    package var name: String
    /// Whether the mirror image counts too.
    package var isMirrored: Bool
    /// The highest cost at which it is told: 0 is the example itself, 1 about as far as standing still.
    package var threshold: Float
    /// What the threshold was chosen for; nil where it was given.
    package var falseAlarmsPerHour: Double?
    /// One to five.
    package var examples: [Example]

    /// One showing of it: a stretch of one person's motion with what came before and after.
    package struct Example: Sendable, Equatable {
        /// Where it came from, as the user named it.
        package var source: String
        /// The gesture itself, in the samples' time.
        package var span: ClosedRange<Double>
        /// Growing in time, at most `TaughtGesture.mostSamples`.
        package var samples: [MotionSample]

        package init(source: String, span: ClosedRange<Double>, samples: [MotionSample]) {
            self.source = source
            self.span = span
            self.samples = samples
        }
    }

    /// The most examples of a gesture, samples of an example, and gestures of a folder.
    package static let mostExamples = 5
    package static let mostSamples = 600
    package static let mostGestures = 64
    /// Bounds of thresholds.
    package static let thresholds: ClosedRange<Float> = 0.05...1.5
    /// Seconds before and after the gesture that an example keeps: the network must have seen the body for a while.
    package static let lead = 1.0
    package static let trail = 0.6

    package init(
        name: String, isMirrored: Bool = false, threshold: Float, falseAlarmsPerHour: Double? = nil,
        examples: [Example]
    ) {
        precondition((1...Self.mostExamples).contains(examples.count), "one to five examples")
        self.name = name
        self.isMirrored = isMirrored
        self.threshold = threshold
        self.falseAlarmsPerHour = falseAlarmsPerHour
        self.examples = examples
    }

    /// What makes a name: small letters, digits and `_`, a letter first, as labels of events are.
    package static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) else { return false }
        return text.utf8.count <= 64
            && text.utf8.allSatisfy {
                UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
                    || $0 == UInt8(ascii: "_")
            }
    }
}

extension TaughtGesture.Example {
    /// Whether it shows no body.
    package var isOfHandsAlone: Bool { samples.allSatisfy(\.seesHandsAlone) }

    /// The same seen in a mirror.
    var mirrored: Self {
        var copy = self
        copy.samples = samples.map(\.mirroredSample)
        return copy
    }
}

extension MotionSample {
    /// The same seen in a mirror.
    var mirroredSample: MotionSample {
        var copy = self
        copy.seen = 0
        for (joint, other) in SkeletonTopology.common16.mirrored.enumerated() {
            copy.points[joint] = points[other] * SIMD3(-1, 1, 1)
            if isSeen(other) { copy.seen |= 1 << UInt16(joint) }
        }
        copy.root =
            switch root {
            case .unknown: .unknown
            case .world(let point): .world(point * SIMD3(-1, 1, 1))
            case .image(let point, let perMetre): .image(point * SIMD2(-1, 1), perMetre: perMetre)
            }
        return copy
    }
}

extension MotionSample: Equatable {
    package static func == (a: Self, b: Self) -> Bool {
        a.time == b.time && a.seen == b.seen && a.root == b.root
            && (0..<jointCount).allSatisfy { a.points[$0] == b.points[$0] }
    }
}
