import Foundation
import Imaging

/// A square of the picture that the detector is shown time and again.
struct SearchSquare: Equatable {
    let region: CropRegion
    /// 0 for the whole picture; the higher, the smaller the square.
    let level: Int
}

extension SearchSquare {
    /// Edge of the largest tiles over the picture's shorter edge: people from a fifth of that edge upwards are found.
    private static let largestShare: Float = 0.65
    /// Edge in pixels of the smallest tiles: a person of 80 pixels fills nearly a third of one.
    private static let smallestSide: Float = 304
    /// Edge in pixels below which a tile holds nobody: a picture so narrow is searched as a whole only.
    private static let leastSide: Float = 48
    /// The edge of a level is at least this share of that of the level above.
    private static let leastRatio: Float = 0.55
    /// The least share of a square that its neighbour sees as well.
    private static let overlap: Float = 0.38

    /// The whole picture and, if wanted, ever smaller overlapping squares that cover it.
    static func all(width: Int, height: Int, withTiles: Bool) -> [SearchSquare] {
        let longer = Float(max(width, height))
        let center = SIMD2(Float(width), Float(height)) / 2
        var squares = [SearchSquare(region: CropRegion(center: center, side: longer), level: 0)]
        guard withTiles, Float(min(width, height)) * largestShare >= leastSide else { return squares }
        for (index, side) in sides(shorterEdge: Float(min(width, height))).enumerated() {
            for y in centers(along: Float(height), side: side) {
                for x in centers(along: Float(width), side: side) {
                    squares.append(
                        SearchSquare(region: CropRegion(center: SIMD2(x, y), side: side), level: index + 1))
                }
            }
        }
        return squares
    }

    /// Edges of the tiles of every level, in equal ratios from the largest to the smallest; a picture so small that the
    /// largest are hardly larger than the smallest has one level.
    private static func sides(shorterEdge: Float) -> [Float] {
        let largest = shorterEdge * largestShare
        guard largest * 0.75 > smallestSide else { return [largest.rounded()] }
        let steps = (log(smallestSide / largest) / log(leastRatio)).rounded(.up)
        return (0...Int(steps)).map { (largest * pow(smallestSide / largest, Float($0) / steps)).rounded() }
    }

    private static func centers(along length: Float, side: Float) -> [Float] {
        guard side < length else { return [length / 2] }
        let steps = Int(((length - side) / (side * (1 - overlap))).rounded(.up))
        return (0...steps).map { side / 2 + (length - side) * Float($0) / Float(steps) }
    }
}
