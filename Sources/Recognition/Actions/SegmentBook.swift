import Skeleton

/// Whom a recogniser watches: a person, or a part of one.
protocol WatchedSubject: Hashable, Comparable {
    var track: TrackID { get }
}

extension TrackID: WatchedSubject {
    var track: TrackID { self }
}

/// When a recogniser saw each subject last, and which segment each has open. Segments are numbered from 1.
struct SegmentBook<Subject: WatchedSubject> {
    private struct Entry {
        var lastSeen: Double
        var segmenter: any Segmenting
        var segment: (number: Int, label: String, start: Duration)?
    }

    private let classes: [String]
    private let longestGap: Duration
    private let makeSegmenter: (_ firstSeen: Double) -> any Segmenting
    private var entries: [Subject: Entry] = [:]
    private var segments = 0

    /// - Parameters:
    ///   - classes: names of the labels that segmenters report.
    ///   - longestGap: who is unseen for longer starts anew.
    ///   - makeSegmenter: gives a segmenter for somebody new, seen first at that time in seconds.
    init(
        classes: [String], longestGap: Duration, makeSegmenter: @escaping (_ firstSeen: Double) -> any Segmenting
    ) {
        self.classes = classes
        self.longestGap = longestGap
        self.makeSegmenter = makeSegmenter
    }

    /// Everybody known, sorted.
    var subjects: [Subject] { entries.keys.sorted() }

    /// Notes that a subject is seen; false where that is no later than the last time.
    mutating func see(_ subject: Subject, at now: Double) -> Bool {
        guard let lastSeen = entries[subject]?.lastSeen else {
            entries[subject] = Entry(lastSeen: now, segmenter: makeSegmenter(now), segment: nil)
            return true
        }
        guard now > lastSeen else { return false }
        entries[subject]?.lastSeen = now
        return true
    }

    /// Who was not seen for too long, sorted.
    func forgotten(at time: Duration) -> [Subject] {
        let oldest = (time - longestGap).inSeconds
        return entries.filter { $0.value.lastSeen < oldest }.keys.sorted()
    }

    /// What a subject's segmenter makes of a prediction; nil for one who is not known.
    mutating func step(_ subject: Subject, _ probabilities: [Float], at time: Double) -> [ActionSegmenter.Report]? {
        entries[subject]?.segmenter.step(probabilities, at: time)
    }

    /// A report of a subject's segmenter, written down.
    mutating func change(
        _ report: ActionSegmenter.Report, of subject: Subject, frame: Int, at time: Duration
    ) -> SegmentChange {
        switch report {
        case .begin(let label, let confidence, let start):
            segments += 1
            entries[subject]?.segment = (segments, classes[label], .seconds(start))
            return change(.begin, of: subject, confidence, frame: frame, at: time)
        case .update(let label, let confidence):
            entries[subject]?.segment?.label = classes[label]
            return change(.update, of: subject, confidence, frame: frame, at: time)
        case .end(let confidence, let end):
            defer { entries[subject]?.segment = nil }
            return change(
                .end, of: subject, confidence, frame: frame, at: time, end: .seconds(end), reason: .completed)
        }
    }

    /// Forgets a subject; the end of their segment if one is open.
    mutating func end(_ subject: Subject, frame: Int, at time: Duration, reason: EndReason) -> SegmentChange? {
        defer { entries[subject] = nil }
        guard let entry = entries[subject], entry.segment != nil else { return nil }
        return change(
            .end, of: subject, entry.segmenter.openConfidence ?? 0, frame: frame, at: time, reason: reason)
    }

    private func change(
        _ phase: Phase, of subject: Subject, _ confidence: Float, frame: Int, at time: Duration, end: Duration? = nil,
        reason: EndReason? = nil
    ) -> SegmentChange {
        guard let segment = entries[subject]?.segment else { preconditionFailure("a segment was begun before") }
        return SegmentChange(
            phase: phase, track: subject.track, label: segment.label, confidence: confidence, segment: segment.number,
            frame: frame, presentationTime: time, start: segment.start, end: end, reason: reason)
    }
}
