import Inference

extension TemporalMap {
    /// Multiply-adds of one clip.
    func multiplyAdds(_ before: BatchExtent, _ after: BatchExtent) -> Int {
        switch self {
        case .convolution(let layer): layer.weight.count * after.clipCount
        case .branched(let layer): layer.multiplyAdds(before, after)
        }
    }

    /// Values that `columns` must hold.
    func columnsCount(_ extent: BatchExtent) -> Int {
        switch self {
        case .convolution(let layer): layer.columnsCount(extent)
        case .branched(let layer): layer.columnsCount(extent)
        }
    }

    /// Numbers of each part that `forward` leaves for `backward`.
    func counts(_ extent: BatchExtent) -> [Int] {
        switch self {
        case .convolution: []
        case .branched(let layer): layer.counts(extent)
        }
    }
}
