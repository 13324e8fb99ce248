import CArchive
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
        let archive = archive_write_new()
        defer { archive_write_free(archive) }
        archive_write_set_format_zip(archive)
        var length = 0
        var file = [UInt8](repeating: 0, count: 1 << 16)
        let status = withUnsafeMutablePointer(to: &length) { length in
            file.withUnsafeMutableBytes { file in
                archive_write_open_memory(archive, file.baseAddress, file.count, length)
                for entry in entries { Self.write(entry, to: archive) }
                return archive_write_close(archive)
            }
        }
        precondition(status == ARCHIVE_OK, "the buffer is large enough")
        file.removeLast(file.count - length)
        claimSizes(in: &file)
        return file
    }

    private static func write(_ entry: Entry, to archive: OpaquePointer?) {
        if entry.deflated {
            archive_write_zip_set_compression_deflate(archive)
        } else {
            archive_write_zip_set_compression_store(archive)
        }
        let header = archive_entry_new()
        defer { archive_entry_free(header) }
        archive_entry_set_pathname(header, entry.name)
        archive_entry_set_size(header, Int64(entry.contents.count))
        // A regular file, which everybody may read.
        archive_entry_set_mode(header, 0o100_644)
        precondition(archive_write_header(archive, header) == ARCHIVE_OK, "the entry is written")
        _ = entry.contents.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
    }

    /// Puts the claimed sizes into the headers of entries and into the directory, whose entries hold them in their own order,
    /// so many bytes behind a signature.
    private func claimSizes(in file: inout [UInt8]) {
        for (signature, distance): ([UInt8], Int) in [([0x50, 0x4B, 3, 4], 22), ([0x50, 0x4B, 1, 2], 24)] {
            var place = 0
            for entry in entries {
                guard let next = file[place...].firstRange(of: signature)?.lowerBound else { return }
                if let size = entry.claimedSize {
                    for byte in 0..<4 { file[next + distance + byte] = UInt8(truncatingIfNeeded: size >> (8 * byte)) }
                }
                place = next + 4
            }
        }
    }
}
