import CArchive

/// Bytes packed by libarchive in the form of gzip (RFC 1952).
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

    /// Unpacks exactly so many bytes; nil where there are more or fewer, or where they are something else.
    static func unpack(_ bytes: ArraySlice<UInt8>, count: Int) -> [UInt8]? {
        precondition(count <= limit, "nothing unpacks to more than the limit")
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

    /// libarchive's own number for a regular file.
    private static let regularFile: UInt32 = 0o100000
}
