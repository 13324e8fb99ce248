import Foundation
import TestSupport

/// Media files put together byte by byte, for what `VideoWriter` does not write.
enum HandmadeMedia {
    /// A second of silence as a WAV file: sound and nothing else.
    static func silence() -> Data {
        let samples = 8_000
        func le32(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(value >> ($0 * 8) & 255) } }
        func le16(_ value: Int) -> [UInt8] { Array(le32(value).prefix(2)) }
        var data = Data("RIFF".utf8)
        data += le32(36 + samples * 2)
        data += Data("WAVEfmt ".utf8)
        data += le32(16) + le16(1) + le16(1) + le32(8_000) + le32(16_000) + le16(2) + le16(16)
        data += Data("data".utf8)
        data += le32(samples * 2)
        return data + Data(count: samples * 2)
    }

    /// Uncompressed pictures of one luma and chroma each, 4:2:0, at 10 a second; deep ones have the same in ten bits.
    static func flatVideo(
        width: Int, height: Int, aspect: String = "1:1", colors: [(y: UInt8, u: UInt8, v: UInt8)],
        isFullRange: Bool = false, isDeep: Bool = false
    ) -> Data {
        func plane(_ value: UInt8, count: Int) -> Data {
            guard isDeep else { return Data(repeating: value, count: count) }
            let deep = Int(value) * 4
            return Data((0..<count * 2).map { UInt8($0.isMultiple(of: 2) ? deep & 255 : deep >> 8) })
        }
        let chroma = ((width + 1) / 2) * ((height + 1) / 2)
        var data = Data("YUV4MPEG2 W\(width) H\(height) F10:1 Ip A\(aspect) C420\(isDeep ? "p10" : "jpeg")".utf8)
        data += Data((isFullRange ? " XCOLORRANGE=FULL\n" : "\n").utf8)
        for color in colors {
            data += Data("FRAME\n".utf8)
            data += plane(color.y, count: width * height)
            data += plane(color.u, count: chroma)
            data += plane(color.v, count: chroma)
        }
        return data
    }

    /// The bare H.264 stream inside an MP4 file that holds nothing else: no container, so no timestamps.
    static func bareStream(from mp4: Data) -> Data? {
        let bytes = [UInt8](mp4)
        guard let configuration = contents(of: "avcC", in: bytes), let media = contents(of: "mdat", in: bytes) else {
            return nil
        }
        let startCode: [UInt8] = [0, 0, 0, 1]
        var stream: [UInt8] = []
        // The configuration: five bytes, then how many parameter sets of either kind, each with its 16-bit length.
        var at = configuration.lowerBound + 5
        for mask in [0x1F, 0xFF] as [UInt8] {
            let count = bytes[at] & mask
            at += 1
            for _ in 0..<count {
                let length = Int(bytes[at]) << 8 | Int(bytes[at + 1])
                stream += startCode + bytes[at + 2..<at + 2 + length]
                at += 2 + length
            }
        }
        at = media.lowerBound
        while at + 4 <= media.upperBound {
            let length = bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
            guard at + 4 + length <= media.upperBound else { return nil }
            stream += startCode + bytes[at + 4..<at + 4 + length]
            at += 4 + length
        }
        return Data(stream)
    }

    /// The MP4 file with another display matrix of a, b, c, d, each -1, 0 or 1.
    static func withDisplayMatrix(_ mp4: Data, a: Int32, b: Int32, c: Int32, d: Int32) -> Data? {
        var bytes = [UInt8](mp4)
        guard let header = contents(of: "tkhd", in: bytes) else { return nil }
        let matrix = header.lowerBound + (bytes[header.lowerBound] == 1 ? 52 : 40)
        for (index, value) in [a, b, 0, c, d, 0, 0, 0].enumerated() {
            let fixed = UInt32(bitPattern: value << 16)
            for byte in 0..<4 { bytes[matrix + index * 4 + byte] = UInt8(fixed >> (24 - byte * 8) & 255) }
        }
        return Data(bytes)
    }

    /// An AVI of motion JPEG with a stream for each list of pictures, 25 a second.
    static func motionJPEG(_ streams: [(width: Int, height: Int, pictures: [Data])]) -> Data {
        func le32(_ value: Int) -> Data { Data((0..<4).map { UInt8(value >> ($0 * 8) & 255) }) }
        func le16(_ value: Int) -> Data { le32(value).prefix(2) }
        func chunk(_ name: String, _ body: Data) -> Data {
            Data(name.utf8) + le32(body.count) + body + Data(count: body.count % 2)
        }
        func list(_ name: String, _ body: Data) -> Data { chunk("LIST", Data(name.utf8) + body) }
        let longest = streams.map(\.pictures.count).max() ?? 0
        var head = chunk(
            "avih",
            le32(40_000) + le32(0) + le32(0) + le32(0) + le32(longest) + le32(0) + le32(streams.count) + le32(0)
                + le32(streams[0].width) + le32(streams[0].height) + Data(count: 16))
        var media = Data()
        for (number, stream) in streams.enumerated() {
            let header =
                Data("vidsMJPG".utf8) + le32(0) + le32(0) + le32(0) + le32(1) + le32(25) + le32(0)
                + le32(stream.pictures.count) + le32(0) + le32(0) + le32(0) + Data(count: 8)
            let format =
                le32(40) + le32(stream.width) + le32(stream.height) + le16(1) + le16(24) + Data("MJPG".utf8)
                + Data(count: 20)
            head += list("strl", chunk("strh", header) + chunk("strf", format))
            for picture in stream.pictures { media += chunk("0\(number)dc", picture) }
        }
        let body = Data("AVI ".utf8) + list("hdrl", head) + list("movi", media)
        return Data("RIFF".utf8) + le32(body.count) + body
    }

    /// Where the contents of the first box of that name lie.
    static func contents(of box: String, in bytes: [UInt8]) -> Range<Int>? { MP4Boxes.contents(of: box, in: bytes) }
}
