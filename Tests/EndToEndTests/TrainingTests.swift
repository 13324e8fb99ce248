import Foundation
import Puppet
import Recordings
import Skeleton
import TestSupport
import Testing

@Suite("laban train and evaluate")
struct TrainingTests {
    @Test("a model trained on folders of recordings knows people it has not seen, and can be run")
    func ownModel() throws {
        let folder = try TemporaryFolder()
        let recordings = folder.file("recordings")
        var subjects = "clip,subject\n"
        for kind in [PuppetKind.squat, .wave, .walk] {
            let place = recordings.appending(path: kind.rawValue)
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            for number in 0..<12 {
                let name = "\(kind.rawValue)\(number)"
                let writer = try SkeletonFileWriter(path: place.appending(path: name + ".jsonl").path)
                let clip = PuppetClip(kind, frames: 60, frameRate: 20, seed: UInt64(number))
                for (index, pose) in clip.poses.enumerated() {
                    try writer.append(
                        SkeletonFrame(
                            camera: "puppet", index: index, presentationTime: .milliseconds(index * 50),
                            people: [TrackedPose(track: TrackID(1), pose: pose)]))
                }
                try writer.finish()
                subjects += "\(kind.rawValue)/\(name),\(number < 8 ? "a" : "b")\n"
            }
        }
        try subjects.write(to: recordings.appending(path: "subjects.csv"), atomically: true, encoding: .utf8)
        let recipe = folder.file("recipe.json")
        try #"{"epochs": 4}"#.write(to: recipe, atomically: true, encoding: .utf8)
        let model = folder.file("mine").path
        let training = try LabanProcess.run(
            "train", recordings.path, "--output", model, "--recipe", recipe.path, "--test-subjects", "b")
        #expect(training.status == 0, "\(training.errors)")
        #expect(
            training.errors.contains("\(recordings.lastPathComponent): 24 clips of 3 classes, 1 person: a"),
            "\(training.errors)")
        #expect(training.errors.contains("Warning: 'squat' has 8 clips") && training.output.contains("Protocol: "))
        let evaluation = try LabanProcess.run("evaluate", model, recordings.path, "--subjects", "b", "--json")
        #expect(evaluation.status == 0, "\(evaluation.errors)")
        for file in ["training.svg", "training.csv"] {
            #expect(FileManager.default.fileExists(atPath: model + "/" + file))
        }
        let picture = folder.file("confusion.png")
        let drawn = try LabanProcess.run("evaluate", model, recordings.path, "--picture", picture.path)
        #expect(drawn.status == 0 && drawn.output.contains("36 clips"), "\(drawn.errors)")
        #expect(try Data(contentsOf: picture).starts(with: [0x89, 0x50, 0x4E, 0x47]))
        let report = try #require(EventLines(evaluation.output).events.first)
        #expect(report["clips"] as? Int == 12)
        let name = recordings.lastPathComponent
        let trained = "\(name), 12 clips of b; trained on \(name) (24 clips of a)"
        #expect(report["protocol"] as? String == trained)
        #expect(try #require(report["top1"] as? Double) >= 0.75)
        for key in ["mean_class", "confusion", "classes"] { #expect(report[key] != nil) }
        let run = try LabanProcess.run("run", LabanProcess.fixture("workout.truth.jsonl"), "--model", model, "--json")
        #expect(run.status == 0, "\(run.errors)")
    }

