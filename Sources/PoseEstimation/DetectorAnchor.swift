/// The centre of one of the places at which the detector looks for a person, in 0…1 of its input.
///
/// Anchors of a single-shot detector (Liu et al. 2016) as BlazePose lays them out: fixed size 1, so the centre is all
/// there is to an anchor.
struct DetectorAnchor: Hashable {
    let x: Float
    let y: Float

    /// Number of input pixels along each edge.
    static let inputSide = 224

    /// Grids of anchors from fine to coarse: pixels from cell to cell, and how many anchors share a cell.
    private static let layers: [(stride: Int, anchorsPerCell: Int)] = [(8, 2), (16, 2), (32, 6)]

    /// All 2,254 anchors in the order of the detector's output.
    static let all: [DetectorAnchor] = layers.flatMap { layer in
        let cells = inputSide / layer.stride
        return (0..<cells * cells).flatMap { cell in
            let anchor = DetectorAnchor(
                x: (Float(cell % cells) + 0.5) / Float(cells), y: (Float(cell / cells) + 0.5) / Float(cells))
            return [DetectorAnchor](repeating: anchor, count: layer.anchorsPerCell)
        }
    }
}
