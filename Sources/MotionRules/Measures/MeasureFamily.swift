/// A row of the table of measures: one formula, taken of the whole body or of either side.
///
/// The table is the only place that measures stand in: the reader of rule files, `laban gesture measures`,
/// `Gestures/schema.json` and the article on measures all come from it.
package struct MeasureFamily: Sendable {
    /// The word for it in rule files, without a side.
    package let name: String
    package let unit: MeasureUnit
    /// What thresholds may ask for. Angles, shares and counts never lie outside; lengths may where the trunk is seen
    /// shortened.
    package let range: ClosedRange<Float>
    /// One sentence on what it tells.
    package let meaning: String
    /// Whether a word before the name may say the side.
    package let isSided: Bool
    /// That of the left side where it is sided.
    let formula: MeasureFormula

    /// Every kind of measure, those of joints first.
    package static let all: [MeasureFamily] =
        [
            sides(
                "knee", .degrees, 0...180, "angle of the knee, 180 when straight",
                .angle(.leftHip, at: .leftKnee, .leftAnkle)),
            sides(
                "hip", .degrees, 0...180, "angle between trunk and thigh, 180 when straight",
                .angle(.leftShoulder, at: .leftHip, .leftKnee)),
            sides(
                "elbow", .degrees, 0...180, "angle of the elbow, 180 when straight",
                .angle(.leftShoulder, at: .leftElbow, .leftWrist)),
            sides(
                "shoulder", .degrees, 0...180, "angle between trunk and upper arm, 0 when the arm hangs",
                .angle(.leftHip, at: .leftShoulder, .leftElbow)),
            sides(
                "thigh", .degrees, 0...180, "the thigh's angle from hanging straight down, 90 when level",
                .fromDown(.leftHip, to: .leftKnee)),
            sides(
                "shank", .degrees, 0...180, "the lower leg's angle from upright, 90 when level",
                .fromDown(.leftKnee, to: .leftAnkle)),
            sides(
                "arm", .degrees, 0...180,
                "the angle of the line from shoulder to wrist from straight down, 180 when up",
                .fromDown(.leftShoulder, to: .leftWrist)),
            sides(
                "forearm", .degrees, 0...180,
                "the forearm's angle from straight down, 180 when the hand is above the elbow",
                .fromDown(.leftElbow, to: .leftWrist)),
            sides(
                "wrist_over_head", .torsoLengths, -4...4, "height of the wrist above the nose",
                .height(.leftWrist, over: .head)),
            sides(
                "wrist_over_shoulder", .torsoLengths, -4...4, "height of the wrist above the shoulder",
                .height(.leftWrist, over: .leftShoulder)),
            sides(
                "hip_over_ankle", .torsoLengths, -4...4, "height of the hip above the ankle",
                .height(.leftHip, over: .leftAnkle)),
            sides(
                "hip_drop", .ratio, 0...3,
                "share of the hip's greatest height above the ankle within the last 10 s that it has come down by",
                .drop(.leftHip, over: .leftAnkle)),
            sides(
                "shoulder_drop", .ratio, 0...3,
                "share of the shoulder's greatest height above the wrist within the last 10 s that it has come down by",
                .drop(.leftShoulder, over: .leftWrist)),
            sides(
                "wrist_speed", .torsoLengthsPerSecond, 0...50, "speed of the wrist against the shoulder",
                .speed(.leftWrist, against: .leftShoulder)),
            sides(
                "wave_strokes", .count, 0...20,
                "wide sideways strokes of the hand within the last 1.5 s, while it is above the elbow",
                .strokes(.leftWrist, elbow: .leftElbow, shoulder: .leftShoulder, .wide)),
            sides(
                "wave_flicks", .count, 0...20,
                "sideways strokes in a row within the last 1.5 s, which may be narrow but are of one width and pace",
                .strokes(.leftWrist, elbow: .leftElbow, shoulder: .leftShoulder, .even)),
            whole(
                "torso", .degrees, 0...180, "the trunk's angle from upright, 90 when lying",
                .fromDown(.midShoulder, to: .midHip)),
            whole(
                "ankle_spread", .torsoLengths, 0...6, "distance between the ankles", .distance(.leftAnkle, .rightAnkle)),
            whole(
                "knee_spread", .ratio, 0...10,
                "distance between the knees over that between the ankles, below 1 when the knees lean in",
                .proportion(.leftKnee, .rightKnee, over: .leftAnkle, .rightAnkle)),
            whole(
                "ankle_stagger", .torsoLengths, 0...6, "how far one ankle is in front of the other",
                .stagger(.leftAnkle, .rightAnkle)),
            whole(
                "wrist_spread", .torsoLengths, 0...6, "distance between the wrists", .distance(.leftWrist, .rightWrist)),
            whole(
                "arm_span", .ratio, 0...1,
                "distance between the wrists over the length of arms and shoulders, 1 when stretched out sideways",
                .armSpan
            ),
            whole(
                "wrist_crossing", .torsoLengths, -6...6,
                "how far the left wrist lies to the right of the right one, above 0 when the arms cross",
                .crossing(.leftWrist, .rightWrist)),
        ] + fingers

    /// The measures it stands for: one, or one a side.
    var measures: [Measure] {
        guard isSided else {
            return [Measure(name: name, unit: unit, range: range, meaning: meaning, family: name, formula: formula)]
        }
        return MeasureSide.allCases.map { side in
            let right = formula.mirrored
            let sided: MeasureFormula =
                switch side {
                case .mean: .mean(formula, right)
                case .left: formula
                case .right: right
                case .least: .least(formula, right)
                case .greatest: .greatest(formula, right)
                case .uneven: .difference(formula, right)
                }
            return Measure(
                name: side.prefix + name, unit: unit,
                range: side == .uneven ? 0...(range.upperBound - range.lowerBound) : range,
                meaning: meaning, family: name, side: side, formula: sided)
        }
    }

    static func sides(
        _ name: String, _ unit: MeasureUnit, _ range: ClosedRange<Float>, _ meaning: String, _ left: MeasureFormula
    ) -> MeasureFamily {
        MeasureFamily(name: name, unit: unit, range: range, meaning: meaning, isSided: true, formula: left)
    }

    private static func whole(
        _ name: String, _ unit: MeasureUnit, _ range: ClosedRange<Float>, _ meaning: String, _ formula: MeasureFormula
    ) -> MeasureFamily {
        MeasureFamily(name: name, unit: unit, range: range, meaning: meaning, isSided: false, formula: formula)
    }
}
