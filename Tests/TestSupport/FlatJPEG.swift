public import Foundation

/// Grey pictures of one shade as baseline JPEG files, made by hand.
public enum FlatJPEG {
    /// - Parameters:
    ///   - width, height: 1…65535 pixels.
    ///   - shade: 0 black … 255 white.
    public static func data(width: Int, height: Int, shade: UInt8) -> Data {
        func word(_ value: Int) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 255)] }
        func segment(_ marker: UInt8, _ body: [UInt8]) -> [UInt8] { [0xFF, marker] + word(body.count + 2) + body }
        var bytes: [UInt8] = [0xFF, 0xD8]
        bytes += segment(0xDB, [0] + [UInt8](repeating: 8, count: 64))
        bytes += segment(0xC0, [8] + word(height) + word(width) + [1, 1, 0x11, 0])
        // Means: nine codes of four bits, one for each length of a difference. Detail: one code of one bit, for none.
        bytes += segment(0xC4, [0x00, 0, 0, 0, 9] + [UInt8](repeating: 0, count: 12) + Array(0...8))
        bytes += segment(0xC4, [0x10, 1] + [UInt8](repeating: 0, count: 15) + [0])
        bytes += segment(0xDA, [1, 1, 0, 0, 63, 0])
        // In steps of eight, a block's mean is its shade's distance from 128. All blocks but the first differ by nothing.
        let mean = Int(shade) - 128
        let length = Int.bitWidth - abs(mean).leadingZeroBitCount
        let number = mean < 0 ? mean + (1 << length) - 1 : mean
        var bits = Self.bits(length, count: 4) + Self.bits(number, count: length) + [0]
        let blocks = ((width + 7) / 8) * ((height + 7) / 8)
        bits += [UInt8](repeating: 0, count: (blocks - 1) * 5)
        return Data(bytes + packed(bits) + [0xFF, 0xD9])
    }

    private static func bits(_ number: Int, count: Int) -> [UInt8] {
        (0..<count).map { UInt8(number >> (count - 1 - $0) & 1) }
    }

    /// Bits as bytes, filled up with ones; a byte of ones is followed by a zero.
    private static func packed(_ bits: [UInt8]) -> [UInt8] {
        stride(from: 0, to: bits.count, by: 8).flatMap { start -> [UInt8] in
            let byte = (0..<8).reduce(UInt8(0)) { $0 << 1 | (start + $1 < bits.count ? bits[start + $1] : 1) }
            return byte == 0xFF ? [0xFF, 0] : [byte]
        }
    }
}
