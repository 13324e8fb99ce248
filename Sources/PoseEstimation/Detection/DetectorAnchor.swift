/// The centre of one of the places at which a detector looks for a person or a palm, in 0…1 of its input.
///
/// Anchors of a single-shot detector (Liu et al. 2016) as BlazePose lays them out: fixed size 1, so the centre is all
/// there is to an anchor.
package struct DetectorAnchor: Sendable, Hashable {
    package let x: Float
    package let y: Float

    package init(x: Float, y: Float) {
        self.x = x
        self.y = y
    }

    /// Number of the person detector's input pixels along each edge.
    package static let inputSide = 224

    /// All 2,254 anchors of the person detector, in the order of its output.
    package static let all = anchors(inputSide: inputSide, layers: [(8, 2), (16, 2), (32, 6)])

    /// All 2,016 anchors of the palm detector, in the order of its output.
    package static let palms = anchors(inputSide: PalmDetection.inputSide, layers: [(8, 2), (16, 6)])

    /// - Parameter layers: grids of anchors from fine to coarse: pixels from cell to cell, and how many anchors share a
    ///   cell.
    private static func anchors(
        inputSide: Int, layers: [(stride: Int, anchorsPerCell: Int)]
    ) -> [DetectorAnchor] {
        layers.flatMap { layer in
            let cells = inputSide / layer.stride
            return (0..<cells * cells).flatMap { cell in
                let anchor = DetectorAnchor(
                    x: (Float(cell % cells) + 0.5) / Float(cells), y: (Float(cell / cells) + 0.5) / Float(cells))
                return [DetectorAnchor](repeating: anchor, count: layer.anchorsPerCell)
            }
        }
    }
}
