import CArchive

/// The contents of a zip file held in memory, read by libarchive. Entry names are only ever compared, never used as places
/// to write to.
package struct ZipReader: Sendable {
    private let bytes: [UInt8]
    private let file: String

    /// - Parameter file: names the zip file in messages.
    package init(_ bytes: [UInt8], file: String) {
        self.bytes = bytes
        self.file = file
    }

    /// The unpacked contents of the only entry called `name`, which must be of `size` bytes; nothing larger is ever
    /// allocated.
    package func contents(of name: String, size: Int) throws(ModelStoreError) -> [UInt8] {
        try bytes.withUnsafeBytes { bytes in
            Result { () throws(ModelStoreError) in try contents(of: name, size: size, in: bytes) }
        }.get()
    }

    private func contents(
        of name: String, size: Int, in bytes: UnsafeRawBufferPointer
    ) throws(ModelStoreError) -> [UInt8] {
        let archive = archive_read_new()
        defer { archive_read_free(archive) }
        archive_read_support_format_zip_seekable(archive)
        guard archive_read_open_memory(archive, bytes.baseAddress, bytes.count) == ARCHIVE_OK else {
            throw fault("is not a zip file, or its end is cut off", archive)
        }
        var found: [[UInt8]] = []
        while let entry = try nextEntry(of: archive) {
            guard let path = archive_entry_pathname(entry), String(cString: path) == name else { continue }
            let claimed = archive_entry_size(entry)
            guard claimed == size else { throw fault("'\(name)' has \(claimed) bytes, expected \(size)") }
            found.append(try unpack(name, size: size, of: archive))
        }
        guard let contents = found.first else { throw fault("holds no '\(name)'") }
        guard found.count == 1 else { throw fault("holds '\(name)' \(found.count) times") }
        return contents
    }

    private func nextEntry(of archive: OpaquePointer?) throws(ModelStoreError) -> OpaquePointer? {
        var entry: OpaquePointer?
        switch archive_read_next_header(archive, &entry) {
        case ARCHIVE_EOF: return nil
        case ARCHIVE_OK, ARCHIVE_WARN: return entry
        default: throw fault("is not a zip file, or its end is cut off", archive)
        }
    }

    private func unpack(_ name: String, size: Int, of archive: OpaquePointer?) throws(ModelStoreError) -> [UInt8] {
        var isWhole = false
        // One byte more than expected, so that contents that go on too long show.
        let contents = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
            var got = 0
            repeat {
                got = archive_read_data(archive, buffer.baseAddress! + count, buffer.count - count)
                count += max(0, got)
            } while got > 0 && count < buffer.count
            isWhole = got == 0
        }
        guard isWhole, contents.count == size else {
            throw fault("'\(name)' does not unpack to \(size) bytes", isWhole ? nil : archive)
        }
        return contents
    }

    /// - Parameter archive: tells the reason, where it knows one.
    private func fault(_ what: String, _ archive: OpaquePointer? = nil) -> ModelStoreError {
        let reason = archive.flatMap { archive_error_string($0) }.map { ": " + String(cString: $0) } ?? ""
        return ModelStoreError(.badInput, "\(file): \(what)\(reason)")
    }
}
