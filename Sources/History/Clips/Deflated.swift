import CArchive

/// Bytes packed by libarchive in the form of gzip (RFC 1952), whose checksum and length libarchive does not look at.
enum Deflated {
    /// The most bytes that anything unpacks to.
    static let limit = 4 << 20

    /// Packs bytes; nil only where there is no memory for it.
    static func pack(_ bytes: [UInt8]) -> [UInt8]? {
        let archive = archive_write_new()
        let entry = archive_entry_new()
        defer {
            archive_write_free(archive)
            archive_entry_free(entry)
        }
        archive_write_add_filter_gzip(archive)
        // The same bytes at another time are packed the same, and not padded to whole blocks.
        archive_write_set_filter_option(archive, "gzip", "timestamp", nil)
        archive_write_set_filter_option(archive, "gzip", "compression-level", "5")
        archive_write_set_format_raw(archive)
        archive_write_set_bytes_per_block(archive, 0)
        archive_entry_set_filetype(entry, regularFile)
        var isWhole = false
        let packed = [UInt8](unsafeUninitializedCapacity: bytes.count + bytes.count / 8 + 1024) { buffer, count in
            var used = 0
            guard archive_write_open_memory(archive, buffer.baseAddress, buffer.count, &used) == ARCHIVE_OK,
                archive_write_header(archive, entry) == ARCHIVE_OK,
                archive_write_data(archive, bytes, bytes.count) == bytes.count,
                archive_write_close(archive) == ARCHIVE_OK
            else { return }
            isWhole = true
            count = used
        }
        return isWhole ? packed : nil
    }

    /// Unpacks exactly so many bytes.
    ///
    /// - Throws: where there are more or fewer, where they are something else, or not those that were packed.
    static func unpack(_ bytes: ArraySlice<UInt8>, count: Int) throws(ClipFault) -> [UInt8] {
        precondition(count <= limit, "nothing unpacks to more than the limit")
        guard bytes.count >= trailer, let unpacked = inflated(bytes, count: count) else {
            throw ClipFault(bytes.startIndex, expected: "\(count) bytes, packed", found: "something else")
        }
        let place = bytes.endIndex - trailer
        func number(at place: Int) -> UInt32 { (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << (8 * $1) } }
        let (expected, found) = (number(at: place), Checksum.crc32(unpacked))
        guard expected == found else {
            throw ClipFault(
                place, expected: "bytes with the checksum \(String(expected, radix: 16))",
                found: "some with \(String(found, radix: 16))")
        }
        guard number(at: place + 4) == UInt32(count) else {
            throw ClipFault(place + 4, expected: "\(number(at: place + 4)) bytes", found: "\(count)")
        }
        return unpacked
    }

    /// What was packed, checked for nothing but its length; nil where that is another.
    private static func inflated(_ bytes: ArraySlice<UInt8>, count: Int) -> [UInt8]? {
        let archive = archive_read_new()
        defer { archive_read_free(archive) }
        archive_read_support_filter_gzip(archive)
        archive_read_support_format_raw(archive)
        return bytes.withUnsafeBytes { bytes -> [UInt8]? in
            var entry: OpaquePointer?
            guard archive_read_open_memory(archive, bytes.baseAddress, bytes.count) == ARCHIVE_OK,
                archive_read_next_header(archive, &entry) == ARCHIVE_OK,
                archive_filter_code(archive, 0) == ARCHIVE_FILTER_GZIP
            else { return nil }
            var isWhole = false
            // One byte more than expected, so that what goes on too long shows.
            let unpacked = [UInt8](unsafeUninitializedCapacity: count + 1) { buffer, filled in
                var got = 0
                repeat {
                    got = archive_read_data(archive, buffer.baseAddress! + filled, buffer.count - filled)
                    filled += max(0, got)
                } while got > 0 && filled < buffer.count
                isWhole = got == 0 && filled == count
            }
            return isWhole ? unpacked : nil
        }
    }

    /// Bytes of the checksum and the length at the end.
    private static let trailer = 8

    /// libarchive's own number for a regular file.
    private static let regularFile: UInt32 = 0o100000
}
