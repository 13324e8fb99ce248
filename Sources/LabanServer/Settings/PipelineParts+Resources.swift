import Foundation
import MarkedYAML
import ModelStore
package import MotionRules
package import Pipeline
package import Shapes

extension MotionRuleSet {
    /// The rules of a folder; Laban's own where none is named.
    package init(named folder: String?) throws {
        let place = try folder.map { URL(filePath: $0) } ?? ResourceLocator().folder("Gestures")
        try self.init(folder: place)
        guard folder == nil || !exercises.isEmpty || !gestures.isEmpty else {
            throw YAMLFileError(file: place.path, message: "expected rule files (.yaml), found none")
        }
    }
}

extension ShapeModels {
    /// Laban's networks for shapes, as far as these gestures ask them.
    package init(for gestures: [Gesture]) throws {
        self.init()
        let asked = gestures.reduce(into: Set()) { $0.formUnion($1.networks) }
        guard !asked.isEmpty else { return }
        // Each by itself: a folder of own models need not hold these.
        let locator = ResourceLocator()
        if asked.contains(.hand) {
            hand = try ShapeModel(.hand, folder: locator.folder("Models/hand_shapes").path)
        }
        if asked.contains(.body) {
            body = try ShapeModel(.body, folder: locator.folder("Models/body_signals").path)
        }
    }
}

extension PipelineParts {
    /// What a pipeline for this input is made of, action models left out: pose networks where there are pictures, and rules.
    package init(
        for input: PipelineInput, rulesIn folder: String?, falseAlarmsPerHour: Double?, threads: Int, findsHands: Bool
    ) throws {
        let rules = try MotionRuleSet(named: folder)
        self.init(
            poseModelFolder: input.isVideo ? try ModelFolder.requirePoseWeights() : nil,
            gestures: rules.gestures, exercises: rules.exercises, poseThreads: threads, findsHands: findsHands)
        self.falseAlarmsPerHour = falseAlarmsPerHour
        shapes = try ShapeModels(for: rules.gestures)
    }
}
