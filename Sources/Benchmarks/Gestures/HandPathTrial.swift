import Foundation
import LabanCommands
import Recognition
import Recordings
import Skeleton
import Training

/// How well gestures taught with hands alone are told apart, on a set of paths of two hands (GRUFBA 3D).
///
/// Subjects are not marked, so the set is split by its order, as its own README does: the examples are spread evenly over
/// the first three quarters of each gesture, the last quarter is watched.
struct HandPathTrial {
    /// What came of it.
    struct Score {
        /// Recordings of which their own gesture was told, and no other.
        var right = 0
        /// Recordings of which another gesture was told.
        var wrong = 0
        var shown = 0
        /// In motion of puppets other than those that thresholds were chosen by.
        var falseAlarms = 0
        var hours = 0.0

        var accuracy: Double { Double(right) / Double(max(1, shown)) }
        var falseAlarmsPerHour: Double { Double(falseAlarms) / max(hours, 1e-9) }
    }

    /// Frames a second; the set does not tell, a Kinect gives thirty.
    private static let rate = 30.0
    private let recordings: [(gesture: String, samples: [MotionSample])]
    private let model: ActionModel
    private let teacher: GestureTeacher
    private let puppets: [DescribedMotion]
    private let others: [DescribedMotion]

    /// Whether a folder is such a set.
    static func fits(_ folder: String) throws -> Bool {
        try CSVTable(path: folder + "/sequences.csv").columns.contains("hands")
    }

    /// - Parameters:
    ///   - puppets: ordinary motion that thresholds are chosen by.
    init(folder: String, model: ActionModel, puppets: [DescribedMotion]) throws {
        self.model = model
        self.puppets = puppets
        let teacher = GestureTeacher(model: model)
        self.teacher = teacher
        others = PuppetMotions.idling(hours: 1, seed: 41).map { teacher.describe($0.samples) }
        let table = try CSVTable(path: folder + "/sequences.csv")
        let (gesture, order) = try (table.column("gesture"), table.column("order"))
        let (start, count) = try (table.column("start"), table.column("frames"))
        let frames = try NumPyArray(path: folder + "/frames.npy").numbers
        recordings = table.rows.sorted { Int($0[order]) ?? 0 < Int($1[order]) ?? 0 }.compactMap { row in
            guard let first = Int(row[start]), let length = Int(row[count]),
                first >= 0, length > 1, (first + length) * 6 <= frames.count
            else { return nil }
            return (row[gesture], (0..<length).map { Self.sample(frames[((first + $0) * 6)...], number: $0) })
        }
    }

    /// Left hand, then right; y grows upwards in the set.
    private static func sample(_ numbers: ArraySlice<Float>, number: Int) -> MotionSample {
        var points = [SIMD3<Float>?](repeating: nil, count: MotionSample.jointCount)
        let first = numbers.startIndex
        for (hand, joint) in [MotionSample.Joint.leftWrist, MotionSample.Joint.rightWrist].enumerated() {
            let base = first + 3 * hand
            points[joint] = SIMD3(numbers[base], -numbers[base + 1], numbers[base + 2])
        }
        return MotionSample(time: Double(number) / rate, points: points)
    }

    /// - Parameter examples: of each gesture.
    func run(examples: Int) -> Score {
        let byGesture = Dictionary(grouping: recordings, by: \.gesture)
        let names = byGesture.keys.sorted()
        var gestures = names.compactMap { name -> TaughtGesture? in
            let pool = byGesture[name, default: []]
            let shown = (0..<examples).compactMap { index in
                let place = examples > 1 ? index * (pool.count * 3 / 4 - 1) / (examples - 1) : pool.count * 3 / 8
                return GestureTeacher.example(pool[place].samples, source: name)
            }
            return shown.isEmpty ? nil : TaughtGesture(name: name, threshold: 1, examples: shown)
        }
        for index in gestures.indices {
            gestures[index].threshold =
                teacher.propose(for: gestures[index], background: puppets, others: gestures, limit: 1).threshold
        }
        let trial = GestureTrial(ExemplarSet(gestures, model: model))
        var score = Score()
        for name in names {
            let pool = byGesture[name, default: []]
            for recording in pool[(pool.count * 3 / 4)...] {
                let told = Set(trial.told(in: teacher.describe(recording.samples)).map(\.name))
                score.shown += 1
                if told == [name] { score.right += 1 }
                if !told.subtracting([name]).isEmpty { score.wrong += 1 }
            }
        }
        for motion in others {
            score.falseAlarms += trial.told(in: motion).count
            score.hours += motion.length / 3600
        }
        return score
    }
}
