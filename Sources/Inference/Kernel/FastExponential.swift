/// The exponential of numbers up to 0, in arithmetic that loops over many of them vectorise.
enum FastExponential {
    /// e^x for x ≤ 0, off by less than a millionth of itself; 0 from about -87 on, where a float ends.
    ///
    /// 2 to the nearest whole power goes into the exponent's bits; what is left, at most half a power, is a series.
    @inline(__always)
    static func value(_ x: Float) -> Float {
        let power = max(x, -126 * 0.693_147_2) * 1.442_695
        // Adding a number this large leaves the nearest whole number in the lowest bits.
        let shifted = power + 12_582_912
        let rest = (power - (shifted - 12_582_912)) * 0.693_147_2
        let scale = Float(bitPattern: (shifted.bitPattern &- 0x4B40_0000 &+ 127) << 23)
        let high = 1.0 / 6 + rest * (1.0 / 24 + rest * (1.0 / 120 + rest * (1.0 / 720)))
        let series = 1 + rest * (1 + rest * (0.5 + rest * high))
        return x < -87 ? 0 : series * scale
    }
}
