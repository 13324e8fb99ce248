import Foundation
import TestSupport
import Testing
import Training

struct ClipSurveyTests {
    @Test("classes, clips and people are counted, and little is warned of")
    func counts() {
        var motions = ToyMotions.make(clips: 12, seed: 1)
        #expect(ClipSurvey(motions).warnings.isEmpty)
        motions.removeAll { $0.label == "bend" && $0.name != "bend-4" }
        let survey = ClipSurvey(motions)
        #expect(survey.rows.map(\.label) == ["bend", "left_up", "right_up"] && survey.clips == 25)
        #expect(survey.rows.map(\.clips) == [1, 12, 12] && survey.rows.map(\.people) == [1, 3, 3])
        #expect(survey.people == ["0", "1", "2"])
        #expect(abs(survey.rows[0].seconds - 39.0 / 15) < 1e-9)
        #expect(survey.warnings.count == 1 && survey.warnings[0].hasPrefix("'bend' has 1 clip:"))
        for index in motions.indices { motions[index].subject = "ann" }
        #expect(ClipSurvey(motions).warnings.contains { $0.contains("one person") })
        for index in motions.indices { motions[index].subject = nil }
        #expect(ClipSurvey(motions).people.isEmpty && ClipSurvey(motions).rows[0].people == 0)
    }

    @Test(
        "a training can be kept to so many clips of each class, of everybody as evenly as can be", arguments: [2, 3, 7])
    func limit(clips: Int) throws {
        var recipe = ToyMotions.recipe
        recipe.clipsPerClass = clips
        let folder = try TemporaryFolder()
        let run = try TrainingRun(
            motions: ToyMotions.make(clips: 9, seed: 1), recipe: recipe, output: folder.file("m").path)
        #expect(run.clipCount == 3 * clips)
    }

    @Test("a protocol names the data, the people and the conditions")
    func protocolText() {
        var selection = ClipSelection()
        selection.columns = ["in_protocol": "1"]
        let text = EvaluationProtocol(
            layout: "toys", selection: selection,
            recordings: ToyMotions.make(clips: 4, seed: 1).map(LabelledRecording.init), trainingData: ["x (3 clips)"]
        ).text
        #expect(text == "toys, 12 clips of 0, 1, 2 where in_protocol = 1; trained on x (3 clips)")
    }
}
