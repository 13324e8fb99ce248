/// One branch of a temporal convolution in several branches (Duan et al. 2022).
package struct TemporalBranch: Sendable, Codable, Equatable {
    /// What a branch makes of the frames it looks at.
    package enum Kind: String, Sendable, JSONChoice {
        /// A convolution; over one frame there is nothing to convolve, and it passes on what it is given.
        case convolution
        /// The largest of them.
        case largest
    }

    package var kind: Kind
    /// Frames it looks at.
    package var kernel: Int
    /// Frames from one of them to the next.
    package var dilation: Int

    package init(_ kind: Kind = .convolution, kernel: Int, dilation: Int = 1) {
        self.kind = kind
        self.kernel = kernel
        self.dilation = dilation
    }

    /// How far it looks within a block.
    ///
    /// - Parameter lookAhead: frames after the one an output speaks of that no branch looks beyond; nil for centred.
    package func receptiveField(stride: Int, lookAhead: Int?) -> ReceptiveField {
        ReceptiveField(
            kernel: kernel, stride: stride, dilation: dilation,
            lookAhead: lookAhead.map { min($0, (kernel - 1) * dilation) / dilation * dilation })
    }

    /// How far all of them look together.
    static func receptiveField(_ branches: [TemporalBranch], stride: Int, lookAhead: Int?) -> ReceptiveField {
        let all = branches.map { $0.receptiveField(stride: stride, lookAhead: lookAhead) }
        let delay = all.reduce(0) { max($0, $1.delay) }
        return ReceptiveField(
            size: all.reduce(0) { max($0, $1.lookBack) } + delay + 1, delay: delay, stride: stride)
    }

    /// How many of a block's channels each branch has: equal shares, the first also what is left over.
    static func shares(of channels: Int, among branches: Int) -> [Int] {
        let share = channels / branches
        return [channels - share * (branches - 1)] + [Int](repeating: share, count: branches - 1)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try container.decodeIfPresent(Kind.self, forKey: .kind) ?? .convolution,
            kernel: try container.decode(Int.self, forKey: .kernel),
            dilation: try container.decodeIfPresent(Int.self, forKey: .dilation) ?? 1)
    }

    private enum CodingKeys: String, CodingKey {
        case kind, kernel, dilation
    }
}
