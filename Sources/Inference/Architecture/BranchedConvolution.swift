/// The multi-branch temporal convolution of ST-GCN++ (Duan et al. 2022): one map at a point narrows the
/// channels for all branches, each looks along time in its own way, and one map at a point joins them. What is narrowed
/// and what is joined is normalised and rectified.
package struct BranchedConvolution: Sendable, Equatable {
    /// One branch and its channels.
    package struct Path: Sendable, Equatable {
        package let branch: TemporalBranch
        package let receptiveField: ReceptiveField
        /// Of those of all branches.
        package let channels: Range<Int>
        /// nil for a branch without weights.
        package let convolution: TemporalConvolution?
    }

    package let inputChannels: Int
    package let outputChannels: Int
    package let receptiveField: ReceptiveField
    /// Frames after the one an output speaks of that no branch looks beyond; nil for centred branches.
    package let lookAhead: Int?
    /// (outputChannels, inputChannels): the channels of all branches are as many as come out.
    package let narrowing: TemporalConvolution
    package let narrowNorm: BatchNormalisation
    package let paths: [Path]
    package let joinNorm: BatchNormalisation
    /// (outputChannels, outputChannels).
    package let joining: TemporalConvolution

    package init(
        _ name: String, from inputChannels: Int, to outputChannels: Int, branches: [TemporalBranch], stride: Int,
        lookAhead: Int? = nil, layout: inout ParameterLayout
    ) {
        self.inputChannels = inputChannels
        self.outputChannels = outputChannels
        self.lookAhead = lookAhead
        receptiveField = TemporalBranch.receptiveField(branches, stride: stride, lookAhead: lookAhead)
        narrowing = TemporalConvolution(
            name + ".narrow", from: inputChannels, to: outputChannels, kernel: 1, layout: &layout)
        narrowNorm = BatchNormalisation(name + ".narrow_norm", channels: outputChannels, layout: &layout)
        var first = 0
        var paths: [Path] = []
        let shares = TemporalBranch.shares(of: outputChannels, among: branches.count)
        for (index, (branch, share)) in zip(branches, shares).enumerated() {
            let receptiveField = branch.receptiveField(stride: stride, lookAhead: lookAhead)
            let hasWeights = branch.kind == .convolution && branch.kernel > 1
            paths.append(
                Path(
                    branch: branch, receptiveField: receptiveField, channels: first..<first + share,
                    convolution: hasWeights
                        ? TemporalConvolution(
                            "\(name).branches.\(index)", from: share, to: share, kernel: branch.kernel,
                            stride: stride, dilation: branch.dilation, lookAhead: receptiveField.delay, layout: &layout)
                        : nil))
            first += share
        }
        self.paths = paths
        joinNorm = BatchNormalisation(name + ".join_norm", channels: outputChannels, layout: &layout)
        joining = TemporalConvolution(
            name + ".join", from: outputChannels, to: outputChannels, kernel: 1, layout: &layout)
    }
}
