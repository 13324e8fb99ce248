import Foundation

/// The landmark network's heat map: for every cell of its grid and every point a logit of the point being there.
package struct HeatMap {
    /// Cells along each edge.
    package static let side = 64
    /// How many cells to each side of a point are looked at.
    private static let reach = 3
    /// Where no cell nearby is this sure, the point stays where it is.
    private static let leastConfidence: Float = 0.5

    /// Shape (64, 64, points).
    let logits: UnsafeBufferPointer<Float>
    let pointCount: Int

    /// - Parameters:
    ///   - logits: shape (64, 64, pointCount).
    package init(logits: UnsafeBufferPointer<Float>, pointCount: Int) {
        precondition(logits.count == Self.side * Self.side * pointCount, "one logit a cell and point")
        self.logits = logits
        self.pointCount = pointCount
    }

    /// A better place for a point: the mean of the cells round it, weighted by how sure the map is of each.
    ///
    /// - Parameters:
    ///   - place: the point in 0…1 of the network's input.
    ///   - point: which point of the network it is.
    package func refined(_ place: SIMD2<Float>, point: Int) -> SIMD2<Float> {
        let scaled = place * Float(Self.side)
        guard scaled.x > -1, scaled.y > -1, scaled.x < Float(Self.side), scaled.y < Float(Self.side) else {
            return place
        }
        let column = Int(scaled.x)
        let row = Int(scaled.y)
        var total: Float = 0
        var highest: Float = 0
        var sum = SIMD2<Float>.zero
        for y in max(0, row - Self.reach)...min(Self.side - 1, row + Self.reach) {
            for x in max(0, column - Self.reach)...min(Self.side - 1, column + Self.reach) {
                let confidence = sigmoid(logits[(y * Self.side + x) * pointCount + point])
                total += confidence
                highest = max(highest, confidence)
                sum += SIMD2(Float(x), Float(y)) * confidence
            }
        }
        guard highest >= Self.leastConfidence else { return place }
        return sum / (total * Float(Self.side))
    }
}
