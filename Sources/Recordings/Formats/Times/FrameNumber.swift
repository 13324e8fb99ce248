/// The number of a frame as it stands in the name of its picture.
enum FrameNumber {
    /// Numbers are below this, so that times made of them stay within range.
    static let limit = 1 << 30

    /// The digits before the extension: 12 for `12.jpg` and `walk_0012.png`; nil without any.
    static func inName(_ name: String) -> Int? { split(stem(name)).number }

    /// A name without its extension.
    static func stem(_ name: String) -> String {
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
        return String(name[..<dot])
    }

    /// A name that ends in a number, apart; the whole and nil when it does not, or the number is absurdly large.
    static func split(_ name: String) -> (prefix: String, number: Int?) {
        let digits = name.reversed().prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(String(digits.reversed())), number < limit else { return (name, nil) }
        return (String(name.dropLast(digits.count)), number)
    }

    /// A number from outside, where it may be a frame's.
    static func within(_ number: Int?) -> Int? { number.flatMap { (0..<limit).contains($0) ? $0 : nil } }
}
