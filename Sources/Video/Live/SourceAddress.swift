/// Where a camera is: an address such as `rtsp://…` or a device such as `/dev/video0`. It may hold a password.
///
/// Whatever prints it gets a form without user names, passwords and keys; the whole address never leaves this module.
package struct SourceAddress: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The address as the user gave it, for the libraries only.
    let secret: String
    /// The address with `***` for whatever may be secret.
    package let description: String

    /// - Parameter written: the address as the user wrote it, with names in place of what they stand for; it is shown then.
    package init(_ address: String, written: String? = nil) {
        secret = address
        description = AddressRedaction.address(written ?? address)
    }

    package var debugDescription: String { description }

    package var customMirror: Mirror { Mirror(self, children: ["address": description]) }

    /// Whether this is a camera at this machine.
    package var isDevice: Bool { Self.isDevice(secret) }

    /// A name for the camera: its host, or its device's name.
    package var name: String {
        let shown = AddressRedaction.address(secret)
        guard let scheme = shown.firstRange(of: "://") else {
            return shown.split(separator: "/").last.map { String($0) } ?? "camera"
        }
        let rest = shown[scheme.upperBound...].drop { $0 == "*" || $0 == "@" }
        let host = rest.prefix { !"/?#".contains($0) }
        let bare = host.hasPrefix("[") ? host.dropFirst().prefix { $0 != "]" } : host.prefix { $0 != ":" }
        return bare.isEmpty ? "camera" : String(bare)
    }

    /// The protocol, in small letters; nil for devices.
    var scheme: String? {
        secret.firstRange(of: "://").map { secret[..<$0.lowerBound].lowercased() }
    }

    /// Whether an argument names something that plays on whether anybody looks or not: an address that is no video file
    /// on a web server, or a device.
    package static func isLive(_ argument: String) -> Bool {
        if isDevice(argument) { return true }
        guard let scheme = SourceAddress(argument).scheme, scheme != "file" else { return false }
        guard scheme == "http" || scheme == "https" else { return true }
        let path = argument.prefix { $0 != "?" && $0 != "#" }.lowercased()
        return !videoEndings.contains { path.hasSuffix($0) }
    }

    /// Whether an argument is an address, and no path to a file.
    package static func isAddress(_ argument: String) -> Bool { argument.contains("://") || isDevice(argument) }

    /// `text` with every address in it redacted: for what others wrote, such as the libraries' messages.
    package static func redacting(_ text: String) -> String { AddressRedaction.text(text) }

    private static let videoEndings = [".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".mpg", ".ogv", ".wmv"]

    private static func isDevice(_ argument: String) -> Bool {
        let number = argument.dropFirst("/dev/video".count)
        return argument.hasPrefix("/dev/video") && !number.isEmpty && number.allSatisfy { ("0"..."9").contains($0) }
    }
}
