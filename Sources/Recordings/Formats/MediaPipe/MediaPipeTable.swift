import Foundation
import Skeleton

/// Pose landmarks as a table, with commas, semicolons or tabs: a line a frame and person, or a line a landmark.
final class MediaPipeTable: KeypointSource {
    let topology: SkeletonTopology?
    let units = [KeypointUnit.pixels, .fractions]
    private let lines: LineReader
    private let separator: Character
    private let columns: TableColumns
    /// The first row of the frame that comes next.
    private var pending: Row?
    private var ids: [Substring: Int] = [:]

    /// What a line says.
    private struct Row {
        var number: Int?
        var time: StatedTime?
        /// Who it is about; empty where no column says.
        var person: Substring
        /// One joint or all of them.
        var joints: KeypointPerson
        let place: RecordPlace
    }

    /// Words for nothing.
    private static let nothing: Set = ["", "nan", "none", "null", "na", "n/a", "-"]

    /// Whether a heading names the columns of a pose.
    static func isHeading(_ line: String) -> Bool {
        TableColumns(fields(line, separator: separator(of: line)).map(String.init)) != nil
    }

    init(path: String) throws(RecordingsError) {
        lines = try LineReader(path: path)
        let heading = try Self.text(lines) ?? ""
        separator = Self.separator(of: heading)
        guard let columns = TableColumns(Self.fields(heading, separator: separator).map(String.init)) else {
            throw RecordingsError(
                file: path, line: 1,
                message: "expected \(TableColumns.expected), found "
                    + Self.fields(heading, separator: separator).prefix(8).joined(separator: ", ").prefix(200))
        }
        self.columns = columns
        topology = columns.topology
    }

    func next() throws(RecordingsError) -> KeypointFrame? {
        let carried = pending
        pending = nil
        guard let first = if let carried { carried } else { try row() } else { return nil }
        var people: [(who: Substring, person: KeypointPerson)] = [(first.person, first.joints)]
        while columns.joint != nil || columns.person != nil {
            guard let other = try row() else { break }
            guard isSameFrame(first, other), columns.joint != nil || !people.contains(where: { $0.who == other.person })
            else {
                pending = other
                break
            }
            if columns.joint != nil, let index = people.firstIndex(where: { $0.who == other.person }) {
                try add(other, to: &people[index].person)
            } else {
                people.append((other.person, other.joints))
            }
        }
        return KeypointFrame(
            number: first.number, time: first.time, people: people.map { identified($0.person, $0.who) },
            place: first.place)
    }

    /// Rows of one frame stand together and say the same of when it is.
    private func isSameFrame(_ a: Row, _ b: Row) -> Bool {
        columns.number != nil ? a.number == b.number : a.time?.value == b.time?.value && a.time != nil
    }

    private func add(_ row: Row, to person: inout KeypointPerson) throws(RecordingsError) {
        guard person.names.count < 1_000, !person.names.contains(row.joints.names[0]) else {
            throw row.place.error("expected each landmark once a frame, found '\(row.joints.names[0])' again")
        }
        person.names += row.joints.names
        person.points += row.joints.points
        person.presences += row.joints.presences
    }

    private func identified(_ person: KeypointPerson, _ who: Substring) -> KeypointPerson {
        guard !who.isEmpty else { return person }
        var person = person
        if let number = Int(who), (0...1 << 52).contains(number) {
            person.id = number
        } else {
            let number = ids[who] ?? ids.count + 1
            ids[who] = number
            person.id = number
        }
        return person
    }

    private func row() throws(RecordingsError) -> Row? {
        while let line = try Self.text(lines) {
            if line.allSatisfy(\.isWhitespace) { continue }
            let place = RecordPlace(file: lines.file, line: lines.number)
            let fields = Self.fields(line, separator: separator)
            guard fields.count == columns.count else {
                throw place.error("expected \(columns.count) fields, found \(fields.count)")
            }
            func value(_ column: Int?) throws(RecordingsError) -> Float? {
                guard let column, !Self.nothing.contains(fields[column].lowercased()) else { return nil }
                // Where a comma does not separate fields it may stand for a point.
                let text = separator == "," ? String(fields[column]) : String(fields[column].replacing(",", with: "."))
                guard let value = Double(text), value.isFinite, abs(value) < 1e15 else {
                    throw place.error("expected a number in column \(column + 1), found '\(fields[column].prefix(40))'")
                }
                return Float(value)
            }
            let joints: KeypointPerson
            if let joint = columns.joint, let column = columns.jointColumn {
                var one = try person([joint], value)
                one.names = [try name(fields[column], at: place)]
                joints = one
            } else {
                joints = try person(columns.joints, value)
            }
            return Row(
                number: columns.number.flatMap { Double(fields[$0]) }.flatMap { FrameNumber.within(Int(exactly: $0)) },
                time: try time(fields, at: place), person: columns.person.map { fields[$0] } ?? "", joints: joints,
                place: place)
        }
        return nil
    }

