import CLibAV

/// SHA-256 (FIPS 180-4, 2015), by libavutil: the digest by which fetched weights are known.
package enum SHA256 {
    /// The digest of `bytes` as 64 lower-case hexadecimal digits.
    package static func hex(of bytes: [UInt8]) -> String {
        guard let hash = av_sha_alloc() else { preconditionFailure("no memory for a hash") }
        defer { av_free(UnsafeMutableRawPointer(hash)) }
        av_sha_init(hash, 256)
        bytes.withUnsafeBufferPointer { av_sha_update(hash, $0.baseAddress, $0.count) }
        var digest = [UInt8](repeating: 0, count: 32)
        av_sha_final(hash, &digest)
        return digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
