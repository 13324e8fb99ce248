import ArgumentParser
import Events
import Foundation
import History
import LabanServer
import Recognition
import Skeleton

/// What a history has for the teaching of a gesture: examples, and what must not be taken for it.
struct PastLesson {
    let examples: [TaughtGesture.Example]
    private let spans: [PastSpan]
    private let reader: HistoryReader
    private let clips: [ClipRecord]
    private let damaged: DamagedClips

    /// Nil where no history is named.
    init?(_ command: GestureTeachCommand) throws {
        guard let (reader, filter) = try command.past.open() else { return nil }
        self.reader = reader
        spans = try command.events(of: reader).map { PastSpan($0) } + [command.stretch(of: reader)].compactMap { $0 }
        clips = try PastOptions.clips(of: reader, filter)
        var damaged = DamagedClips()
        do {
            examples = try spans.map { try $0.example(from: reader, leavingOut: &damaged) }
        } catch {
            damaged.warn(reader)
            throw error
        }
        self.damaged = damaged
        for (span, example) in zip(spans, examples) {
            let first = span.start.adding(.init(clampingSeconds: example.span.lowerBound))
            let length = String(format: "%.2f s", example.span.upperBound - example.span.lowerBound)
            Terminal.standardError.write(
                "\(span.name): the gesture begins at \(first.localText()) and lasts \(length)\n")
        }
    }

    /// How near what people did came to the gesture; says which clips could not be looked at.
    func alarms(of gesture: TaughtGesture) throws -> PastAlarms {
        let alarms = try PastAlarms(
            of: gesture, in: clips, of: reader, sparing: spans, model: try GestureFolder.model())
        var damaged = damaged
        damaged.formUnion(alarms.damaged)
        damaged.warn(reader)
        return alarms
    }
}
