/// How 8-bit luma and colour differences (Y, Cb, Cr) become red, green and blue (ITU-R BT.601, BT.709, BT.2020).
///
/// red = lumaGain · Y + redFromCr · Cr + redOffset, and so on.
package struct ColorConversion: Sendable, Hashable {
    var lumaGain: Float
    var redFromCr: Float
    var greenFromCb: Float
    var greenFromCr: Float
    var blueFromCb: Float
    var redOffset: Float
    var greenOffset: Float
    var blueOffset: Float

    /// - Parameter isFullRange: whether black to white is 0…255 of luma rather than 16…235.
    package init(_ matrix: ColorMatrix, isFullRange: Bool) {
        let (red, blue) = matrix.shares
        let green = 1 - red - blue
        let black: Float = isFullRange ? 0 : 16
        let chromaGain: Float = isFullRange ? 1 : 255 / 224
        lumaGain = isFullRange ? 1 : 255 / 219
        redFromCr = 2 * (1 - red) * chromaGain
        blueFromCb = 2 * (1 - blue) * chromaGain
        greenFromCr = -redFromCr * red / green
        greenFromCb = -blueFromCb * blue / green
        redOffset = -lumaGain * black - redFromCr * 128
        greenOffset = -lumaGain * black - (greenFromCb + greenFromCr) * 128
        blueOffset = -lumaGain * black - blueFromCb * 128
    }

    /// The same, to `scale` times the value plus `offset`.
    func scaled(by scale: Float, plus offset: Float) -> ColorConversion {
        var result = self
        result.lumaGain *= scale
        result.redFromCr *= scale
        result.greenFromCb *= scale
        result.greenFromCr *= scale
        result.blueFromCb *= scale
        result.redOffset = redOffset * scale + offset
        result.greenOffset = greenOffset * scale + offset
        result.blueOffset = blueOffset * scale + offset
        return result
    }

    /// Red, green and blue, not yet kept within their range.
    @inline(__always)
    func callAsFunction(_ luma: Float, _ cb: Float, _ cr: Float) -> (red: Float, green: Float, blue: Float) {
        let bright = lumaGain * luma
        return (
            bright + redFromCr * cr + redOffset,
            bright + greenFromCb * cb + greenFromCr * cr + greenOffset,
            bright + blueFromCb * cb + blueOffset
        )
    }
}
