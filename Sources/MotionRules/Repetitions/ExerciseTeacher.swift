import MarkedYAML
package import Skeleton

/// Makes the rule of an exercise from a recording of somebody doing it a few times.
///
/// The repetitions are found by their motion alone. Of all measures, the one that tells rest from turning point most clearly
/// leads; those that hardly move meanwhile become guards.
package struct ExerciseTeacher: Sendable {
    /// What was learnt.
    package struct Lesson: Sendable {
        /// The rule as the text of a file.
        package var text: String
        package var exercise: Exercise
        /// The repetitions it was made from.
        package var spans: [ClosedRange<Duration>]
        /// The measure that leads, at rest and at the turning point.
        package var leading: (measure: Measure, rest: Float, turn: Float)
        /// How many of the repetitions the rule counts.
        package var counted: Int
    }

    /// Why nothing could be learnt.
    package enum Failure: Error, Hashable {
        /// Nobody was seen.
        case nobody
        /// Only so many repetitions were found.
        case repetitions(Int)
        /// The repetitions do not agree on any measure.
        case vague
    }

    private struct Pupil: Sendable {
        var measurer = Measurer(measures: ExerciseTeacher.measures)
        var motion = RepeatedMotionCounter()
        var times: [Duration] = []
        var values: [[Measurement?]] = []
        var repetitions: [RepeatedMotionCounter.Repetition] = []
    }

    private var pupils: [TrackID: Pupil] = [:]
    private var frames: [SkeletonFrame] = []

    /// Least number of repetitions.
    package static let least = 3

    /// What may lead or guard: postures, of both sides together.
    private static let measures = Measure.all.filter {
        [.degrees, .torsoLengths, .ratio].contains($0.unit) && ($0.side == nil || $0.side == .mean)
    }

    package init() {}

    /// Takes a frame of the recording.
    package mutating func take(_ frame: SkeletonFrame) {
        frames.append(frame)
        for person in frame.people {
            var pupil = pupils.removeValue(forKey: person.track) ?? Pupil()
            pupil.measurer.update(person.pose, aspectRatio: frame.aspectRatio, at: frame.presentationTime)
            pupil.times.append(frame.presentationTime)
            pupil.values.append(pupil.measurer.values)
            pupil.repetitions += pupil.motion.update(
                person.pose, aspectRatio: frame.aspectRatio, at: frame.presentationTime)
            pupils[person.track] = pupil
        }
    }

    /// The rule of what the person did who repeated most.
    package mutating func lesson(named name: String) throws(Failure) -> Lesson {
        for track in pupils.keys.sorted() {
            let rest = pupils[track]?.motion.finish() ?? []
            pupils[track]?.repetitions += rest
        }
        let best = pupils.sorted { $0.key < $1.key }.max { $0.value.repetitions.count < $1.value.repetitions.count }
        guard let (track, pupil) = best else { throw .nobody }
        guard pupil.repetitions.count >= Self.least else { throw .repetitions(pupil.repetitions.count) }
        let ways = Self.measures.indices.compactMap { Self.way(of: $0, in: pupil) }
        guard let leading = ways.max(by: { $0.clarity < $1.clarity }), leading.clarity >= Self.leastClarity else {
            throw .vague
        }
        let text = Self.text(name, leading, guards: Self.guards(of: leading, in: pupil), pupil.repetitions)
        guard case .exercise(let exercise)? = try? MotionRule(yaml: text, file: name) else { throw .vague }
        var counter = RepetitionCounter(exercises: [exercise])
        let counted = frames.flatMap { counter.update($0) }.filter { $0.track == track }.count
        return Lesson(
            text: text, exercise: exercise, spans: pupil.repetitions.map { $0.start...$0.end },
            leading: (leading.measure, leading.rest, leading.turn), counted: counted)
    }

    /// How a measure goes from rest to the turning point.
    private struct Way {
        let measure: Measure
        let rest: Float
        let turn: Float
        /// The way over what the measure needs to be told by, lessened by how much the repetitions differ.
        let clarity: Float
    }

    /// A measure has to go this far to lead: 25 degrees, a fifth of a trunk, an eighth of a share.
    private static func step(_ unit: MeasureUnit) -> Float {
        switch unit {
        case .degrees: 25
        case .torsoLengths: 0.2
        default: 0.125
        }
    }

    private static let leastClarity: Float = 1

    private static func way(of index: Int, in pupil: Pupil) -> Way? {
        var (rests, turns): ([Float], [Float]) = ([], [])
        for repetition in pupil.repetitions {
            // The end is told a little before the rest is reached.
            guard let start = value(of: index, at: repetition.start, in: pupil),
                let turn = value(of: index, at: repetition.turningPoint, in: pupil)
            else { continue }
            rests.append(start)
            turns.append(turn)
        }
        guard turns.count >= least else { return nil }
        let (rest, turn) = (median(rests), median(turns))
        let spread = median(rests.map { abs($0 - rest) }) + median(turns.map { abs($0 - turn) })
        let measure = measures[index]
        return Way(
            measure: measure, rest: rest, turn: turn, clarity: (abs(turn - rest) - 1.5 * spread) / step(measure.unit))
    }

    /// The median of a measure within a tenth of a second of a time.
    private static func value(of index: Int, at time: Duration, in pupil: Pupil) -> Float? {
        let near = Duration.milliseconds(120)
        let first = pupil.times.partitioningIndex { $0 >= time - near }
        let values = pupil.times.indices[first...].prefix { pupil.times[$0] <= time + near }.compactMap {
            pupil.values[$0][index]?.value
        }
        return values.isEmpty ? nil : median(values)
    }

    private static func median(_ values: [Float]) -> Float {
        let sorted = values.sorted()
        return (sorted[sorted.count / 2] + sorted[(sorted.count - 1) / 2]) / 2
    }

    /// Ranges of measures that hardly move through all repetitions, the trunk's angle first.
    private static func guards(of leading: Way, in pupil: Pupil) -> [(measure: Measure, range: ClosedRange<Float>)] {
        ["torso"].compactMap { name in
            guard let index = measures.firstIndex(where: { $0.name == name }), measures[index] != leading.measure else {
                return nil
            }
            let moments = pupil.repetitions.flatMap { repetition in
                pupil.times.indices.filter { (repetition.start...repetition.end).contains(pupil.times[$0]) }
            }
            let values = moments.compactMap { pupil.values[$0][index]?.value }.sorted()
            guard values.count * 2 > moments.count, let measure = Measure.named(name) else { return nil }
            let step = step(measure.unit)
            let (low, high) = (values[values.count / 20] - step, values[values.count * 19 / 20] + step)
            guard high - low <= 4 * step else { return nil }
            return (measure, max(low, measure.range.lowerBound)...min(high, measure.range.upperBound))
        }
    }

    private static func text(
        _ name: String, _ leading: Way, guards: [(measure: Measure, range: ClosedRange<Float>)],
        _ repetitions: [RepeatedMotionCounter.Repetition]
    ) -> String {
        let unit = leading.measure.unit
        let way = leading.turn - leading.rest
        func at(_ share: Float) -> String { unit.number(leading.rest + share * way) }
        let rises = way > 0
        let (rest, turn) = (rises ? "below" : "above", rises ? "above" : "below")
        let measure = leading.measure.name
        let guarding = guards.map { found in
            func limits(_ range: ClosedRange<Float>) -> String {
                "[\(found.measure.unit.number(range.lowerBound)), \(found.measure.unit.number(range.upperBound))]"
            }
            let slack = 0.3 * step(found.measure.unit)
            let wide = (found.range.lowerBound - slack...found.range.upperBound + slack).clamped(
                to: found.measure.range)
            return
                "        - {measure: \(found.measure.name), within: \(limits(found.range)), release: \(limits(wide))}\n"
        }.joined()
        let lengths = repetitions.map { ($0.end - $0.start).inSeconds }
        let (shortest, longest) = (max(0.2, 0.4 * (lengths.min() ?? 0)), 3 * (lengths.max() ?? 5) + 1)
        func seconds(_ value: Double) -> String { MeasureUnit.ratio.number(Float(value)) }
        return """
            # yaml-language-server: $schema=../schema.json
            exercise: \(name)
            about: Made from \(repetitions.count) recorded repetitions, led by '\(measure)'.
            phases:
              - name: rest
                when:
                  all:
                    - {measure: \(measure), \(rest): \(at(0.35)), release: \(at(0.45))}
            \(guarding)  - name: out
                when:
                  all:
                    - {measure: \(measure), \(turn): \(at(0.65)), release: \(at(0.55))}
            \(guarding)range: {measure: \(measure), \(rises ? "rises" : "falls"): \(unit.number(0.6 * abs(way)))}
            duration: {at_least: \(seconds(shortest)), at_most: \(seconds(longest))}

            """
    }
}
