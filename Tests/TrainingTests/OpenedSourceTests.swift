import Foundation
import Puppet
import Recordings
import Skeleton
import TestSupport
import Testing
import Training

struct OpenedSourceTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for name in ["squat", "wave"] {
            let place = folder.file("gym/\(name)")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            // Nobody could read it: what does not fit has to be said before.
            try Data("not read".utf8).write(to: place.appending(path: "a.jsonl"))
        }
        try Data("clip,subject\nsquat/a,anna\nwave/a,ben\n".utf8).write(to: folder.file("gym/subjects.csv"))
    }

    private func faults(_ sources: String, classes: [String]? = nil) throws -> String {
        let recipe = try Recipe(Data(#"{"sources": [\#(sources)]}"#.utf8), file: "recipe.json")
        do {
            _ = try recipe.openSources(dataFolder: folder.url.path, file: "recipe.json", classes: classes)
            return ""
        } catch { return "\(error)" }
    }

    @Test("all that does not fit is said at once, before a recording is read")
    func faults() throws {
        let said = try faults(
            #"""
            {"kind": "folder", "path": "gym", "labels": {"sqat": "squat", "wave": "waving"}, "without_subjects": ["carl"]},
            {"kind": "folder", "path": "hall"}, {"kind": "puppet", "labels": {"moonwalk": "walk"}}
            """#, classes: ["squat", "wave"])
        for part in [
            "gym: sources.0.labels: the folder has no label 'sqat'; known are squat, wave",
            "gym: sources.0.labels: the model has no class 'waving'; it has squat, wave",
            "gym: sources.0.without_subjects: the folder has no 'carl'; it has anna, ben", "hall: ",
            "recipe.json: sources.2.labels: puppets have no label 'moonwalk'",
        ] { #expect(said.contains(part), "\(said)") }
    }

    @Test("a folder that several sources name is said to be missing once")
    func missingOnce() throws {
        let said = try faults(#"{"kind": "folder", "path": "hall"}, {"kind": "folder", "path": "hall"}"#)
        #expect(said.split(separator: "\n").count == 1 && said.contains("hall: expected a folder"), "\(said)")
    }

    @Test("a selection by a column that no clip has is refused with the columns there are")
    func columns() throws {
        let gym = try RecordingsFolder(folder.file("gym").path)
        for (selection, place) in [
            (#"{"where": {"take": "1"}}"#, "selection.where.take"), (#"{"label": "subject+take"}"#, "selection.label"),
        ] {
            let recipe = try Recipe(Data(#"{"selection": \#(selection)}"#.utf8), file: "recipe.json")
            let error = recipe.strayColumn(in: gym, file: "recipe.json")
            #expect(error?.file == "recipe.json" && error?.place == place)
            #expect(error?.message.hasSuffix("gym/subjects.csv (clip, subject), found 'take'") == true)
        }
        let fitting = try Recipe(Data(#"{"selection": {"where": {"subject": "anna"}}}"#.utf8), file: "recipe.json")
        #expect(fitting.strayColumn(in: gym, file: "recipe.json") == nil)
    }

    @Test("a source that fits is opened, and a set apart is for measuring only")
    func fitting() throws {
        let source =
            #"{"kind": "folder", "path": "gym", "apart": true, "labels": {"squat": "squat", "wave": "nothing"}}"#
        #expect(try faults(source, classes: ["squat", "walk"]) == "")
        #expect(try faults(source).contains("sources.0.apart: expected of sets that a model is measured on only"))
    }

    @Test("clips in which nobody is seen are named, and every clip read is counted")
    func unseen() throws {
        let recordings = folder.file("room")
        for (name, visible) in [("squat/seen", true), ("squat/empty", false)] {
            let file = recordings.appending(path: name + ".jsonl")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            let writer = try SkeletonFileWriter(path: file.path)
            for (index, pose) in PuppetClip(.squat, frames: 20, frameRate: 20, seed: 1).poses.enumerated() {
                let pose = visible || index == 0 ? pose : Pose(topology: pose.topology)
                try writer.append(
                    SkeletonFrame(
                        camera: "room", index: index, presentationTime: .milliseconds(index * 50),
                        people: [TrackedPose(track: TrackID(1), pose: pose)]))
            }
            try writer.finish()
        }
        var leftOut: [String] = []
        var counts: [Int] = []
        let motions = try LabelledMotion.load(RecordingsFolder(recordings.path)) {
            counts.append($0)
        } leftOut: {
            leftOut.append($0)
        }
        #expect(motions.map(\.name) == ["squat/seen"])
        #expect(leftOut == ["squat/empty"])
        #expect(counts == [0, 1])
    }
}
