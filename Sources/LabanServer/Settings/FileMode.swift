import Glibc

/// Who may read and write the files that Laban makes; files that are there keep their mode.
package struct FileMode: Sendable, Hashable {
    private let bits: mode_t

    /// The owner alone: files tell who was where, and when.
    private static let usual = FileMode(bits: 0o600)

    private init(bits: mode_t) { self.bits = bits }

    /// Reads an octal number such as `0640` or `0o640`; nil unless the owner can read and write.
    package init?(argument: String) {
        let digits = argument.hasPrefix("0o") ? argument.dropFirst(2) : argument[...]
        guard let bits = mode_t(digits, radix: 8), bits <= 0o777, bits & 0o600 == 0o600 else { return nil }
        self.init(bits: bits)
    }

    /// From now on every file that this process makes is made so, whichever library makes it.
    package static func set(_ mode: FileMode?) {
        let bits = (mode ?? usual).bits
        // Folders made on the way can be entered by whom files can be read.
        umask(0o777 & ~(bits | bits >> 2 & 0o111))
    }
}
