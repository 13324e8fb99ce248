import Imaging

/// A small panel of text lines over a person's head.
struct LabelBox {
    private let lines: [String]
    private let textHeight: Float
    private let low: SIMD2<Float>
    private let high: SIMD2<Float>

    /// Places the panel inside the picture, above the body where there is room, and clear of panels placed before.
    init(_ lines: [String], above body: Body, on picture: PixelBuffer, avoiding taken: [LabelBox]) {
        self.lines = lines
        let textHeight = SkeletonOverlay.textHeight(on: picture)
        self.textHeight = textHeight
        let margin = textHeight * 0.25
        let width = (lines.map { PixelBuffer.textWidth($0, height: textHeight) }.max() ?? 0) + margin * 2
        let size = SIMD2(width, Float(lines.count) * textHeight + margin * 2)
        let room = pointwiseMax(SIMD2(Float(picture.width), Float(picture.height)) - size, .zero)
        let wanted = SIMD2((body.low.x + body.high.x - size.x) / 2, body.low.y - size.y - body.lineWidth * 4)
        let start = pointwiseMin(pointwiseMax(wanted, .zero), room)
        // Upwards first, then downwards, in steps of a line.
        let shifts = (0...24).map { Float($0) * textHeight * 0.5 }
        let places = (shifts.map { -$0 } + shifts).map { shift in
            pointwiseMin(pointwiseMax(start + SIMD2(0, shift), .zero), room)
        }
        let place = places.first { place in
            !taken.contains { $0.overlaps(from: place, to: place + size) }
        }
        low = place ?? start
        high = low + size
    }

    func draw(on picture: inout PixelBuffer, accent: Color) {
        let margin = textHeight * 0.25
        picture.fillRectangle(from: low, to: high, cornerRadius: margin, color: .black, opacity: 0.65)
        picture.fillRectangle(
            from: low, to: SIMD2(low.x + margin * 0.6, high.y), cornerRadius: margin * 0.3, color: accent)
        for (index, line) in lines.enumerated() {
            let corner = low + SIMD2(margin * 1.2, margin + Float(index) * textHeight)
            picture.drawText(line, at: corner, height: textHeight, color: .white)
        }
    }

    private func overlaps(from otherLow: SIMD2<Float>, to otherHigh: SIMD2<Float>) -> Bool {
        low.x < otherHigh.x && otherLow.x < high.x && low.y < otherHigh.y && otherLow.y < high.y
    }
}
