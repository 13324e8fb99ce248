import Skeleton

/// When each frame of a source is: as its times say, else as its number or order says at a rate.
struct KeypointSchedule {
    /// When the recording began, since 1970, where the source tells.
    let recordedAt: Duration?
    /// How the times came about, for people to read.
    let notes: [String]
    private let times: [Duration?]?
    private let clock: FrameClock
    private let countsNumbers: Bool

    /// - Parameters:
    ///   - stated: frames a second as the user says.
    ///   - own: frames a second as the file or its format says.
    init(_ survey: KeypointSurvey, stated: Double?, own: FrameClock.Rate?) {
        clock = FrameClock(stated: stated, own: own)
        let isPhotographs = survey.isPhotographs && stated == nil
        countsNumbers = survey.hasGrowingNumbers && !isPhotographs
        // A few frames without a time stand between those that have one; where most have none, no time can be gone by.
        guard survey.timedFrames * 2 > survey.frames, let field = survey.timeField else {
            times = nil
            recordedAt = nil
            var notes: [String] = []
            if survey.timedFrames > 0 {
                notes.append(
                    "times of \(survey.timedFrames) of \(survey.frames) frames passed over, since most have none")
            }
            if isPhotographs, survey.frames > 1 {
                notes.append(
                    "\(survey.frames) pictures taken for photographs, each with people of its own; --fps makes them a film"
                )
            } else if survey.frames > 1 {
                notes.append(clock.note(numbersAreOwn: countsNumbers))
            }
            self.notes = notes
            return
        }
        let stated = stated.map { "--fps \(FrameClock.text($0)) passed over, since the frames have times of their own" }
        let times = KeypointTimes(Self.filled(survey.times), unit: field.unit, field: field.field)
        self.times = times.times
        recordedAt = times.recordedAt
        let untimed = survey.frames - survey.timedFrames
        let filled = untimed == 0 ? [] : ["\(untimed) of \(survey.frames) frames have no time: put between the others"]
        notes = filled + times.notes + (stated.map { [$0] } ?? [])
    }

    /// Times for frames that have none, evenly between those before and after; at the ends they go on as beside them.
    private static func filled(_ times: [Double?]) -> [Double] {
        let known = times.indices.filter { times[$0] != nil }
        guard known.count > 1 else { return times.compactMap(\.self) }
        var (filled, next) = ([Double](), 1)
        for index in times.indices {
            while next < known.count - 1, known[next] < index { next += 1 }
            let (before, after) = (known[next - 1], known[next])
            guard times[index] == nil, let start = times[before], let end = times[after] else {
                filled.append(times[index] ?? 0)
                continue
            }
            filled.append(start + (end - start) * Double(index - before) / Double(after - before))
        }
        return filled
    }

    /// The time of the frame at a position of the source; nil when it is to be passed over.
    func time(at position: Int, number: Int) -> Duration? {
        guard let times else { return clock.time(ofFrame: countsNumbers ? number : position) }
        return position < times.count ? times[position] : nil
    }
}
