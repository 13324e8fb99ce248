import Foundation
import Skeleton

/// A `.skeleton` file of NTU RGB+D (Shahroudy et al. 2016): a number of frames, and in each a number of bodies with 25
/// joints as the second Kinect measured them.
final class NTUFile: KeypointSource {
    let topology: SkeletonTopology? = .ntu25
    let framesPerSecond: Double? = 30
    let notes = [
        "world points turned to x right, y down, z away with the camera as origin",
        "colour picture of 1920x1080 turned back from Kinect's mirror image",
        "inferred joints given visibility 0.25", "bodies numbered in the order in which they appear",
    ]
    private let lines: LineReader
    private var frameCount = 0
    private var frame = 0
    private var tracks: [Substring: Int] = [:]

    private static let picture = PictureSize(width: 1920, height: 1080)
    /// Kinect follows six; nobody wrote more than this into one frame.
    private static let greatestBodyCount = 64

    init(path: String) throws(RecordingsError) {
        lines = try LineReader(path: path)
        frameCount = try wholeNumber("a number of frames", upTo: FrameNumber.limit)
    }

    func next() throws(RecordingsError) -> KeypointFrame? {
        guard frame < frameCount else { return nil }
        let bodies = try wholeNumber("a number of bodies", upTo: Self.greatestBodyCount)
        let line = lines.number
        var people: [KeypointPerson] = []
        for _ in 0..<bodies { people.append(try body()) }
        defer { frame += 1 }
        return KeypointFrame(
            number: frame, picture: Self.picture, people: people, place: RecordPlace(file: lines.file, line: line))
    }

    private func body() throws(RecordingsError) -> KeypointPerson {
        let heading = try fields("a body")
        guard heading.count >= 10 else {
            throw error("10 values of a body", found: "\(heading.count)")
        }
        let track = tracks[heading[0]] ?? tracks.count + 1
        tracks[heading[0]] = track
        guard tracks.count < 10_000 else { throw error("fewer than 10000 people", found: "more") }
        var person = KeypointPerson(id: track, score: 1)
        let joints = try wholeNumber("a number of joints", upTo: 25)
        guard joints == 25 else { throw error("25 joints", found: "\(joints)") }
        for _ in 0..<joints { try joint(of: &person) }
        return person
    }

    private func joint(of person: inout KeypointPerson) throws(RecordingsError) {
        let fields = try fields("a joint")
        guard fields.count >= 12 else { throw error("12 values of a joint", found: "\(fields.count)") }
        func number(_ index: Int) throws(RecordingsError) -> Float {
            guard let value = Float(fields[index]) else { throw error("a number", found: "'\(fields[index])'") }
            return value
        }
        let place = SIMD3(-(try number(0)), -(try number(1)), try number(2))
        let color = SIMD2(try number(5), try number(6))
        let state = try number(11)
        let confidence: Float = state >= 2 ? 1 : state >= 1 ? 0.25 : 0
        let isSeen = confidence > 0 && place.x.isFinite && place.y.isFinite && place.z.isFinite && place.z > 0
        let isInPicture = isSeen && abs(color.x) < 1e5 && abs(color.y) < 1e5
        person.worldPoints.append(isSeen ? place : nil)
        person.points.append(isInPicture ? SIMD4(1920 - color.x, color.y, 0, confidence) : .zero)
    }

    private func wholeNumber(_ what: String, upTo limit: Int) throws(RecordingsError) -> Int {
        let fields = try fields(what)
        guard fields.count == 1, let number = Int(fields[0]), 0...limit ~= number else {
            throw error("\(what) from 0 to \(limit)", found: "'\(fields.joined(separator: " ").prefix(40))'")
        }
        return number
    }

    /// The words of the next line that is not empty.
    private func fields(_ what: String) throws(RecordingsError) -> [Substring] {
        while let range = try lines.next() {
            let text = String(decoding: lines.buffer[range], as: UTF8.self)
            let fields = text.split { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\r\n" }
            if !fields.isEmpty { return fields }
        }
        throw RecordingsError(
            file: lines.file, line: lines.number + 1,
            message:
                "expected \(what) of frame \(min(frame + 1, frameCount)) of \(frameCount), found the end of the file")
    }

    private func error(_ expected: String, found: String) -> RecordingsError {
        RecordingsError(file: lines.file, line: lines.number, message: "expected \(expected), found \(found)")
    }
}
