import Foundation
import Glibc
import ModelStore

/// What Laban brings along, fetches and writes.
extension DoctorCheck {
    static let poseWeights = DoctorCheck {
        let folder = ModelFolder()
        let wrong = folder.checkPoseWeights().filter { $0.state != .verified }
        let place = folder.poseFolder.path(percentEncoded: false)
        guard let first = wrong.first else { return [.ok("pose weights", "verified in \(place)")] }
        let state = first.state == .missing ? "missing" : "altered"
        return [.missing("pose weights", "\(first.name) \(state) in \(place)", mend: ModelFolder.installCommand)]
    }

    static let actionModel = DoctorCheck {
        let mend = "git checkout -- Models/everyday"
        guard let model = ModelFolder().models().first(where: { $0.name == "everyday" }) else {
            return [.missing("action model", "no Models/everyday", mend: mend)]
        }
        guard model.isUsable else {
            return [.missing("action model", "Models/everyday is \(model.state.rawValue)", mend: mend)]
        }
        return [.ok("action model", "everyday\(model.classes.map { ", \($0) classes" } ?? "")")]
    }

    static let gestures = DoctorCheck {
        do throws(ModelStoreError) {
            let folder = try ResourceLocator().folder("Gestures")
            let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path(percentEncoded: false))) ?? []
            let files = names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted()
            if let shut = files.first(where: {
                access(folder.appending(path: $0).path(percentEncoded: false), R_OK) != 0
            }) {
                return [
                    .missing("gestures", "Gestures/\(shut) may not be read", mend: "chmod a+r Gestures/\(shut)")
                ]
            }
            guard !files.isEmpty else {
                return [.missing("gestures", "Gestures/ is empty", mend: "git checkout -- Gestures")]
            }
            return [.ok("gestures", "\(files.count) files in \(folder.path(percentEncoded: false))")]
        } catch {
            return [
                .missing("gestures", "no folder Gestures/", mend: "run laban in its checkout, or set LABAN_HOME to it")
            ]
        }
    }

    static let historyFolder = DoctorCheck {
        let folder = access(".laban", F_OK) == 0 ? ".laban" : "."
        guard access(folder, W_OK) == 0 else {
            return [
                .missing(
                    "history", "\(folder) may not be written",
                    mend: "sudo chown \"$USER\" \(folder), or say --history with a place of your own")
            ]
        }
        var disk = statvfs()
        guard statvfs(folder, &disk) == 0 else { return [.ok("history", "\(folder) may be written")] }
        let free = Double(disk.f_bavail) * Double(disk.f_frsize) / 1e9
        let found = "\(folder) may be written, \((free * 10).rounded() / 10) GB free"
        return free < 1 ? [.advice("history", found, mend: "make room: df -h \(folder)")] : [.ok("history", found)]
    }
}
