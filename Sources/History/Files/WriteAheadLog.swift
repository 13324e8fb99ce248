import Foundation

/// Looks into SQLite's write-ahead log as it lies on the disk, before SQLite does: SQLite passes over everything from the
/// first frame on whose checksum is wrong, without a word, and what it has opened is changed or gone.
///
/// The form is that of sqlite.org/fileformat2.html, section 4, and of walformat.html for the index.
enum WriteAheadLog {
    /// Says what is lost of the log beside the database at `path`; nil when nothing is.
    ///
    /// A transaction that was cut off while it was written is no loss: nobody was told that it was kept.
    static func damage(of path: String) -> String? {
        let log = (try? Data(contentsOf: URL(filePath: path + "-wal"))).map { [UInt8]($0) } ?? []
        let index = WriteAheadIndex(path: path + "-shm")
        guard let header = Header(log) else {
            // Before its first transaction a log is empty or not there at all.
            if let index, index.frames > index.copied {
                return log.isEmpty
                    ? "its write-ahead log of \(index.frames) pages is gone"
                    : "its write-ahead log of \(index.frames) pages is unreadable from the beginning"
            }
            return index == nil && log.count > Header.size
                ? "its write-ahead log is unreadable from the beginning" : nil
        }
        let (whole, lastCommit) = header.wholeFrames(of: log)
        let known = index.flatMap { $0.salt == header.salt ? $0 : nil }
        // Beyond the first bad frame only frames of this log count: those of the one before lie there too.
        let first = known == nil ? whole : whole + 1
        let lost = (first..<max(first, header.frameCount(of: log))).last { header.isCommit($0, of: log) }
        let last = max(lost.map { $0 + 1 } ?? 0, known?.frames ?? 0)
        guard last > lastCommit, known.map({ $0.copied < last }) ?? true else { return nil }
        return "its write-ahead log is readable up to page \(lastCommit) of \(last)"
    }

    /// The first 32 bytes of a log whose checksum is right.
    private struct Header {
        static let size = 32
        static let frameHeaderSize = 24

        let pageSize: Int
        let salt: UInt64
        private let isBigEndian: Bool
        private let checksum: (UInt32, UInt32)

        init?(_ log: [UInt8]) {
            guard log.count >= Self.size else { return nil }
            let magic = log.word(0)
            guard magic & ~1 == 0x377F_0682 else { return nil }
            isBigEndian = magic & 1 == 1
            pageSize = Int(log.word(8))
            salt = UInt64(log.word(16)) << 32 | UInt64(log.word(20))
            checksum = log.checksum(0..<24, isBigEndian: isBigEndian)
            guard (512...65_536).contains(pageSize), checksum == (log.word(24), log.word(28)) else { return nil }
        }

        func frameCount(of log: [UInt8]) -> Int { (log.count - Self.size) / (Self.frameHeaderSize + pageSize) }

        private func place(of frame: Int) -> Int { Self.size + frame * (Self.frameHeaderSize + pageSize) }

        private func isOfThisLog(_ frame: Int, of log: [UInt8]) -> Bool {
            let place = place(of: frame)
            return UInt64(log.word(place + 8)) << 32 | UInt64(log.word(place + 12)) == salt
        }

        /// Whether a frame of this log, counted from 0, says that it ends a transaction.
        func isCommit(_ frame: Int, of log: [UInt8]) -> Bool {
            isOfThisLog(frame, of: log) && log.word(place(of: frame) + 4) != 0
        }

        /// How many frames are whole one after the other, and up to which of them transactions are.
        func wholeFrames(of log: [UInt8]) -> (count: Int, lastCommit: Int) {
            var sum = checksum
            var lastCommit = 0
            for frame in 0..<frameCount(of: log) {
                let place = place(of: frame)
                guard isOfThisLog(frame, of: log) else { return (frame, lastCommit) }
                sum = log.checksum(place..<place + 8, isBigEndian: isBigEndian, from: sum)
                let page = place + Self.frameHeaderSize
                sum = log.checksum(page..<page + pageSize, isBigEndian: isBigEndian, from: sum)
                guard sum == (log.word(place + 16), log.word(place + 20)) else { return (frame, lastCommit) }
                if isCommit(frame, of: log) { lastCommit = frame + 1 }
            }
            return (frameCount(of: log), lastCommit)
        }
    }
}

/// What the shared index beside a log says of it; a killed process leaves it as it was.
private struct WriteAheadIndex {
    /// Frames of whole transactions.
    let frames: Int
    /// How many of them have been copied to the database.
    let copied: Int
    let salt: UInt64

    /// Nil where there is none, or one that is not to be trusted.
    init?(path: String) {
        guard let handle = try? FileHandle(forReadingFrom: URL(filePath: path)),
            let bytes = try? handle.read(upToCount: 100).map({ [UInt8]($0) }), bytes.count == 100,
            bytes[0..<48] == bytes[48..<96], bytes[12] == 1
        else { return nil }
        // Numbers are in the machine's order here; the salts are copied from the log as they are.
        let isBig = Int(1).bigEndian == 1
        guard bytes.checksum(0..<40, isBigEndian: isBig) == (bytes.native(40), bytes.native(44)) else { return nil }
        frames = Int(bytes.native(16))
        copied = Int(bytes.native(96))
        salt = UInt64(bytes.word(32)) << 32 | UInt64(bytes.word(36))
    }
}

extension [UInt8] {
    /// Four bytes, the greatest first.
    fileprivate func word(_ place: Int) -> UInt32 { UInt32(bigEndian: native(place)) }

    fileprivate func native(_ place: Int) -> UInt32 {
        withUnsafeBytes { $0.loadUnaligned(fromByteOffset: place, as: UInt32.self) }
    }

    /// SQLite's checksum over whole pairs of words.
    fileprivate func checksum(
        _ range: Range<Int>, isBigEndian: Bool, from start: (UInt32, UInt32) = (0, 0)
    ) -> (UInt32, UInt32) {
        var (a, b) = start
        withUnsafeBytes { bytes in
            for place in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
                let x = bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)
                let y = bytes.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self)
                a = a &+ (isBigEndian ? UInt32(bigEndian: x) : UInt32(littleEndian: x)) &+ b
                b = b &+ (isBigEndian ? UInt32(bigEndian: y) : UInt32(littleEndian: y)) &+ a
            }
        }
        return (a, b)
    }
}
