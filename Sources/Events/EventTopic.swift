/// Where an event goes: `laban/1/<site>/<camera>/<kind>/`.
///
/// Everything in a name but letters, digits, `.`, `_` and `-` is percent-encoded, so that a slash in a camera's name
/// makes no new level; `~` stands for no camera. The slash at the end keeps `cam1` from matching `cam10`.
package struct EventTopic: Sendable, Hashable, CustomStringConvertible {
    package let site: String
    package let camera: String
    package let kind: EventKind

    package init(site: String, camera: String, kind: EventKind) {
        self.site = site
        self.camera = camera
        self.kind = kind
    }

    /// Reads a topic; nil if it is none of this version.
    package init?(_ topic: String) {
        let parts = topic.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "laban", parts[1] == "1", parts[5].isEmpty,
            let site = Self.unescape(parts[2]), let camera = Self.unescape(parts[3]),
            let kind = EventKind(rawValue: String(parts[4]))
        else { return nil }
        self.init(site: site, camera: camera, kind: kind)
    }

    package var description: String {
        "laban/1/" + Self.escape(site) + "/" + Self.stream(camera: camera, kind: kind) + "/"
    }

    /// What to subscribe to: everything, one site, one of its cameras, or one kind of that camera.
    package static func prefix(site: String? = nil, camera: String? = nil, kind: EventKind? = nil) -> String {
        var prefix = "laban/1/"
        guard let site else { return prefix }
        prefix += escape(site) + "/"
        guard let camera else { return prefix }
        prefix += escape(camera) + "/"
        guard let kind else { return prefix }
        return prefix + kind.rawValue + "/"
    }

    /// The name of the numbering of one camera and kind, such as `gym/action`.
    package static func stream(camera: String, kind: EventKind) -> String { escape(camera) + "/" + kind.rawValue }

    private static func escape(_ name: String) -> String {
        if name.isEmpty { return "~" }
        if name.utf8.allSatisfy(isPlain) { return name }
        var bytes: [UInt8] = []
        for byte in name.utf8 {
            if isPlain(byte) {
                bytes.append(byte)
            } else {
                let hex = String(byte, radix: 16, uppercase: true)
                bytes.append(contentsOf: (hex.count == 1 ? "%0" + hex : "%" + hex).utf8)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func unescape(_ name: Substring) -> String? {
        if name == "~" { return "" }
        var bytes: [UInt8] = []
        var rest = name.utf8
        while let byte = rest.popFirst() {
            if isPlain(byte) {
                bytes.append(byte)
            } else {
                guard byte == UInt8(ascii: "%"), let high = rest.popFirst(), let low = rest.popFirst(),
                    let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16)
                else { return nil }
                bytes.append(value)
            }
        }
        return bytes.isEmpty ? nil : String(validating: bytes, as: UTF8.self)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
