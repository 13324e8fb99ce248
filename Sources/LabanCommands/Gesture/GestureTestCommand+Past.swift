import ArgumentParser
import Foundation
import LabanServer
import MotionRules
import Pipeline
import Recognition
import Shapes

extension GestureTestCommand {
    /// What is looked for in the past: the rules of a file, or a rule or taught gesture by name.
    func pastParts() throws -> PipelineParts {
        var parts = PipelineParts()
        if FileManager.default.fileExists(atPath: rule) {
            for rule in try MotionRuleSet.rules(at: URL(filePath: rule)) { parts.add(rule) }
        } else {
            let folder = try GestureFolder(named: gestures)
            folder.warn()
            if let gesture = folder.taught.first(where: { $0.name == rule }) {
                parts.taught = ExemplarSet([gesture], model: try GestureFolder.model())
            }
            for exercise in folder.rules.exercises where exercise.name == rule { parts.add(.exercise(exercise)) }
            for hold in folder.rules.holds where hold.label == rule { parts.add(.hold(hold)) }
            for gesture in folder.rules.gestures where gesture.label == rule { parts.add(.gesture(gesture)) }
        }
        guard parts.taught != nil || !parts.exercises.isEmpty || !parts.holds.isEmpty || !parts.gestures.isEmpty else {
            throw ValidationError(
                "expected a rule file, a rule or a taught gesture, found '\(rule)'; see 'laban gesture list'")
        }
        parts.shapes = try ShapeModels(for: parts.gestures)
        return parts
    }
}
