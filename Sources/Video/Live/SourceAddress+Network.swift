import CLibAV
import Glibc

extension SourceAddress {
    /// Whether it is reached over the network.
    var isRemote: Bool { scheme != nil && scheme != "file" }

    /// The protocols that may be used on the way to it and from it to its parts, as the library wants them.
    ///
    /// - Parameter followsLists: whether it may be a list of pieces that may be encrypted.
    func protocols(followsLists: Bool) -> String {
        switch scheme {
        case nil, "file": "file"
        case "http", "https": "http,https,tcp,tls,httpproxy" + (followsLists ? ",crypto,data" : "")
        case "rtsp", "rtsps": "rtsp,rtsps,rtp,srtp,udp,tcp,tls"
        case let scheme? where scheme.hasPrefix("rtmp"):
            "rtmp,rtmps,rtmpt,rtmpts,rtmpe,rtmpte,ffrtmphttp,ffrtmpcrypt,http,https,tcp,tls"
        case let scheme?: "\(scheme),rtp,srtp,udp,tcp,tls"
        }
    }

    /// Why it cannot be opened, in words: the library's own, or what they leave out.
    func words(for code: Int32) -> String {
        var words = MediaLibrary.words(for: code)
        if code == laban_AVERROR(ECONNREFUSED) {
            words = "connection refused: nothing listens there"
        } else if code == laban_AVERROR(EIO), let host, let reason = Self.lookUpFault(host) {
            words = "the host '\(AddressRedaction.address(host))' is not known (\(reason))"
        }
        return words + (hint.map { "; \($0)" } ?? "")
    }

    /// The host's name, without brackets and port; nil where there is none.
    private var host: String? {
        guard let start = secret.firstRange(of: "://")?.upperBound else { return nil }
        let rest = secret[start...]
        let authority = rest[(rest.lastIndex(of: "@").map { rest.index(after: $0) } ?? start)...]
            .prefix { !"/?#".contains($0) }
        let name =
            authority.hasPrefix("[") ? authority.dropFirst().prefix { $0 != "]" } : authority.prefix { $0 != ":" }
        return name.isEmpty ? nil : String(name)
    }

    /// Why no address can be had for a host's name; nil when one can.
    private static func lookUpFault(_ host: String) -> String? {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        defer { if found != nil { freeaddrinfo(found) } }
        let code = getaddrinfo(host, nil, &hints, &found)
        return code == 0 ? nil : String(cString: gai_strerror(code))
    }

    /// What may be wrong with a user or password that holds characters with a meaning in addresses.
    private var hint: String? {
        guard let start = secret.firstRange(of: "://")?.upperBound, let at = secret.lastIndex(of: "@"), at > start,
            secret[start..<at].contains(where: { "@/?#".contains($0) })
        else { return nil }
        return "within a user or password, @ is written as %40, / as %2F, ? as %3F and # as %23"
    }
}
