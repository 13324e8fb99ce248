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
        guard survey.frames > 0, survey.hasTimes, let field = survey.timeField else {
            times = nil
            recordedAt = nil
            var notes: [String] = []
            if survey.timedFrames > 0 {
                notes.append(
                    "times of \(survey.timedFrames) of \(survey.frames) frames passed over, since the others have none")
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
        let times = KeypointTimes(survey.times.compactMap(\.self), unit: field.unit, field: field.field)
        self.times = times.times
        recordedAt = times.recordedAt
        notes = times.notes + (stated.map { [$0] } ?? [])
    }

    /// The time of the frame at a position of the source; nil when it is to be passed over.
    func time(at position: Int, number: Int) -> Duration? {
        guard let times else { return clock.time(ofFrame: countsNumbers ? number : position) }
        return position < times.count ? times[position] : nil
    }
}
