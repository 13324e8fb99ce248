package import JSONLines
import Skeleton

/// An event as one JSON object: what `--events` writes and what goes over the wire.
///
/// Keys come in a fixed order and numbers are rounded to 4 decimals, so the same event is always the same bytes.
package enum EventLine {
    /// Version of the envelope that is written and read.
    package static let version: Int64 = 1

    /// Which keys are written.
    package enum Form: Sendable, Hashable {
        case whole
        /// Without `id`, `run`, `t_cap_us`, `t_pub_us` and `mono_ns`: what two runs over the same file have in common.
        case repeatable
    }

    /// Writes the event without a line end.
    package static func encode(_ event: Event, as form: Form = .whole, into line: inout JSONWriter) {
        var fields = EventFields(event)
        if form == .repeatable {
            fields.id = nil
            fields.run = nil
            fields.captureTime = nil
            fields.publishTime = nil
            fields.monotonicNanoseconds = nil
        }
        fields.encode(into: &line)
    }

    /// The event as bytes without a line end.
    package static func encode(_ event: Event, as form: Form = .whole) -> [UInt8] {
        var line = JSONWriter()
        encode(event, as: form, into: &line)
        return line.bytes
    }

    /// Reads an event; unknown keys are ignored, keys come in any order.
    package static func decode(_ line: [UInt8]) throws(EventsError) -> Event {
        var fields = EventFields()
        do {
            var scanner = JSONScanner(line)
            try scanner.readObject { (scanner, key) throws(JSONFault) in try fields.read(key, from: &scanner) }
            try scanner.expectEnd()
        } catch {
            throw EventsError(error.sentence)
        }
        return try fields.event()
    }
}
