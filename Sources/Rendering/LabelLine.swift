package import Imaging

/// A line said of a person in a picture, and what kind of thing it tells.
package struct LabelLine: Sendable, Hashable, ExpressibleByStringLiteral {
    /// Each kind has a colour and a shape of its own, so that none is taken for another.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// What a model sees somebody do.
        case action
        /// What a rule finds.
        case gesture
        /// Repetitions so far.
        case count

        package var color: Color {
            switch self {
            case .action: Color(120, 206, 255)
            case .gesture: Color(255, 214, 92)
            case .count: Color(150, 238, 150)
            }
        }
    }

    /// Printable ASCII.
    package let text: String
    /// Nil for what is neither.
    package let kind: Kind?

    package init(_ text: String, _ kind: Kind? = nil) {
        self.text = text
        self.kind = kind
    }

    package init(stringLiteral text: String) { self.init(text) }

    /// Width of the line with its mark, in pixels.
    func width(height: Float) -> Float {
        PixelBuffer.textWidth(text, height: height) + (kind == nil ? 0 : height)
    }

    func draw(at corner: SIMD2<Float>, height: Float, on picture: inout PixelBuffer) {
        guard let kind else { return picture.drawText(text, at: corner, height: height, color: .white) }
        let middle = corner + height * SIMD2(0.38, 0.5)
        let reach = height * 0.26
        switch kind {
        case .action:
            picture.fillRectangle(from: middle - reach, to: middle + reach, cornerRadius: 0, color: kind.color)
        case .gesture: picture.fillCircle(center: middle, radius: reach, color: kind.color)
        case .count:
            picture.fillPolygon(
                [
                    middle - SIMD2(0, reach * 1.3), middle + SIMD2(reach * 1.2, reach),
                    middle + SIMD2(-reach * 1.2, reach),
                ],
                color: kind.color)
        }
        picture.drawText(text, at: corner + SIMD2(height, 0), height: height, color: kind.color)
    }

    /// What the marks mean, side by side.
    package static let legend = Kind.allCases.map { LabelLine($0.rawValue, $0) }

    /// Width of the legend, in pixels.
    package static func legendWidth(height: Float) -> Float {
        legend.reduce(0) { $0 + $1.width(height: height) } + Float(legend.count - 1) * height * 0.8
    }

    /// Draws the legend from its top left corner on.
    package static func drawLegend(at corner: SIMD2<Float>, height: Float, on picture: inout PixelBuffer) {
        var corner = corner
        for line in legend {
            line.draw(at: corner, height: height, on: &picture)
            corner.x += line.width(height: height) + height * 0.8
        }
    }
}
