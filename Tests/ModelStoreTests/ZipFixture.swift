import CZlib
import Foundation

/// Writes small zip files, right ones and wrong ones.
struct ZipFixture {
    struct Entry {
        var name: String
        var contents: [UInt8]
        var deflated = true
        /// What the directory claims instead of the true length.
        var claimedSize: Int?
    }

    var entries: [Entry]

    /// A wheel-like mixture of what the tests look for and what they do not.
    static func wheel(of files: [(entry: String, contents: [UInt8])]) -> ZipFixture {
        let others = [
            Entry(name: "toy/__init__.py", contents: Array("pass\n".utf8), deflated: false),
            Entry(name: "../../escape.tflite", contents: Array("out of here".utf8)),
        ]
        return ZipFixture(
            entries: others
                + files.enumerated().map { Entry(name: $1.entry, contents: $1.contents, deflated: $0 % 2 == 0) })
    }

    var bytes: [UInt8] {
        var file: [UInt8] = []
        var directory: [UInt8] = []
        for entry in entries {
            let packed = entry.deflated ? Self.deflate(entry.contents) : entry.contents
            let checksum = entry.contents.withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) }
            let name = Array(entry.name.utf8)
            let common =
                Self.little(entry.deflated ? 8 : 0, 2) + Self.little(0, 4) + Self.little(Int(checksum), 4)
                + Self.little(packed.count, 4) + Self.little(entry.claimedSize ?? entry.contents.count, 4)
                + Self.little(name.count, 2)
            let start = file.count
            file += Self.little(0x0403_4b50, 4) + Self.little(20, 2) + Self.little(0, 2) + common + Self.little(0, 2)
            file += name + packed
            directory +=
                Self.little(0x0201_4b50, 4) + Self.little(20, 2) + Self.little(20, 2) + Self.little(0, 2) + common
            directory += Self.little(0, 12) + Self.little(start, 4) + name
        }
        let start = file.count
        file += directory
        file += Self.little(0x0605_4b50, 4) + Self.little(0, 4) + Self.little(entries.count, 2)
        file +=
            Self.little(entries.count, 2) + Self.little(directory.count, 4) + Self.little(start, 4) + Self.little(0, 2)
        return file
    }

    private static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 < 8 ? value >> (8 * $0) : 0) }
    }

    private static func deflate(_ contents: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        precondition(laban_deflateInitRaw(&stream) == Z_OK, "zlib starts")
        defer { deflateEnd(&stream) }
        var input = contents
        return [UInt8](unsafeUninitializedCapacity: Int(deflateBound(&stream, UInt(contents.count)))) { buffer, count in
            input.withUnsafeMutableBufferPointer { input in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(buffer.count)
                precondition(CZlib.deflate(&stream, Z_FINISH) == Z_STREAM_END, "the bound holds")
                count = buffer.count - Int(stream.avail_out)
            }
        }
    }
}
