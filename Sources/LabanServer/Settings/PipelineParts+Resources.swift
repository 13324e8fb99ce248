import ModelStore
package import Pipeline

extension PipelineParts {
    /// What a pipeline for this input is made of, action models left out: pose networks where there are pictures, and what
    /// is looked for.
    ///
    /// - Parameter shared: gestures and exercises of a server; nil where the caller adds some.
    package init(
        for input: PipelineInput, lookingFor shared: SharedGestures?, falseAlarmsPerHour: Double?, threads: Int,
        findsHands: Bool
    ) throws {
        self.init(
            poseModelFolder: input.isVideo ? try ModelFolder.requirePoseWeights() : nil, poseThreads: threads,
            findsHands: findsHands)
        self.shared = shared
        self.falseAlarmsPerHour = falseAlarmsPerHour
    }
}
