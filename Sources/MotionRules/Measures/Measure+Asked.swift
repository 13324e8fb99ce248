import Shapes

/// Measures that rules ask for by words of their own, not by a name of the table.
extension Measure {
    /// How sure it is that a hand makes a shape, 0…1.
    static func hand(_ word: HandWord, _ side: MeasureSide) -> Measure {
        let classes = word.shapes.compactMap { HandShape.allCases.firstIndex(of: $0) }
        return asked(
            "hand_" + word.name, side, .ratio, 0...1, "how sure it is that the hand makes the shape '\(word.name)'",
            .handShape(classes, of: .leftHand))
    }

    /// How sure it is that the body gives a signal, 0…1.
    static func posture(_ signal: BodySignal) -> Measure {
        let index = BodySignal.allCases.firstIndex(of: signal) ?? 0
        return Measure(
            name: "posture_" + signal.rawValue, unit: .ratio, range: 0...1,
            meaning: "how sure it is that the body is in the posture '\(signal.rawValue)'",
            family: "posture_" + signal.rawValue, formula: .bodySignal(index))
    }

    /// How far a wrist went one way, in torso lengths.
    static func moved(_ direction: MoveDirection, within seconds: Double, _ side: MeasureSide) -> Measure {
        asked(
            "wrist_moved_\(direction.rawValue)_in_\(seconds)_s", side, .torsoLengths, 0...6,
            "how far the wrist went \(direction.rawValue), straight, within the last \(seconds) s",
            .moved(.leftWrist, against: .leftShoulder, direction, seconds: seconds))
    }

    /// How often a wrist went round.
    static func circled(isClockwise: Bool, within seconds: Double, _ side: MeasureSide) -> Measure {
        let word = isClockwise ? "clockwise" : "counterclockwise"
        return asked(
            "wrist_circles_\(word)_in_\(seconds)_s", side, .ratio, 0...20,
            "how often the wrist went round \(word), as the person sees it, within the last \(seconds) s",
            .circled(.leftWrist, against: .leftShoulder, isClockwise: isClockwise, seconds: seconds))
    }

    private static func asked(
        _ name: String, _ side: MeasureSide, _ unit: MeasureUnit, _ range: ClosedRange<Float>, _ meaning: String,
        _ left: MeasureFormula
    ) -> Measure {
        let family = MeasureFamily(
            name: name, unit: unit, range: range, meaning: meaning, isSided: true, formula: left)
        guard let measure = family.measures.first(where: { $0.side == side }) else {
            preconditionFailure("a sided measure has every side")
        }
        return measure
    }
}