    @Test("people are left out by turns, and every fold is told with mean and spread")
    func crossValidation() throws {
        let folder = try TemporaryFolder()
        let recordings = folder.file("recordings")
        var subjects = "clip,subject\n"
        for kind in [PuppetKind.squat, .wave] {
            let place = recordings.appending(path: kind.rawValue)
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            for number in 0..<4 {
                let writer = try SkeletonFileWriter(path: place.appending(path: "\(kind.rawValue)\(number).jsonl").path)
                for (index, pose) in PuppetClip(kind, frames: 40, frameRate: 20, seed: UInt64(number)).poses
                    .enumerated()
                {
                    try writer.append(
                        SkeletonFrame(
                            camera: "puppet", index: index, presentationTime: .milliseconds(index * 50),
                            people: [TrackedPose(track: TrackID(1), pose: pose)]))
                }
                try writer.finish()
                subjects += "\(kind.rawValue)\(number),\(number < 2 ? "anna" : "ben")\n"
            }
        }
        try subjects.write(to: recordings.appending(path: "subjects.csv"), atomically: true, encoding: .utf8)
        let recipe = folder.file("recipe.json")
        try #"{"epochs": 1, "steps_per_epoch": [2, 2]}"#.write(to: recipe, atomically: true, encoding: .utf8)
        let output = folder.file("folds").path
        let training = try LabanProcess.run(
            "train", recordings.path, "--output", output, "--recipe", recipe.path, "--cross-validate", "1")
        #expect(training.status == 0, "\(training.errors)")
        let lines = training.output.split(separator: "\n")
        #expect(lines[0].hasPrefix("fold 1: without anna: top-1 ") && lines[0].hasSuffix(", 4 clips"))
        #expect(lines[1].hasPrefix("fold 2: without ben: top-1 "))
        #expect(lines.last?.hasPrefix("mean over 2 folds ") == true)
        for fold in ["fold-1", "fold-2"] {
            #expect(FileManager.default.fileExists(atPath: "\(output)/\(fold)/model.json"))
        }
        let refused = try LabanProcess.run(
            "train", recordings.path, "--output", output, "--recipe", recipe.path, "--cross-validate", "2")
        #expect(
            refused.status == 2 && refused.errors.contains("\(recordings.path): expected 1 to 1 of 2 people"),
            "\(refused.errors)")
        #expect(!refused.errors.contains("Looking through"), "\(refused.errors)")
        let long = try LabanProcess.run("train", recordings.path, "--output", output, "--stream")
        #expect(
            long.status == 2 && long.errors.contains("\(recordings.path): expected long recordings"), "\(long.errors)")
        for place in [recordings.path, recordings.appending(path: "new/model").path] {
            let among = try LabanProcess.run("train", recordings.path, "--output", place, "--recipe", recipe.path)
            #expect(among.status == 2 && among.errors.contains("a folder outside the recordings"), "\(among.errors)")
        }
        #expect(!FileManager.default.fileExists(atPath: recordings.appending(path: "new").path))
    }

    @Test("actions are found in long recordings, soon after they begin, and a calibrated model keeps its limit")
    func streams() throws {
        let folder = try TemporaryFolder()
        let recordings = folder.file("recordings")
        try FileManager.default.createDirectory(at: recordings, withIntermediateDirectories: true)
        var segments = "file,label,start_us,end_us\n"
        for name in ["everyday", "workout"] {
            try FileManager.default.copyItem(
                atPath: LabanProcess.fixture(name + ".truth.jsonl"),
                toPath: recordings.appending(path: name + ".jsonl").path)
            let truth = try String(contentsOfFile: LabanProcess.fixture(name + ".truth.csv"), encoding: .utf8)
            for line in truth.split(separator: "\n") where line.hasPrefix("action,") {
                let fields = line.split(separator: ",")
                segments += "\(name).jsonl,\(fields[4]),\(fields[1]),\(fields[2])\n"
            }
        }
        try segments.write(to: recordings.appending(path: "segments.csv"), atomically: true, encoding: .utf8)
        let timeline = folder.file("timeline.csv")
        let result = try LabanProcess.run(
            "evaluate", "everyday", recordings.path, "--stream", "--json", "--timeline", timeline.path)
        #expect(result.status == 0, "\(result.errors)")
        let report = try #require(EventLines(result.output).events.first)
        let f1 = try ["f1@0.10", "f1@0.25", "f1@0.50"].map { try #require(report[$0] as? Double) }
        #expect(f1[0] >= f1[1] && f1[1] >= f1[2] && f1[1] >= 0.7)
        #expect(0.2...2 ~= (try #require(report["onset_delay_s"] as? Double)))
        #expect(report["false_alarms_per_hour"] as? Double == 0)
        #expect(0...1 ~= (try #require(report["ece"] as? Double)))
        let rows = try String(contentsOf: timeline, encoding: .utf8).split(separator: "\n").count
        #expect(rows == 1 + (report["segments"] as? Int ?? 0) + (report["found"] as? Int ?? 0))

        let model = folder.file("model")
        try FileManager.default.copyItem(
            at: LabanProcess.checkout.appending(path: "Models/everyday"), to: model)
        let description = model.appending(path: "model.json")
        let calibrated = try #require(
            JSONSerialization.jsonObject(with: Data(contentsOf: description)) as? [String: Any])
        try JSONSerialization.data(withJSONObject: calibrated.filter { $0.key != "operating_table" })
            .write(to: description)
        for arguments in [
            ["evaluate", model.path, recordings.path, "--stream"],
            ["run", LabanProcess.fixture("everyday.truth.jsonl"), "--model", model.path],
        ] {
            let early = try LabanProcess(arguments + ["--false-alarms-per-hour", "1"]).wait()
            #expect(early.status == 2 && early.errors.contains("calibrate"), "\(early.errors)")
        }
        let calibration = try LabanProcess.run("calibrate", model.path, "--puppet-hours", "0.1", "--json")
        #expect(calibration.status == 0, "\(calibration.errors)")
        let table = try #require(EventLines(calibration.output).events.first)
        let points = try #require(table["points"] as? [[String: Double]])
        let highest = try #require(points.last?["threshold"])
        let strict = try LabanProcess.run(
            "evaluate", model.path, recordings.path, "--stream", "--json", "--false-alarms-per-hour", "0")
        let threshold = try #require(EventLines(strict.output).events.first?["threshold"] as? Double)
        #expect(points.contains { abs(($0["threshold"] ?? 0) - threshold) < 1e-6 } && threshold <= highest + 1e-6)
        let bad = try LabanProcess.run("evaluate", model.path, recordings.path, "--false-alarms-per-hour", "1")
        #expect(bad.status == 2)
    }

    @Test("a model is measured on recordings whose labels a recipe maps to its classes")
    func crossDataset() throws {
        let folder = try TemporaryFolder()
        let set = folder.file("data/gym")
        try FileManager.default.createDirectory(at: set, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            atPath: LabanProcess.fixture("workout.truth.jsonl"), toPath: set.appending(path: "one.jsonl").path)
        let names = ["squat": "knee bend", "jumping_jack": "star jump", "push_up": "press-up", "stand": "rest"]
        let truth = try String(contentsOfFile: LabanProcess.fixture("workout.truth.csv"), encoding: .utf8)
        var segments = "file,label,start_us,end_us\n"
        for line in truth.split(separator: "\n") where line.hasPrefix("action,") {
            let fields = line.split(separator: ",").map(String.init)
            segments += "one.jsonl,\(names[fields[4]] ?? fields[4]),\(fields[1]),\(fields[2])\n"
        }
        try segments.write(to: set.appending(path: "segments.csv"), atomically: true, encoding: .utf8)
        let recipe = folder.file("sets.json")
        func write(_ labels: String) throws {
            try """
            {"sources": [{"kind": "folder", "path": "gym", "labels": {\(labels)}}]}
            """.write(to: recipe, atomically: true, encoding: .utf8)
        }
        try write(#""knee bend": "squat", "star jump": "jumping_jack", "press-up": "push_up""#)
        let data = folder.file("data").path
        let result = try LabanProcess.run("evaluate", "everyday", "--recipe", recipe.path, "--data", data, "--json")
        #expect(result.status == 0, "\(result.errors)")
        let parts = try #require(try EventLines(result.output).events.first?["parts"] as? [[String: Any]])
        let watched = try #require(parts.first?["watched"] as? [String: Any])
        #expect(try #require(watched["right"] as? Double) > 0.7)
        #expect(try #require(parts.first?["f1@0.25"] as? Double) > 0.7)
        let text = try LabanProcess.run("evaluate", "everyday", "--recipe", recipe.path, "--data", data)
        #expect(text.output.contains("push_up") && text.output.contains("of the seconds right"))
        #expect(text.output.hasPrefix("gym, long recordings watched as a camera would be\nCLASS"), "\(text.output)")

        let changes = try LabanProcess.run(
            "evaluate", "everyday", "--recipe", recipe.path, "--data", data, "--changes", "--json")
        #expect(changes.status == 0, "\(changes.errors)")
        let report = try #require(try EventLines(changes.output).events.first)
        let again = try #require((report["parts"] as? [[String: Any]])?.first?["watched"] as? [String: Any])
        #expect(again["right"] as? Double == watched["right"] as? Double)
        #expect((report["unchanged"] as? [String: Any])?["right"] as? Double == watched["right"] as? Double)
        #expect((report["changes"] as? [[String: Any]])?.contains { $0["change"] as? String == "head_unseen" } == true)
        let errors = try #require(report["errors"] as? [String: [[String: Any]]])
        #expect(errors["sets"]?.first?["name"] as? String == "gym" && errors["people"]?.count == 1)

        try write(#""handstand": "nothing""#)
        let stranger = try LabanProcess.run("evaluate", "everyday", "--recipe", recipe.path, "--data", data)
        #expect(stranger.status == 2 && stranger.errors.contains("no label 'handstand'"), "\(stranger.errors)")
        try #"{"epochs": 1}"#.write(to: recipe, atomically: true, encoding: .utf8)
        let none = try LabanProcess.run("evaluate", "everyday", "--recipe", recipe.path, "--data", data)
        #expect(none.status == 2 && none.errors.contains("folders among its 'sources'"), "\(none.errors)")
        let both = try LabanProcess.run("evaluate", "everyday", set.path, "--recipe", recipe.path)
        #expect(both.status == 2)
    }
}
