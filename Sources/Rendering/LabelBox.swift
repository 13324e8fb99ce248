import Imaging

/// A small panel that names a person and says what they do, near their head but on nobody's.
struct LabelBox {
    private let name: String
    private let lines: [LabelLine]
    private let textHeight: Float
    private let nameWidth: Float
    let box: Box
    /// From the panel to the head, where it stands off.
    private let leader: (from: SIMD2<Float>, to: SIMD2<Float>)?

    /// Finds a place inside the picture: above the head where there is room, else beside the body or under it.
    ///
    /// - Parameters:
    ///   - heads: of everybody, which no panel may cover.
    ///   - bodies: of everybody, which are covered where nothing else is left.
    ///   - taken: what stands in the picture already.
    init(
        _ name: String, _ lines: [LabelLine], of body: Body, on picture: PixelBuffer, heads: [Box], bodies: [Box],
        taken: [Box]
    ) {
        self.name = name
        self.lines = lines
        let picture = SIMD2(Float(picture.width), Float(picture.height))
        let usual = SkeletonOverlay.textHeight(on: picture)
        func width(_ height: Float) -> (name: Float, all: Float) {
            let name = PixelBuffer.textWidth(name, height: height) + height * 0.5
            return (name, name + (lines.map { $0.width(height: height) + height * 0.5 }.max() ?? 0))
        }
        let textHeight = max(min(usual, usual * picture.x / max(width(usual).all, 1)), 4)
        self.textHeight = textHeight
        let widths = width(textHeight)
        nameWidth = widths.name
        let size = SIMD2(widths.all, Float(max(lines.count, 1)) * textHeight * 1.1 + textHeight * 0.3)
        let places = Self.places(of: size, for: body, textHeight: textHeight, on: picture)
        let area = size.x * size.y
        func cost(_ box: Box) -> Float {
            let distance = box.nearest(to: body.head.middle) - body.head.nearest(to: box.middle)
            return 400 * taken.reduce(0) { $0 + $1.overlap(box) } / area
                + 400 * heads.reduce(0) { $0 + $1.overlap(box) } / area
                + 4 * bodies.reduce(0) { $0 + $1.overlap(box) } / area
                + ((distance * distance).sum().squareRoot() + 0.4 * abs(box.middle.x - body.head.middle.x)) / textHeight
        }
        let best = places.map { ($0, cost($0)) }.min { $0.1 < $1.1 }?.0 ?? Box(low: .zero, high: size)
        box = best
        let (from, to) = (best.nearest(to: body.head.middle), body.head.nearest(to: best.middle))
        let span = to - from
        leader = (span * span).sum().squareRoot() > textHeight * 1.2 ? (from, to) : nil
    }

    /// Where a panel might stand: over the head and further up, to both sides at several heights, and under the body.
    private static func places(
        of size: SIMD2<Float>, for body: Body, textHeight: Float, on picture: SIMD2<Float>
    ) -> [Box] {
        let (head, gap) = (body.head, textHeight * 0.3)
        let room = pointwiseMax(picture - size, .zero)
        let over = SIMD2(head.middle.x - size.x / 2, head.low.y - size.y - gap)
        var corners = (0...8).map { over - SIMD2(0, Float($0) * textHeight) }
        for shift in [-1, -0.5, 0.5, 1] as [Float] { corners.append(over + SIMD2(shift * size.x, 0)) }
        for step in -3...12 {
            let y = head.middle.y - size.y / 2 + Float(step) * textHeight
            for x in [head.high.x + gap, head.low.x - gap - size.x, body.high.x + gap, body.low.x - gap - size.x] {
                corners.append(SIMD2(x, y))
            }
        }
        corners.append(SIMD2((body.low.x + body.high.x - size.x) / 2, body.high.y + gap))
        return corners.map { corner in
            let low = pointwiseMin(pointwiseMax(corner, .zero), room)
            return Box(low: low, high: low + size)
        }
    }

    func draw(on picture: inout PixelBuffer, accent: Color) {
        if let leader {
            picture.strokeLine(from: leader.from, to: leader.to, width: textHeight * 0.2, color: .black, opacity: 0.4)
            picture.strokeLine(from: leader.from, to: leader.to, width: textHeight * 0.1, color: accent)
        }
        let corner = textHeight * 0.25
        picture.fillRectangle(from: box.low, to: box.high, cornerRadius: corner, color: .black, opacity: 0.7)
        picture.fillRectangle(
            from: box.low, to: SIMD2(box.low.x + nameWidth, box.high.y), cornerRadius: corner, color: accent)
        let top = box.low.y + textHeight * 0.15
        picture.drawText(
            name, at: SIMD2(box.low.x + textHeight * 0.25, box.middle.y - textHeight / 2), height: textHeight,
            color: Color(16, 16, 20))
        for (index, line) in lines.enumerated() {
            let place = SIMD2(
                box.low.x + nameWidth + textHeight * 0.2, top + textHeight * (1.1 * Float(index) + 0.05))
            line.draw(at: place, height: textHeight, on: &picture)
        }
    }
}
