import ArgumentParser
import MotionRules

/// `laban gesture measures`: what rules can ask of a body.
struct GestureMeasuresCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measures",
        abstract: "List every measure that a rule can ask for: its unit, range and meaning.",
        discussion: """
            A rule names a measure and a threshold: {measure: left_knee, below: 100, release: 110}. Measures with SIDES \
            take a word before their name that says the side; without one they are the mean of both. RANGE is what \
            thresholds may ask for.

            Examples:
              laban gesture measures
              laban gesture measures --json | jq -r 'select(.unit == "degrees") | .name'
            """)

    @Flag(help: "Print one JSON object a measure, sides written out, and nothing else.")
    var json = false

    /// One measure as JSON.
    private struct Row: Encodable {
        let name, unit, meaning, family: String
        let least, greatest: Float
        /// Absent for measures of the whole body.
        let side: String?
        /// Places of the body that must be seen.
        let points: [String]
    }

    func run() throws {
        if json {
            for measure in Measure.all {
                try StandardOutput.print(
                    JSONLine.text(
                        Row(
                            name: measure.name, unit: measure.unit.rawValue, meaning: measure.summary,
                            family: measure.family, least: measure.range.lowerBound,
                            greatest: measure.range.upperBound, side: measure.side?.rawValue,
                            points: measure.points.map { "\($0)" })))
            }
            return
        }
        var table = TextTable([
            ("MEASURE", .left), ("SIDES", .left), ("UNIT", .left), ("RANGE", .left), ("WHAT IT TELLS", .left),
        ])
        for family in MeasureFamily.all {
            table.append([
                family.name, family.isSided ? "yes" : "no", family.unit.rawValue,
                family.unit.text(family.range), family.meaning,
            ])
        }
        var sides = TextTable([("SIDE", .left), ("EXAMPLE", .left), ("WHAT IT STANDS FOR", .left)])
        for side in MeasureSide.allCases {
            sides.append([side == .mean ? "(none)" : side.prefix, side.prefix + "knee", side.meaning])
        }
        for (prefix, meaning) in MeasureSide.ruleWords { sides.append([prefix, prefix + "knee", meaning]) }
        var units = TextTable([("UNIT", .left), ("WHAT IT IS", .left)])
        for unit in MeasureUnit.allCases { units.append([unit.rawValue, unit.meaning]) }
        try StandardOutput.print([table.text, sides.text, units.text].joined(separator: "\n"), terminator: "")
    }
}
