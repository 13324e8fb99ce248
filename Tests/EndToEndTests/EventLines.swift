import Foundation

/// Event lines as dictionaries, for tests that look at a few fields.
struct EventLines {
    let events: [[String: Any]]

    init(_ text: String) throws {
        events = try text.split(separator: "\n").map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
            guard let event = object as? [String: Any] else { throw CocoaError(.coderReadCorrupt) }
            return event
        }
    }

    init(file: URL) throws { try self.init(String(contentsOf: file, encoding: .utf8)) }

    /// Events of a type, such as `laban.rep`, with a label if one is given.
    func of(_ type: String, label: String? = nil, phase: String? = nil) -> [[String: Any]] {
        events.filter {
            $0["type"] as? String == type && (label == nil || $0["label"] as? String == label)
                && (phase == nil || $0["phase"] as? String == phase)
        }
    }

    /// The lines without ids and wall-clock times, which no two runs share.
    static func comparable(_ text: String) throws -> [String] {
        let personal: Set = ["id", "run", "t_cap_us", "t_pub_us", "mono_ns"]
        return try EventLines(text).events.map { event in
            let kept = event.filter { !personal.contains($0.key) }
            return String(
                decoding: try JSONSerialization.data(withJSONObject: kept, options: .sortedKeys), as: UTF8.self)
        }
    }
}
