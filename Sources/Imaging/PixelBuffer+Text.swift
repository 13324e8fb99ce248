extension PixelBuffer {
    /// Writes one line of text in a plain stroke font of Latin letters, digits and signs; other characters come as
    /// question marks.
    ///
    /// - Parameters:
    ///   - origin: the line's top left corner.
    ///   - height: of the whole line, tails included, in pixels; legible from about 12.
    package mutating func drawText(
        _ text: String, at origin: SIMD2<Float>, height: Float, color: Color, opacity: Float = 1
    ) {
        guard height > 0, height.isFinite, origin.x.isFinite, origin.y.isFinite else { return }
        let unit = height / StrokeFont.lineHeight
        let radius = unit * StrokeFont.weight / 2
        var corner = origin + SIMD2(unit, StrokeFont.top * unit)
        for character in text {
            guard corner.x < Float(width) + unit else { break }
            let glyph = StrokeFont.shared.glyph(for: character)
            for stroke in glyph.strokes {
                for (start, end) in zip(stroke, stroke.dropFirst()) {
                    fillCapsule(
                        from: corner + start * unit, to: corner + end * unit, radii: SIMD2(repeating: radius),
                        color: color, opacity: opacity)
                }
            }
            corner.x += glyph.advance * unit
        }
    }

    /// How many pixels wide `drawText` makes a line of that height.
    package static func textWidth(_ text: String, height: Float) -> Float {
        text.reduce(Float(1)) { $0 + StrokeFont.shared.glyph(for: $1).advance } * height / StrokeFont.lineHeight
    }
}
