import Foundation
import Training

/// What was found to train on, as text for people.
struct SurveyReport {
    private let survey: ClipSurvey
    private let name: String

    init(_ survey: ClipSurvey, name: String) {
        self.survey = survey
        self.name = name
    }

    var text: String {
        var table = TextTable([("CLASS", .left), ("CLIPS", .right), ("PEOPLE", .right), ("SECONDS", .right)])
        for row in survey.rows {
            table.append([
                row.label, "\(row.clips)", row.people > 0 ? "\(row.people)" : "?", String(format: "%.1f", row.seconds),
            ])
        }
        let people =
            survey.people.isEmpty
            ? "nothing says who moves"
            : "\(survey.people.count) \(survey.people.count == 1 ? "person" : "people"): "
                + survey.people.joined(separator: ", ")
        let leftOut = survey.leftOut > 0 ? "\(survey.leftOut) left out, " : ""
        return "\(name): \(survey.clips) clips of \(survey.rows.count) classes, \(leftOut)\(people)\n" + table.text
            + survey.warnings.map { "Warning: \($0)\n" }.joined()
    }
}
