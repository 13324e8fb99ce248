/// The unit of a measure's values.
package enum MeasureUnit: String, Sendable, Hashable {
    case degrees
    /// Multiples of the distance from mid hip to mid shoulder.
    case torsoLengths = "torso_lengths"
    case torsoLengthsPerSecond = "torso_lengths_per_second"
    /// A share of something, without a unit.
    case ratio
    case count
}

/// A named number that rules can ask of a body: an angle, a height, a distance, a speed.
///
/// Left and right are the person's own. A measure that takes both sides, such as `knee` or `least_knee`, rests on the
/// side that is seen where the other is hidden, so it does not mind from where a camera looks.
package struct Measure: Sendable, Hashable {
    /// The word for it in rule files, such as `left_knee`.
    package let name: String
    package let unit: MeasureUnit
    /// One sentence on what it tells.
    package let summary: String
    let formula: MeasureFormula

    package static func == (a: Self, b: Self) -> Bool { a.name == b.name }

    package func hash(into hasher: inout Hasher) { hasher.combine(name) }

    /// The measure of that name, or nil.
    package static func named(_ name: String) -> Measure? { catalogue[name] }

    /// Every measure, sorted by name.
    package static let all: [Measure] = catalogue.values.sorted { $0.name < $1.name }

    private static let catalogue = Dictionary(uniqueKeysWithValues: (sided + whole).map { ($0.name, $0) })

    /// The measures of something that both sides of the body have: `left_…`, `right_…`, `least_…`, `greatest_…`,
    /// `uneven_…` (how far apart the sides are) and, without a word before it, the mean.
    private static func sides(
        _ name: String, _ unit: MeasureUnit, _ summary: String, _ left: MeasureFormula
    ) -> [Measure] {
        let right = left.mirrored
        return [
            Measure(name: "left_" + name, unit: unit, summary: "Left: \(summary)", formula: left),
            Measure(name: "right_" + name, unit: unit, summary: "Right: \(summary)", formula: right),
            Measure(name: name, unit: unit, summary: "Mean of both sides: \(summary)", formula: .mean(left, right)),
            Measure(
                name: "least_" + name, unit: unit, summary: "Lesser side: \(summary)", formula: .least(left, right)),
            Measure(
                name: "greatest_" + name, unit: unit, summary: "Greater side: \(summary)",
                formula: .greatest(left, right)),
            Measure(
                name: "uneven_" + name, unit: unit, summary: "Difference between the sides: \(summary)",
                formula: .difference(left, right)),
        ]
    }

    private static let sided: [Measure] = [
        sides(
            "knee", .degrees, "angle of the knee, 180 when straight",
            .angle(.leftHip, at: .leftKnee, .leftAnkle)),
        sides(
            "hip", .degrees, "angle between trunk and thigh, 180 when straight",
            .angle(.leftShoulder, at: .leftHip, .leftKnee)),
        sides(
            "elbow", .degrees, "angle of the elbow, 180 when straight",
            .angle(.leftShoulder, at: .leftElbow, .leftWrist)),
        sides(
            "shoulder", .degrees, "angle between trunk and upper arm, 0 when the arm hangs",
            .angle(.leftHip, at: .leftShoulder, .leftElbow)),
        sides(
            "thigh", .degrees, "the thigh's angle from hanging straight down, 90 when level",
            .fromDown(.leftHip, to: .leftKnee)),
        sides(
            "arm", .degrees, "the angle of the line from shoulder to wrist from straight down, 180 when up",
            .fromDown(.leftShoulder, to: .leftWrist)),
        sides(
            "forearm", .degrees, "the forearm's angle from straight down, 180 when the hand is above the elbow",
            .fromDown(.leftElbow, to: .leftWrist)),
        sides(
            "wrist_over_head", .torsoLengths, "height of the wrist above the nose",
            .height(.leftWrist, over: .head)),
        sides(
            "wrist_over_shoulder", .torsoLengths, "height of the wrist above the shoulder",
            .height(.leftWrist, over: .leftShoulder)),
        sides(
            "hip_over_ankle", .torsoLengths, "height of the hip above the ankle",
            .height(.leftHip, over: .leftAnkle)),
        sides(
            "hip_drop", .ratio, "share of the hip's greatest height above the ankle of late that it has come down by",
            .drop(.leftHip, over: .leftAnkle)),
        sides(
            "shoulder_drop", .ratio,
            "share of the shoulder's greatest height above the wrist of late that it has come down by",
            .drop(.leftShoulder, over: .leftWrist)),
        sides(
            "wrist_speed", .torsoLengthsPerSecond, "speed of the wrist against the shoulder",
            .speed(.leftWrist, against: .leftShoulder)),
        sides(
            "wave_strokes", .count, "sideways strokes of the hand within a window, while it is above the elbow",
            .strokes(.leftWrist, elbow: .leftElbow, shoulder: .leftShoulder, .wide)),
        sides(
            "wave_flicks", .count, "strokes like these in a row, which may be narrow but are of one width and pace",
            .strokes(.leftWrist, elbow: .leftElbow, shoulder: .leftShoulder, .even)),
    ].flatMap { $0 }

    private static let whole: [Measure] = [
        Measure(
            name: "torso", unit: .degrees, summary: "The trunk's angle from upright, 90 when lying",
            formula: .fromDown(.midShoulder, to: .midHip)),
        Measure(
            name: "ankle_spread", unit: .torsoLengths, summary: "Distance between the ankles",
            formula: .distance(.leftAnkle, .rightAnkle)),
        Measure(
            name: "ankle_stagger", unit: .torsoLengths, summary: "How far one ankle is in front of the other",
            formula: .stagger(.leftAnkle, .rightAnkle)),
        Measure(
            name: "wrist_spread", unit: .torsoLengths, summary: "Distance between the wrists",
            formula: .distance(.leftWrist, .rightWrist)),
        Measure(
            name: "arm_span", unit: .ratio,
            summary: "Distance between the wrists over the length of arms and shoulders, 1 when stretched out sideways",
            formula: .armSpan),
    ]
}
