import Foundation
package import Lifting
import ModelStore
package import MotionRules
package import Pipeline
package import Shapes

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

extension LiftingNetwork {
    /// Laban's own in `Models/lifting`; nil where that folder is not.
    package static func shipped() throws -> LiftingNetwork? {
        guard let folder = try? ResourceLocator().folder("Models/lifting") else { return nil }
        return try LiftingNetwork(folder: folder.path)
    }
}

extension PipelineParts {
    /// What a pipeline for this input is made of, action models left out: pose networks where there are pictures, and what
    /// is looked for.
    ///
    /// - Parameter shared: gestures and exercises of a server; nil where the caller adds some.
    package init(
        for input: PipelineInput, lookingFor shared: Shared<GestureContent>?, falseAlarmsPerHour: Double?, threads: Int,
        findsHands: Bool
    ) throws {
        self.init(
            poseModelFolder: input.isVideo ? try ModelFolder.requirePoseWeights() : nil, poseThreads: threads,
            findsHands: findsHands)
        self.shared = shared
        if !input.isVideo { lifting = try LiftingNetwork.shipped() }
        self.falseAlarmsPerHour = falseAlarmsPerHour
    }
}
