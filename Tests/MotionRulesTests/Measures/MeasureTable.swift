import MotionRules

/// The table of measures as other files carry it: the schema for editors, and the article.
enum MeasureTable {
    /// The definition of `measure` in `Gestures/schema.json`: every name with what it tells, as JSON lines without the
    /// outer indentation.
    static var schema: String {
        var entries = Measure.all.map { measure in
            entry(measure.name, description(measure.summary, measure.unit, measure.range))
        }
        for (prefix, meaning) in MeasureSide.ruleWords {
            entries += MeasureFamily.all.filter(\.isSided).sorted { $0.name < $1.name }.map { family in
                entry(prefix + family.name, description("\(family.meaning) (\(meaning))", family.unit, family.range))
            }
        }
        return """
            "measure": {
              "description": "\(schemaDescription)",
              "oneOf": [
                \(entries.joined(separator: ",\n    "))
              ]
            }
            """
    }

    /// The table in the article, in Markdown.
    static var article: String {
        var lines = ["| Measure | Sides | Unit | Range | What it tells |", "| --- | --- | --- | --- | --- |"]
        for family in MeasureFamily.all {
            lines.append(
                "| `\(family.name)` | \(family.isSided ? "yes" : "") | \(family.unit.rawValue.replacing("_", with: " ")) | "
                    + "\(family.unit.text(family.range)) | \(family.meaning) |")
        }
        lines += ["", "| Word before a sided measure | Stands for |", "| --- | --- |"]
        for side in MeasureSide.allCases {
            lines.append("| \(side.prefix.isEmpty ? "none" : "`\(side.prefix)`") | \(side.meaning) |")
        }
        for (prefix, meaning) in MeasureSide.ruleWords { lines.append("| `\(prefix)` | \(meaning) |") }
        lines += ["", "| Unit | What it is |", "| --- | --- |"]
        for unit in MeasureUnit.allCases {
            lines.append("| \(unit.rawValue.replacing("_", with: " ")) | \(unit.meaning) |")
        }
        return lines.joined(separator: "\n")
    }

    private static let schemaDescription =
        "What is measured: 'laban gesture measures' lists them. Sided ones come with a word for the side before them, or "
        + "as the mean of both without one."

    private static func description(_ summary: String, _ unit: MeasureUnit, _ range: ClosedRange<Float>) -> String {
        "\(unit.rawValue.replacing("_", with: " ")), \(unit.text(range)): \(summary)"
    }

    /// Names and summaries hold nothing that JSON escapes.
    private static func entry(_ name: String, _ description: String) -> String {
        "{ \"const\": \"\(name)\", \"description\": \"\(description)\" }"
    }
}
