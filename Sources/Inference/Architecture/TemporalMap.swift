/// The part of a block that looks along time.
package enum TemporalMap: Sendable, Equatable {
    case convolution(TemporalConvolution)
    case branched(BranchedConvolution)

    init(_ name: String, _ block: TemporalArchitecture.Block, layout: inout ParameterLayout) {
        if let branches = block.branches {
            self = .branched(
                BranchedConvolution(
                    name, from: block.channels, to: block.channels, branches: branches, stride: block.stride,
                    lookAhead: block.lookAhead, layout: &layout))
        } else {
            self = .convolution(
                TemporalConvolution(
                    name, from: block.channels, to: block.channels, kernel: block.kernel, stride: block.stride,
                    dilation: block.dilation, lookAhead: block.lookAhead, layout: &layout))
        }
    }

    package var receptiveField: ReceptiveField {
        switch self {
        case .convolution(let layer): layer.receptiveField
        case .branched(let layer): layer.receptiveField
        }
    }

    package var outputChannels: Int {
        switch self {
        case .convolution(let layer): layer.outputChannels
        case .branched(let layer): layer.outputChannels
        }
    }

    /// Every convolution in it.
    var convolutions: [TemporalConvolution] {
        switch self {
        case .convolution(let layer): [layer]
        case .branched(let layer): [layer.narrowing] + layer.paths.compactMap(\.convolution) + [layer.joining]
        }
    }

    /// Every normalisation in it.
    var norms: [BatchNormalisation] {
        switch self {
        case .convolution: []
        case .branched(let layer): [layer.narrowNorm, layer.joinNorm]
        }
    }
}