    private func person(
        _ joints: [TableColumns.Joint], _ value: (Int?) throws(RecordingsError) -> Float?
    ) throws(RecordingsError) -> KeypointPerson {
        var person = KeypointPerson()
        let hasPlaces = joints.contains { $0.hasPlace }
        let hasWorldPlaces = joints.contains { $0.hasWorldPlace }
        person.names = joints.compactMap(\.name)
        for joint in joints {
            if hasPlaces {
                let (x, y) = (try value(joint.columns[0]), try value(joint.columns[1]))
                let z = try value(joint.columns[2]) ?? 0
                let confidence = max(KeypointPerson.leastConfidence, min(1, try value(joint.columns[3]) ?? 1))
                if let x, let y {
                    person.points.append(SIMD4(x, y, z, confidence))
                } else {
                    person.points.append(.zero)
                }
                person.presences.append(max(0, min(1, try value(joint.columns[4]) ?? 1)))
            }
            if hasWorldPlaces {
                let axes = (
                    try value(joint.worldColumns[0]), try value(joint.worldColumns[1]), try value(joint.worldColumns[2])
                )
                if case (let x?, let y?, let z?) = axes {
                    person.worldPoints.append(SIMD3(x, y, z))
                } else {
                    person.worldPoints.append(nil)
                }
            }
        }
        return person
    }

    /// Which joint a line is about: a name, or a number of MediaPipe's.
    private func name(_ text: Substring, at place: RecordPlace) throws(RecordingsError) -> String {
        if let number = Int(text) {
            let names = SkeletonTopology.blazePose33.jointNames
            guard names.indices.contains(number) else {
                throw place.error("expected a landmark from 0 to 32, found \(number)")
            }
            return names[number]
        }
        guard let name = JointName(String(text)) else {
            throw place.error("expected a landmark such as LEFT_SHOULDER or 11, found '\(text.prefix(40))'")
        }
        if case .joint(let joint) = name { return joint }
        return String(text)
    }

    private func time(_ fields: [Substring], at place: RecordPlace) throws(RecordingsError) -> StatedTime? {
        guard let (column, field, name) = columns.time, !Self.nothing.contains(fields[column].lowercased()) else {
            return nil
        }
        var unit: TimeUnit?
        if case .stated(let stated) = field { unit = stated }
        let text = separator == "," ? String(fields[column]) : String(fields[column].replacing(",", with: "."))
        guard let time = StatedTime(text: text, unit: unit, field: name) else {
            throw place.error("expected a time in column '\(name.prefix(40))', found '\(fields[column].prefix(40))'")
        }
        return time
    }

    private static func text(_ lines: LineReader) throws(RecordingsError) -> String? {
        guard let range = try lines.next() else { return nil }
        let end = lines.buffer[range].last == 0x0D ? range.upperBound - 1 : range.upperBound
        let text = String(decoding: lines.buffer[range.lowerBound..<end], as: UTF8.self)
        return lines.number == 1 && text.first == "\u{FEFF}" ? String(text.dropFirst()) : text
    }

    private static func separator(of heading: String) -> Character {
        [",", ";", "\t"].max { a, b in heading.count { $0 == a } < heading.count { $0 == b } } ?? ","
    }

    private static func fields(_ line: String, separator: Character) -> [Substring] {
        line.split(separator: separator, omittingEmptySubsequences: false).map { field in
            var field = field.drop(while: \.isWhitespace)
            while field.last?.isWhitespace == true { field.removeLast() }
            if field.count > 1, field.first == "\"", field.last == "\"" { field = field.dropFirst().dropLast() }
            return field
        }
    }
}
