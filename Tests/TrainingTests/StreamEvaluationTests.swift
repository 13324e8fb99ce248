import Foundation
import Recognition
import Recordings
import Skeleton
import TestSupport
import Testing
import Training

struct StreamEvaluationTests {
    private static func change(
        _ phase: Phase, _ label: String, at time: Int, start: Int = 0, end: Int? = nil, segment: Int = 1
    ) -> SegmentChange {
        SegmentChange(
            phase: phase, track: TrackID(1), label: label, confidence: 0.5, segment: segment, frame: 0,
            presentationTime: .seconds(time), start: .seconds(start), end: end.map { .seconds($0) },
            reason: phase == .end ? .completed : nil)
    }

    @Test("a segment counts with its last label, its estimated ends and the time at which that label was told")
    func segments() {
        let found = StreamEvaluation.segments(of: [
            Self.change(.begin, "a", at: 2, start: 1), Self.change(.begin, "c", at: 3, start: 3, segment: 2),
            Self.change(.update, "b", at: 4, start: 1), Self.change(.end, "b", at: 7, start: 1, end: 6),
            Self.change(.end, "c", at: 8, start: 3, segment: 2),
        ])
        #expect(
            found == [
                StreamScore.Found(label: "c", start: 3, end: 8, reported: 3),
                StreamScore.Found(label: "b", start: 1, end: 6, reported: 4),
            ])
    }

    @Test("the JSON object has the agreed keys, and null where nothing can be told")
    func json() throws {
        let folder = try TemporaryFolder()
        let model = try Self.model(in: folder)
        let evaluation = StreamEvaluation(model: model, settings: ActionRecogniserSettings())
        let object = try JSONSerialization.jsonObject(with: Data(evaluation.json.utf8)) as? [String: Any] ?? [:]
        for key in ["f1@0.10", "f1@0.25", "f1@0.50", "onset_delay_s", "false_alarms_per_hour", "ece"] {
            #expect(object[key] != nil, "\(key)")
        }
        #expect(object["onset_delay_s"] is NSNull && object["ece"] is NSNull)
        #expect(!evaluation.json.contains("\n"))
    }

    @Test("a label that is no class of the model is an error that names it")
    func stranger() throws {
        let folder = try TemporaryFolder()
        var evaluation = StreamEvaluation(
            model: try Self.model(in: folder), settings: ActionRecogniserSettings())
        let recording = Recording(
            topology: .common16, times: [.zero, .seconds(1)],
            poses: [Pose](
                repeating: Pose(topology: .common16, worldPoints: [SIMD3<Float>?](repeating: .zero, count: 16)),
                count: 2))
        let segment = RecordedSegment(label: "juggle", start: .zero, end: .seconds(1))
        #expect {
            try evaluation.add(recording, segments: [segment], name: "hall")
        } throws: { "\($0)".contains("juggle") && "\($0)".contains("hall") }
    }

    @Test("the table counts what the recogniser would begin, fewer at higher thresholds, and is kept with the model")
    func table() throws {
        let folder = try TemporaryFolder()
        let model = try Self.model(in: folder)
        let motions = ToyMotions.make(clips: 2, seed: 9).map(\.samples)
        let thresholds: [Float] = [0.35, 0.5, 0.8, 0.99]
        let table = OperatingTable(
            measuring: model, on: motions.map { $0.map(ActionSample.motion) }, data: ["toys"], thresholds: thresholds)
        for (point, threshold) in zip(table.points, thresholds) {
            var settings = ActionRecogniserSettings()
            settings.threshold = threshold
            var begun = 0
            for samples in motions {
                var recogniser = ActionRecogniser(model: model, settings: settings)
                for (index, sample) in samples.enumerated() {
                    let pose = Pose(
                        topology: .common16, worldPoints: (0..<16).map { SIMD3<Float>?(sample.points[$0]) })
                    begun +=
                        recogniser.update(
                            SkeletonFrame(
                                camera: "toys", index: index, presentationTime: .seconds(sample.time),
                                people: [TrackedPose(track: TrackID(1), pose: pose)])
                        ).count { $0.phase == .begin }
                }
            }
            #expect(abs(point.falseAlarmsPerHour * table.hours - Double(begun)) <= 1.5, "\(threshold)")
        }
        var description = try #require(model.trained)
        description.operatingTable = table
        try ActionModel.write(description, to: folder.file("model").path)
        let again = try ActionModel(folder: folder.file("model").path)
        #expect(again.operatingTable == table)
        let settings = ActionRecogniserSettings(for: again, falseAlarmsPerHour: 0)
        #expect(settings.threshold == table.threshold(falseAlarmsPerHour: 0))
        let usual = table.threshold(falseAlarmsPerHour: ActionRecogniserSettings.usualFalseAlarmsPerHour)
        #expect(ActionRecogniserSettings(for: again).threshold == usual)
        #expect(ActionRecogniserSettings(for: model) == ActionRecogniserSettings())
    }

    @Test(
        "rates below the threshold in force follow the rate at it, up and down, and never fall below the model's own",
        arguments: 1...20 as ClosedRange<UInt64>)
    func lowerRates(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var rate = 40.0
        let own = OperatingTable(
            data: [], hours: 20,
            points: OperatingTable.thresholds.map { threshold in
                rate *= .random(in: 0.4...1, using: &random)
                return .init(threshold: threshold, falseAlarmsPerHour: rate)
            })
        let floor: Float = [0.5, 0.77, 0.9].randomElement(using: &random)!
        func learn(_ count: Int, hours: Double, below table: OperatingTable) -> OperatingTable {
            OperatingTable(
                alarms: (0..<count).map { _ in .random(in: floor...1, using: &random) }, hours: hours, from: floor,
                data: [], below: table, noRarerThan: own)
        }
        let loud = learn(400, hours: 2, below: own)
        let quiet = learn(6, hours: 2, below: loud)
        let silent = learn(0, hours: 50, below: quiet)
        for table in [loud, quiet, silent] {
            #expect(zip(table.points, table.points.dropFirst()).allSatisfy { $0.0.threshold < $0.1.threshold })
            #expect(
                zip(table.points, table.points.dropFirst()).allSatisfy {
                    $0.0.falseAlarmsPerHour >= $0.1.falseAlarmsPerHour
                })
        }
        let lower = own.points.filter { $0.threshold < floor }
        for (index, point) in lower.enumerated() {
            #expect(loud.points[index].falseAlarmsPerHour > point.falseAlarmsPerHour)
            #expect(quiet.points[index].falseAlarmsPerHour < loud.points[index].falseAlarmsPerHour)
            #expect(silent.points[index].falseAlarmsPerHour == point.falseAlarmsPerHour)
        }
        // The same again changes nothing.
        #expect(learn(6, hours: 2, below: quiet).points.prefix(lower.count) == quiet.points.prefix(lower.count))
    }

    @Test("the lowest threshold is chosen from which on alarms are rare enough")
    func thresholds() {
        let rates = [(0.3, 40.0), (0.5, 2), (0.6, 3), (0.7, 1), (0.9, 0)]
        let table = OperatingTable(
            data: [], hours: 1,
            points: rates.map { .init(threshold: Float($0.0), falseAlarmsPerHour: $0.1) })
        #expect(table.threshold(falseAlarmsPerHour: 1) == 0.7)
        #expect(table.threshold(falseAlarmsPerHour: 2) == 0.7)
        #expect(table.threshold(falseAlarmsPerHour: 3) == 0.5)
        #expect(table.threshold(falseAlarmsPerHour: 0) == 0.9)
        #expect(table.threshold(falseAlarmsPerHour: 100) == 0.3)
        let hopeless = OperatingTable(data: [], hours: 1, points: [.init(threshold: 0.4, falseAlarmsPerHour: 9)])
        #expect(hopeless.threshold(falseAlarmsPerHour: 1) == 0.4)
    }

    /// A small network that tells the toy motions apart a little.
    private static func model(in folder: TemporaryFolder) throws -> ActionModel {
        let run = try TrainingRun(
            motions: ToyMotions.make(clips: 6, seed: 1), recipe: ToyMotions.recipe, output: folder.file("model").path)
        return try #require(try run.run(threads: 1))
    }
}
