extension String {
    /// The text as one field of comma-separated values (RFC 4180), in quotation marks where it needs them.
    ///
    /// It is made printable too, so that one record stays one line.
    package var csvField: String {
        let text = printable
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: ",") }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// The text with an apostrophe before it where a spreadsheet would take it for a formula and work it out.
    package var withoutFormula: String {
        guard let first = unicodeScalars.first, Self.formulaStarts.contains(first) else { return self }
        return "'" + self
    }

    /// What formulas begin with, full-width forms included, and what spreadsheets skip before them.
    private static let formulaStarts: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
}
