import CZlib

/// The entries of a zip file held in memory, read with every offset checked against the file's length.
///
/// Reads what wheels contain: stored and deflated entries. Entry names are only ever compared, never used as places
/// to write to.
package struct ZipReader: Sendable {
    package struct Entry: Sendable, Equatable {
        package let name: String
        /// Length of the unpacked contents in bytes, as the directory claims.
        package let size: Int
        let packedSize: Int
        let checksum: UInt32
        let method: UInt16
        let offset: Int
    }

    /// All entries in directory order.
    package let entries: [Entry]
    private let bytes: [UInt8]
    private let file: String

    /// Reads the directory of the zip file `bytes`; `file` names it in messages.
    package init(_ bytes: [UInt8], file: String) throws(ModelStoreError) {
        self.bytes = bytes
        self.file = file
        entries = try Self.directory(of: bytes, file: file)
    }

    /// The only entry of that name.
    package func entry(named name: String) throws(ModelStoreError) -> Entry {
        let matches = entries.filter { $0.name == name }
        guard let entry = matches.first else { throw .badZip(file, "holds no '\(name)'") }
        guard matches.count == 1 else { throw .badZip(file, "holds '\(name)' \(matches.count) times") }
        return entry
    }

    /// The unpacked contents of `entry`, which must be of `size` bytes; nothing larger is ever allocated.
    package func contents(of entry: Entry, size: Int) throws(ModelStoreError) -> [UInt8] {
        guard entry.size == size else {
            throw .badZip(file, "'\(entry.name)' has \(entry.size) bytes, expected \(size)")
        }
        let span = bytes.span
        guard entry.offset <= bytes.count - 30, span.extracting(entry.offset...).u32(0) == 0x0403_4b50 else {
            throw .badZip(file, "'\(entry.name)' has no header at byte \(entry.offset)")
        }
        let header = span.extracting(entry.offset..<entry.offset + 30)
        let start = entry.offset + 30 + Int(header.u16(26)) + Int(header.u16(28))
        guard start <= bytes.count, entry.packedSize <= bytes.count - start else {
            throw .badZip(file, "'\(entry.name)' ends past the end of the file")
        }
        let packed = span.extracting(start..<start + entry.packedSize)
        let contents: [UInt8]
        switch entry.method {
        case 0 where entry.packedSize == size: contents = Array(bytes[start..<start + size])
        case 8: contents = try inflate(packed, size: size, name: entry.name)
        default: throw .badZip(file, "'\(entry.name)' is packed by method \(entry.method), expected 0 or 8")
        }
        let found = contents.withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) }
        guard UInt32(truncatingIfNeeded: found) == entry.checksum else {
            throw .badZip(file, "'\(entry.name)' does not match its CRC-32")
        }
        return contents
    }

    private func inflate(_ packed: Span<UInt8>, size: Int, name: String) throws(ModelStoreError) -> [UInt8] {
        var status = Z_OK
        // One byte more than expected, so that contents that go on too long show.
        let contents = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
            packed.withUnsafeBufferPointer { packed in
                var stream = z_stream()
                status = laban_inflateInitRaw(&stream)
                guard status == Z_OK else { return }
                stream.next_in = UnsafeMutablePointer(mutating: packed.baseAddress)
                stream.avail_in = UInt32(packed.count)
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(buffer.count)
                status = CZlib.inflate(&stream, Z_FINISH)
                count = buffer.count - Int(stream.avail_out)
                inflateEnd(&stream)
            }
        }
        guard status == Z_STREAM_END, contents.count == size else {
            throw .badZip(file, "'\(name)' does not unpack to \(size) bytes")
        }
        return contents
    }

    private static func directory(of bytes: [UInt8], file: String) throws(ModelStoreError) -> [Entry] {
        let span = bytes.span
        let end = try endRecord(in: span, file: file)
        let record = span.extracting(end..<end + 22)
        let count = Int(record.u16(10))
        let size = Int(record.u32(12))
        let start = Int(record.u32(16))
        guard record.u16(4) == 0, record.u16(6) == 0, record.u16(8) == record.u16(10), start != 0xffff_ffff else {
            throw .badZip(file, "is split over several files or in 64-bit form, neither of which a wheel is")
        }
        guard start <= end, size <= end - start, count * 46 <= size else {
            throw .badZip(file, "has a directory of \(count) entries and \(size) bytes at \(start), outside the file")
        }
        let directory = span.extracting(start..<start + size)
        var entries: [Entry] = []
        entries.reserveCapacity(count)
        var offset = 0
        for number in 0..<count {
            guard offset <= size - 46, directory.extracting(offset...).u32(0) == 0x0201_4b50 else {
                throw .badZip(file, "has no directory entry \(number + 1) of \(count) where one should be")
            }
            let head = directory.extracting(offset..<offset + 46)
            let nameLength = Int(head.u16(28))
            let next = offset + 46 + nameLength + Int(head.u16(30)) + Int(head.u16(32))
            guard next <= size else {
                throw .badZip(file, "has a directory entry \(number + 1) that runs past its end")
            }
            guard head.u16(8) & 1 == 0 else { throw .badZip(file, "is encrypted, which a wheel is not") }
            let name = start + offset + 46
            entries.append(
                Entry(
                    name: String(decoding: bytes[name..<name + nameLength], as: UTF8.self), size: Int(head.u32(24)),
                    packedSize: Int(head.u32(20)), checksum: head.u32(16), method: head.u16(10),
                    offset: Int(head.u32(42))))
            offset = next
        }
        return entries
    }

    /// Where the end record lies: the last one whose comment reaches exactly to the end of the file.
    private static func endRecord(in bytes: Span<UInt8>, file: String) throws(ModelStoreError) -> Int {
        var offset = bytes.count - 22
        while offset >= 0, offset >= bytes.count - 22 - 0xffff {
            if bytes[offset] == 0x50 {
                let record = bytes.extracting(offset..<offset + 22)
                if record.u32(0) == 0x0605_4b50, offset + 22 + Int(record.u16(20)) == bytes.count { return offset }
            }
            offset -= 1
        }
        throw .badZip(file, "is not a zip file, or its end is cut off")
    }
}

extension Span<UInt8> {
    /// The little-endian 16-bit number at byte `offset`.
    fileprivate func u16(_ offset: Int) -> UInt16 { UInt16(self[offset]) | UInt16(self[offset + 1]) << 8 }

    /// The little-endian 32-bit number at byte `offset`.
    fileprivate func u32(_ offset: Int) -> UInt32 { UInt32(u16(offset)) | UInt32(u16(offset + 2)) << 16 }
}

extension ModelStoreError {
    fileprivate static func badZip(_ file: String, _ what: String) -> ModelStoreError {
        ModelStoreError(.badInput, "\(file): \(what)")
    }
}
