import MotionRules
import Rendering
import Skeleton

extension MotionCourse {
    /// What was counted, over the motion that it was counted in.
    var chart: Chart {
        let turns = repetitions.compactMap { repetition -> Chart.Point? in
            guard let moment = nearest(to: repetition.turningPoint), values[moment].isFinite else { return nil }
            return Chart.Point(
                time: times[moment].inSeconds, value: values[moment],
                label: repetition.isPartial ? "partial" : "\(repetition.index)",
                tint: repetition.isPartial ? Chart.bad : Chart.good)
        }
        let spans = sets.enumerated().map { index, set in
            Chart.Span(
                start: set.start.inSeconds, end: set.end.inSeconds, label: "\(set.exercise) \(set.amount)", tint: index)
        }
        let told = sets.map { "\($0.exercise) \($0.amount)" }.joined(separator: ", ")
        return Chart(
            title: "Counted of #\(track): \(told)",
            legend: [
                Chart.Key("motion", tint: Chart.curve, look: .line),
                Chart.Key("turning point of a counted repetition", tint: Chart.good, look: .circle),
                Chart.Key("of a partial one, not counted", tint: Chart.bad, look: .circle),
            ],
            times: times.map(\.inSeconds), strips: [Chart.Strip(title: "sets", spans: spans, shadesPanels: true)],
            panels: [
                Chart.Panel(
                    title: "motion (trunk lengths): how far all joints are along the way they go together in each set",
                    values: values, points: turns)
            ])
    }

    private func nearest(to time: Duration) -> Int? {
        let next = times.partitioningIndex { $0 >= time }
        guard next > 0 else { return times.isEmpty ? nil : 0 }
        guard next < times.count else { return times.count - 1 }
        return times[next] - time < time - times[next - 1] ? next : next - 1
    }
}

extension ExerciseSet {
    /// `x12`, or for how long it was held.
    fileprivate var amount: String {
        held.map { "\(Int($0.inSeconds.rounded())) s" } ?? "x\(count)"
    }
}
