import Foundation

/// Where the pictures of a sequence lie: a folder, a name with `%04d` for the number, or one with `*` and `?`.
package struct PicturePlace {
    private let place: String

    private static let endings: Set<String> = [
        "jpg", "jpeg", "png", "bmp", "tif", "tiff", "webp", "ppm", "pgm", "pnm", "jp2",
    ]

    init(_ place: String) { self.place = place }

    /// Whether an argument means pictures: a folder that holds some, or a pattern for names of some where no file has
    /// that very name.
    package static func isNamed(_ argument: String) -> Bool {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder) {
            return isFolder.boolValue && names(in: argument).contains(where: isPicture)
        }
        return !argument.contains("://") && isPicture(argument) && pattern(for: name(of: argument)) != nil
    }

    private static func isPicture(_ name: String) -> Bool {
        !name.hasPrefix(".") && endings.contains(URL(filePath: name).pathExtension.lowercased())
    }

    private static func name(of path: String) -> String { URL(filePath: path).lastPathComponent }

    private static func names(in folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }

    /// What names must match; nil for a name that is no pattern.
    private static func pattern(for name: String) -> Regex<Substring>? {
        var text = ""
        var isPattern = false
        var rest = name[...]
        while let character = rest.first {
            if let number = rest.prefixMatch(of: /%0?(\d?)d/) {
                let digits = number.1.isEmpty ? "[0-9]+" : "[0-9]{\(number.1),}"
                text += digits
                rest = rest[number.range.upperBound...]
                isPattern = true
                continue
            }
            switch character {
            case "*": text += ".*"
            case "?": text += "."
            default: text += NSRegularExpression.escapedPattern(for: String(character))
            }
            isPattern = isPattern || character == "*" || character == "?"
            rest = rest.dropFirst()
        }
        return isPattern ? try? Regex(text, as: Substring.self) : nil
    }

    /// All pictures in order of their numbers, and what there is to say about these.
    func pictures() throws(VideoError) -> (pictures: [NumberedPicture], notes: [String]) {
        var isFolder: ObjCBool = false
        let isWhole = FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) && isFolder.boolValue
        let folder = isWhole ? place : URL(filePath: place).deletingLastPathComponent().path
        let pattern = isWhole ? nil : Self.pattern(for: Self.name(of: place))
        let names = Self.names(in: folder).filter { name in
            Self.isPicture(name) && (isWhole || pattern.map { name.wholeMatch(of: $0) != nil } ?? false)
        }
        guard !names.isEmpty else { throw VideoError(place, "expected pictures, found none of that name") }
        let sorted = names.sorted { a, b in
            let order = a.compare(b, options: .numeric)
            return order == .orderedSame ? a < b : order == .orderedAscending
        }
        let (steps, notes) = Self.steps(of: sorted)
        let base = URL(filePath: folder)
        return (
            zip(sorted, steps).map { NumberedPicture(path: base.appending(path: $0).path, step: $1) }, notes
        )
    }

    /// How many pictures after the first each was taken: by the last number in the names where these only differ in it,
    /// else one after the other.
    private static func steps(of names: [String]) -> (steps: [Int], notes: [String]) {
        let counted = (Array(names.indices), [String]())
        var numbers: [Int] = []
        var around: Set<String> = []
        for name in names {
            let stem = name.prefix { $0 != "." }
            guard let last = stem.lastIndex(where: \.isWholeNumber) else { return counted }
            let head = stem[...last]
            let digits = head[
                (head.lastIndex { !$0.isWholeNumber }.map { head.index(after: $0) } ?? head.startIndex)...]
            guard let number = Int(digits), number < 1 << 40 else { return counted }
            numbers.append(number)
            around.insert(name[..<digits.startIndex] + "\u{0}" + name[digits.endIndex...])
        }
        let distances = zip(numbers, numbers.dropFirst()).map { $1 - $0 }
        guard around.count == 1, let step = distances.min(), step > 0,
            distances.allSatisfy({ $0.isMultiple(of: step) })
        else { return counted }
        let steps = numbers.map { ($0 - numbers[0]) / step }
        let holes = zip(numbers, numbers.dropFirst()).filter { $1 - $0 > step }
        guard let hole = holes.first else { return (steps, []) }
        let missing = steps[steps.count - 1] + 1 - steps.count
        // Numbers that are mostly missing are no count of pictures.
        guard missing <= 10 * steps.count else { return counted }
        return (
            steps,
            ["\(missing) pictures are missing by their numbers, the first after \(hole.0): time goes on over them"]
        )
    }
}
