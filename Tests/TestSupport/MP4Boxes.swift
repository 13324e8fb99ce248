public import Foundation

/// MP4 files taken apart, and changed where `VideoWriter` has nothing to say.
public enum MP4Boxes {
    /// The MP4 file with its pixels' shape in a box of its own.
    public static func withPixelAspect(_ mp4: Data, _ numerator: UInt8, _ denominator: UInt8) -> Data? {
        var bytes = [UInt8](mp4)
        let box: [UInt8] = [0, 0, 0, 16] + Array("pasp".utf8) + [0, 0, 0, numerator, 0, 0, 0, denominator]
        guard let table = contents(of: "stsd", in: bytes), let media = contents(of: "mdat", in: bytes),
            let entry = contents(of: "avc1", in: bytes, from: table.lowerBound)
        else { return nil }
        func add(_ count: Int, at place: Int) {
            let value = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } + count
            for byte in 0..<4 { bytes[place + byte] = UInt8(value >> (24 - byte * 8) & 255) }
        }
        for name in ["moov", "trak", "mdia", "minf", "stbl", "stsd", "avc1"] {
            // The file's head names "avc1" as well.
            let start = name == "avc1" ? table.lowerBound : 4
            guard let inner = contents(of: name, in: bytes, from: start) else { return nil }
            add(box.count, at: inner.lowerBound - 8)
        }
        // What lies behind the new box moves, and with it the chunks that the table of offsets names.
        guard let offsets = contents(of: "stco", in: bytes) else { return nil }
        if media.lowerBound > entry.upperBound {
            for place in stride(from: offsets.lowerBound + 8, to: offsets.upperBound, by: 4) {
                add(box.count, at: place)
            }
        }
        bytes.insert(contentsOf: box, at: entry.upperBound)
        return Data(bytes)
    }

    /// Where the contents of the first box of that name after a place lie.
    public static func contents(of box: String, in bytes: [UInt8], from start: Int = 4) -> Range<Int>? {
        let name = Array(box.utf8)
        guard let at = (start..<bytes.count - 4).first(where: { Array(bytes[$0..<$0 + 4]) == name }) else { return nil }
        let size = bytes[at - 4..<at].reduce(0) { $0 << 8 | Int($1) }
        return at + 4..<min(at - 4 + size, bytes.count)
    }
}
