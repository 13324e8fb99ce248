extension String {
    /// The text on one line of its own, without anything that could steer a screen or pass for another line: `\u{1B}`,
    /// `\n` and the like stand for what cannot be seen. Every script and emoji stays as it is.
    package var printable: String { replacingUnprintable { $0.escaped } }

    /// The same of a text that may have several lines.
    package var printableLines: String { replacingUnprintable(keeping: { $0 == "\n" }) { $0.escaped } }

    /// A JSON text that means the same, where JSON's own escapes (`\u001b`) stand for what cannot be seen. Line ends and
    /// tabs between values stay.
    package var printableJSON: String {
        replacingUnprintable(keeping: { $0 == "\n" || $0 == "\t" }) { scalar in
            scalar.utf16.map { unit in
                let digits = String(unit, radix: 16)
                return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }.joined()
        }
    }
}
