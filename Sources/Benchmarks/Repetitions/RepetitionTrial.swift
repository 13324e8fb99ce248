import MotionRules
import Skeleton

/// What counting told of one set.
struct RepetitionTrial {
    /// A repetition that was told, with the true one it is of.
    struct Told {
        var repetition: Repetition
        /// When it was told, in media seconds.
        var time: Double
        /// Nil where it is of none.
        var truth: Int?
    }

    private(set) var told: [Told] = []

    /// What was counted in full.
    var count: Int { told.count { !$0.repetition.isPartial } }

    /// The exercise that most were told of; nil where none was.
    var name: String? {
        Dictionary(grouping: told) { $0.repetition.exercise }.max {
            ($0.value.count, $1.key) < ($1.value.count, $0.key)
        }?
        .key
    }

    /// - Parameters:
    ///   - rules: the exercises looked for.
    ///   - isGiven: whether somebody said that it is the only one of them.
    init(_ frames: [SkeletonFrame], rules: [Exercise], isGiven: Bool, truth: [SetTape.Truth]) {
        let settings = isGiven ? CountingSettings.given([rules[0].name]) : .workout
        var counter = SetCounter(exercises: rules, settings: settings)
        for frame in frames { take(counter.update(frame), at: frame.presentationTime) }
        take(counter.finish(), at: frames.last?.presentationTime ?? .zero)
        match(truth)
    }

    private mutating func take(_ findings: [SetFinding], at time: Duration) {
        for case .repetition(let repetition) in findings {
            told.append(Told(repetition: repetition, time: time.inSeconds))
        }
    }

    /// Each is of the true one it shares most time with, and each true one is told once.
    private mutating func match(_ truth: [SetTape.Truth]) {
        var pairs: [(shared: Double, told: Int, truth: Int)] = []
        for index in told.indices {
            let (start, end) = (told[index].repetition.start.inSeconds, told[index].repetition.end.inSeconds)
            for number in truth.indices {
                let shared = min(end, truth[number].end) - max(start, truth[number].start)
                let shorter = min(end - start, truth[number].end - truth[number].start)
                if shared > 0.25 * shorter { pairs.append((shared, index, number)) }
            }
        }
        var taken: Set<Int> = []
        for pair in pairs.sorted(by: { $0.shared > $1.shared })
        where told[pair.told].truth == nil && taken.insert(pair.truth).inserted { told[pair.told].truth = pair.truth }
    }
}
