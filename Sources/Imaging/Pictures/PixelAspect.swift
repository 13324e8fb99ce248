/// How wide a stored pixel is over how high it is shown (the sample aspect ratio). Films made for television, and many
/// that were, have pixels that are no squares.
package struct PixelAspect: Sendable, Hashable, CustomStringConvertible {
    package let numerator: Int
    package let denominator: Int

    package static let square = PixelAspect(trusted: 1, 1)

    /// Nothing is filmed with pixels longer than this many times their breadth.
    private static let greatest = 8.0
    /// Pixels so nearly square are taken for squares: encoders write such shapes to make odd sizes even.
    private static let tolerance = 0.01
    /// No picture is stretched beyond this many pixels along an edge, which is what a video can hold.
    private static let greatestSide = 8192.0

    private init(trusted numerator: Int, _ denominator: Int) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// nil for a shape that no pixel has.
    package init?(_ numerator: Int, _ denominator: Int) {
        guard numerator > 0, denominator > 0 else { return nil }
        let ratio = Double(numerator) / Double(denominator)
        guard ratio <= Self.greatest, 1 / ratio <= Self.greatest else { return nil }
        self.init(trusted: numerator, denominator)
    }

    package var description: String { "\(numerator):\(denominator)" }

    /// Width over height of a pixel.
    package var ratio: Double { Double(numerator) / Double(denominator) }

    /// Whether pixels may be shown as they are.
    package var isSquare: Bool { abs(ratio - 1) < Self.tolerance }

    /// How large a picture of such pixels is in square ones. It is stretched the way it is too short in, or shrunk the
    /// other way where that would make it larger than any picture.
    package func squareSize(width: Int, height: Int) -> (width: Int, height: Int) {
        if isSquare { return (width, height) }
        let stretch = max(ratio, 1 / ratio)
        let isWide = ratio > 1
        if Double(isWide ? width : height) * stretch <= Self.greatestSide {
            return isWide ? (scaled(width, by: stretch), height) : (width, scaled(height, by: stretch))
        }
        return isWide ? (width, scaled(height, by: 1 / stretch)) : (scaled(width, by: 1 / stretch), height)
    }

    private func scaled(_ length: Int, by factor: Double) -> Int { max(1, Int((Double(length) * factor).rounded())) }
}
