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

    /// The height at which a text is at most so wide: `height`, or less.
    package static func textHeight(fitting text: String, into width: Float, atMost height: Float) -> Float {
        let wide = textWidth(text, height: height)
        return wide > width ? max(height * width / wide, 1) : height
    }

    /// Writes a line that has to fit: a long one a little smaller, a longer one without its end.
    ///
    /// - Parameters:
    ///   - width: room for it, in pixels.
    ///   - height: of the line where there is room enough.
    package mutating func drawText(
        _ text: String, at origin: SIMD2<Float>, fitting width: Float, height: Float, color: Color
    ) {
        var text = text
        // Smaller than two thirds nobody reads it.
        while text.count > 3, Self.textHeight(fitting: text, into: width, atMost: height) < height * 2 / 3 {
            text = text.dropLast(text.hasSuffix("..") ? 3 : 1) + ".."
        }
        drawText(
            text, at: origin, height: Self.textHeight(fitting: text, into: width, atMost: height), color: color)
    }
}
