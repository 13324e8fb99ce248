extension Unicode.Scalar {
    /// Whether it shows as what it is, wherever it stands: no control, no line or paragraph separator, and no invisible
    /// format character, among which are those that turn the direction of writing.
    package var isPlain: Bool {
        if value < 0x7F { return value >= 0x20 }
        return switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: false
        case .format: Self.isDrawn(value)
        case .unassigned: !properties.isDefaultIgnorableCodePoint
        default: true
        }
    }

    /// Format characters that have a shape of their own: signs of Arabic, Syriac and Kaithi that enclose numbers.
    private static func isDrawn(_ value: UInt32) -> Bool {
        switch value {
        case 0x600...0x605, 0x6DD, 0x70F, 0x890...0x891, 0x8E2, 0x110BD, 0x110CD: true
        default: false
        }
    }

    /// Whether it belongs to the character that begins with `base`: joiners of letters and emoji, and the tags that say
    /// whose flag a black one is.
    ///
    /// - Parameter previous: what stands before it.
    fileprivate func isPart(ofCharacterBeginningWith base: Unicode.Scalar, after previous: Unicode.Scalar?) -> Bool {
        guard let previous, !previous.isASCII else { return false }
        return switch value {
        case 0x200C...0x200D: true
        case 0xE0020...0xE007F: base.value == 0x1F3F4
        default: false
        }
    }

    /// Words for it, such as `\n` or `\u{1B}`.
    var escaped: String {
        switch self {
        case "\n": #"\n"#
        case "\r": #"\r"#
        case "\t": #"\t"#
        default: #"\u{"# + String(value, radix: 16, uppercase: true) + "}"
        }
    }
}

extension String {
    /// The text with other words for everything in it that would not show as what it is.
    ///
    /// - Parameters:
    ///   - kept: what stays, though it is not plain.
    ///   - escape: the words for a character.
    func replacingUnprintable(
        keeping kept: (Unicode.Scalar) -> Bool = { _ in false }, by escape: (Unicode.Scalar) -> String
    ) -> String {
        if utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) { return self }
        var plain = UnicodeScalarView()
        for character in self {
            let base = character.unicodeScalars.first!
            for scalar in character.unicodeScalars {
                if scalar.isPlain || kept(scalar) || scalar.isPart(ofCharacterBeginningWith: base, after: plain.last) {
                    plain.append(scalar)
                } else {
                    plain.append(contentsOf: escape(scalar).unicodeScalars)
                }
            }
        }
        return String(plain)
    }
}
