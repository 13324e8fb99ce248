import Foundation
import Skeleton

/// One picture's people as Ultralytics' `save_txt` writes them, a line each: class, the box's middle and size, x and y of
/// each joint in fractions of the picture, with or without its confidence, then the person's confidence and id where
/// they were asked for.
final class YOLOText: KeypointSource {
    let units = [KeypointUnit.fractions]
    let namesPictures = true
    private let path: String
    private var isRead = false

    /// Nobody is written with more numbers.
    private static let greatestCount = 1_000

    init(path: String) { self.path = path }

    func next() throws(RecordingsError) -> KeypointFrame? {
        guard !isRead else { return nil }
        isRead = true
        let lines = try LineReader(path: path)
        var people: [KeypointPerson] = []
        while let range = try lines.next() {
            let text = String(decoding: lines.buffer[range], as: UTF8.self)
            let words = text.split { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\r\n" }
            if words.isEmpty { continue }
            let place = RecordPlace(file: path, line: lines.number)
            guard words.count <= Self.greatestCount else { throw place.error("expected a line of one person") }
            guard let form = Form(count: words.count) else {
                throw place.error(
                    "expected 5 numbers and then 2 or 3 for each of 17 joints, found \(words.count) numbers")
            }
            var numbers: [Float] = []
            for word in words {
                guard let number = Float(word), number.isFinite else {
                    throw place.error("expected a number, found '\(word.prefix(20))'")
                }
                numbers.append(number)
            }
            people.append(form.person(numbers, words))
        }
        return KeypointFrame(
            number: FrameNumber.inName(URL(filePath: path).lastPathComponent), people: people,
            place: RecordPlace(file: path))
    }

    /// Whether a line may be a person.
    static func isPerson(_ line: Substring) -> Bool {
        let words = line.split { $0 == " " || $0 == "\t" || $0 == "\r" }
        guard words.count <= greatestCount, Form(count: words.count) != nil, let category = Int(words[0]), category >= 0
        else { return false }
        return words.dropFirst().allSatisfy { Float($0)?.isFinite == true }
            && words[1...4].allSatisfy { Float($0).map { (-1...2).contains($0) } ?? false }
    }

    /// How many joints a line has and what stands behind them.
    private struct Form {
        let joints: Int
        let width: Int
        let extra: Int

        /// Nil for a number of words that no person has; 17 joints with confidences come before anything else.
        init?(count: Int) {
            for joints in [17, 26, 18, 25, 33, 133, 136] {
                for width in [3, 2] where (0...2).contains(count - 5 - joints * width) {
                    (self.joints, self.width, extra) = (joints, width, count - 5 - joints * width)
                    return
                }
            }
            return nil
        }

        func person(_ numbers: [Float], _ words: [Substring]) -> KeypointPerson {
            var person = KeypointPerson(category: String(words[0].prefix(20)))
            person.points = (0..<joints).map { joint in
                let first = 5 + joint * width
                let isInCorner = numbers[first] == 0 && numbers[first + 1] == 0
                return SIMD4(
                    numbers[first], numbers[first + 1], 0, width == 3 ? numbers[first + 2] : isInCorner ? 0 : 1)
            }
            // Of one number more, a whole one is an id and a fraction a confidence.
            let last = words.count - 1
            if extra == 2 || extra == 1 && Int(words[last]) != nil { person.id = Int(words[last]) }
            if extra == 2 {
                person.score = numbers[last - 1]
            } else if extra == 1, person.id == nil {
                person.score = numbers[last]
            }
            if let id = person.id, !(0...1 << 52).contains(id) { person.id = nil }
            return person
        }
    }
}
