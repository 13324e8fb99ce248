import Events
import Foundation
import History
import Pipeline
import Recognition
import Skeleton

/// How near what people did in a history came to a taught gesture.
struct PastAlarms {
    /// The lows of its cost, lowest first.
    let lows: [Float]
    /// Of people watched, all of them together.
    let hours: Double
    /// What could not be looked at.
    let damaged: DamagedClips

    /// Longer stretches are described in pieces, so that memory stays small.
    private static let longest = 600.0

    /// - Parameter examples: what the gesture is taught from; it is no false alarm to find it there.
    init(
        of gesture: TaughtGesture, in clips: [ClipRecord], of reader: HistoryReader, sparing examples: [PastSpan],
        model: ActionModel
    ) throws {
        let teacher = GestureTeacher(model: model)
        let trial = GestureTrial(ExemplarSet([gesture], model: model))
        var lows: [Float] = []
        var seconds = 0.0
        var people: [TrackID: [MotionSample]] = [:]
        func describe(_ track: TrackID) {
            guard let samples = people.removeValue(forKey: track), samples.count > 1 else { return }
            let motion = teacher.describe(samples)
            lows += trial.lows(in: motion)[0]
            seconds += motion.length
        }
        damaged = try ProgressBar.during("Looking at the past", total: clips.count, unit: "clips") { progress in
            try ClipPlayer(clips, of: reader).play(progress: progress) { moment, isFirst in
                if isFirst { for track in people.keys.sorted() { describe(track) } }
                let time = moment.frame.presentationTime.inSeconds
                for (track, samples) in people.sorted(by: { $0.key < $1.key })
                where time - samples[samples.count - 1].time > ReplayPipeline.longestGap.inSeconds {
                    describe(track)
                }
                for person in moment.frame.people {
                    let track = person.track
                    if examples.contains(where: {
                        $0.isNear(moment.time, of: track, at: moment.frame.camera, in: moment.run)
                    }) {
                        describe(track)
                        continue
                    }
                    let sample = MotionSampler(topology: person.pose.topology).sampleWithHands(
                        person.pose, at: time, aspectRatio: moment.frame.aspectRatio)
                    guard sample.seen != 0 else { continue }
                    if let first = people[track]?.first, time - first.time > Self.longest { describe(track) }
                    people[track, default: []].append(sample)
                }
            }
        }
        for track in people.keys.sorted() { describe(track) }
        self.lows = lows.sorted()
        hours = seconds / 3600
    }

    /// How often the gesture would have been told.
    func count(at threshold: Float) -> Int { lows.count { $0 < threshold } }

    /// The highest threshold, up to a limit, that raises no more false alarms an hour than that.
    func threshold(allowing rate: Double, atMost limit: Float) -> Float {
        let allowed = Int(rate * hours)
        guard allowed < lows.count else { return limit }
        return max(TaughtGesture.thresholds.lowerBound, min(limit, lows[allowed] * 0.98))
    }

    /// What to say where the gesture comes close to what people did.
    ///
    /// - Parameter usual: the threshold that was chosen without the history.
    func warnings(_ gesture: TaughtGesture, usual: Float) -> [String] {
        let (usualCount, count) = (self.count(at: usual), self.count(at: gesture.threshold))
        guard gesture.threshold < usual else { return count > 0 ? [sentence(at: gesture.threshold)] : [] }
        guard usualCount > count else { return [] }
        return ["at the threshold of \(String(format: "%.2f", usual)) it \(sentence(at: usual)), so it is lower"]
    }

    /// For people, without a full stop.
    func sentence(at threshold: Float) -> String {
        let count = count(at: threshold)
        return
            "would have fired \(count == 1 ? "once" : "\(count) times") in \(PastTrial.length(hours: hours)) of history"
    }
}
