/// Takes out of addresses whatever may be secret. It would rather hide too much: what is left names host and stream.
enum AddressRedaction {
    static let mark = "***"

    /// Parameters that say which stream is wanted, and never who may have it.
    private static let harmlessNames: Set<String> = [
        "channel", "subtype", "stream", "profile", "resolution", "size", "width", "height", "fps", "codec", "quality",
        "unicast", "proto", "transportmode",
    ]

    /// One address. In text without `://`, as where a slash was forgotten, what lies between a colon and an @ goes.
    static func address(_ address: String) -> String {
        guard let scheme = address.firstRange(of: "://") else { return credentials(in: address) }
        var rest = address[scheme.upperBound...]
        var shown = String(address[..<scheme.upperBound])
        // A password may hold anything unencoded, so all before the last @ goes, slashes and question marks included.
        if let at = rest.lastIndex(of: "@") {
            shown += mark + "@"
            rest = rest[rest.index(after: at)...]
        }
        let host = rest.prefix { !"/?#".contains($0) }
        rest = rest[host.endIndex...]
        shown += Self.host(host)
        let path = rest.prefix { $0 != "?" && $0 != "#" }
        rest = rest[path.endIndex...]
        shown += path.split(separator: "/", omittingEmptySubsequences: false).map(pathPart).joined(separator: "/")
        if rest.first == "?" {
            let query = rest.dropFirst().prefix { $0 != "#" }
            rest = rest[query.endIndex...]
            shown +=
                "?"
                + query.split(separator: "&", omittingEmptySubsequences: false).map(parameter)
                .joined(separator: "&")
        }
        return rest.isEmpty ? shown : shown + "#" + mark
    }

    /// Text with the mark in place of whatever looks like `user:password` before an @.
    private static func credentials(in text: String) -> String {
        text.split(separator: " ", omittingEmptySubsequences: false).map { word in
            guard let at = word.lastIndex(of: "@"), let colon = word[..<at].lastIndex(of: ":") else {
                return String(word)
            }
            let start = word[..<colon].lastIndex { "/'\"(=".contains($0) }
            return word[..<(start.map { word.index(after: $0) } ?? word.startIndex)] + mark + word[at...]
        }.joined(separator: " ")
    }

    /// Every address in a text, up to the next blank.
    static func text(_ text: String) -> String {
        var shown = ""
        var rest = text[...]
        while let scheme = rest.firstRange(of: "://") {
            let before = rest[..<scheme.lowerBound]
            let start = before.lastIndex { !isSchemeLetter($0) }.map { before.index(after: $0) } ?? before.startIndex
            var end = rest[scheme.upperBound...].firstIndex { $0.isWhitespace } ?? rest.endIndex
            // Punctuation of the sentence round it is not the address's.
            while end > scheme.upperBound, ":,;.)]}'\"".contains(rest[rest.index(before: end)]) {
                end = rest.index(before: end)
            }
            shown += credentials(in: String(rest[..<start])) + address(String(rest[start..<end]))
            rest = rest[end...]
        }
        return shown + credentials(in: String(rest))
    }

    /// A host and its port; anything else may be a password whose @ is missing.
    private static func host(_ host: Substring) -> String {
        let name = host.hasPrefix("[") ? host.prefix { $0 != "]" } : host.prefix { $0 != ":" }
        var port = host[name.endIndex...]
        if port.hasPrefix("]") { port = port.dropFirst() }
        guard port.isEmpty || port.first == ":" && port.dropFirst().allSatisfy({ ("0"..."9").contains($0) }) else {
            return mark
        }
        return String(host)
    }

    /// Some cameras take user and password as part of the path, and some services a key that looks like noise.
    private static func pathPart(_ part: Substring) -> String {
        if part.contains("=") {
            return part.split(separator: "&", omittingEmptySubsequences: false).map(parameter).joined(separator: "&")
        }
        return part.contains(":") || holdsKey(part) ? mark : String(part)
    }

    private static func parameter(_ parameter: Substring) -> String {
        guard let equals = parameter.firstIndex(of: "=") else { return parameter.isEmpty ? "" : mark }
        let name = parameter[..<equals]
        let value = parameter[parameter.index(after: equals)...]
        guard name.count <= 24, name.allSatisfy({ isPlain($0) || $0 == "_" }) else { return mark }
        let isHarmless =
            harmlessNames.contains(name.lowercased()) && value.count <= 12
            && value.allSatisfy { isPlain($0) || $0 == "." }
        return "\(name)=" + (isHarmless ? String(value) : value.isEmpty ? "" : mark)
    }

    /// Whether letters and digits are mixed over twelve characters and more.
    private static func holdsKey(_ part: Substring) -> Bool {
        part.split { !isPlain($0) }.contains { run in
            run.count >= 12 && run.contains { $0.isLetter } && run.contains { $0.isNumber }
        }
    }

    private static func isPlain(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber)
    }

    private static func isSchemeLetter(_ character: Character) -> Bool {
        isPlain(character) || character == "+" || character == "-"
    }
}
