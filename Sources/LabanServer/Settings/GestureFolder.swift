import Files
package import Foundation
import MarkedYAML
import ModelStore
package import MotionRules
package import Pipeline
package import Recognition
import Shapes

/// A folder of gestures: rules as YAML files, in it and in `exercises`, and taught gestures in it and in `taught`.
package struct GestureFolder: Sendable {
    package let place: URL
    package private(set) var rules: MotionRuleSet
    /// Sorted by name.
    package private(set) var taught: [TaughtGesture] = []
    /// What is wrong with files of the folder, which were left out; a line a fault.
    package private(set) var faults: [String] = []

    /// Reads every file that can be read.
    ///
    /// - Parameter folder: Laban's own when nil.
    /// - Throws: where there is no such folder, or one that was named has nothing in it.
    package init(named folder: String?) throws {
        place = try folder.map { URL(filePath: $0) } ?? ResourceLocator().folder("Gestures")
        let read = try MotionRuleSet.reading(folder: place)
        rules = read.rules
        faults = read.faults.flatMap(\.each).map(\.sentence)
        var names = Dictionary(
            rules.names.map { ($0, "a rule") }, uniquingKeysWith: { $1 })
        for path in Self.taughtFiles(in: place) {
            do throws(RecognitionError) {
                let gesture = try TaughtGesture(contentsOf: path)
                guard taught.count < TaughtGesture.mostGestures else {
                    throw RecognitionError(
                        file: path, expected: "at most \(TaughtGesture.mostGestures) taught gestures", found: "one more"
                    )
                }
                if let other = names.updateValue(path, forKey: gesture.name) {
                    throw RecognitionError(
                        file: path, expected: "a name of its own", found: "'\(gesture.name)' as in \(other)")
                }
                taught.append(gesture)
            } catch {
                faults.append(error.sentence)
            }
        }
        taught.sort { $0.name < $1.name }
        guard folder == nil || !rules.names.isEmpty || !taught.isEmpty || !faults.isEmpty
        else {
            throw YAMLFileError(
                file: place.path, message: "expected rule files (.yaml) or taught gestures, found none")
        }
    }

    /// Of gestures and exercises by rule.
    package var ruleNames: [String] { rules.names }

    /// Where a taught gesture's file is, or goes.
    package func file(of name: String) -> URL {
        let direct = place.appending(path: "\(name).\(TaughtGesture.fileEnding)")
        return FileManager.default.fileExists(atPath: direct.path)
            ? direct : place.appending(path: "taught/\(name).\(TaughtGesture.fileEnding)")
    }

    /// What cameras look for.
    ///
    /// - Throws: where there are taught gestures and no model to describe them by.
    package func content() throws -> GestureContent {
        GestureContent(
            gestures: rules.gestures, shapes: try ShapeModels(for: rules.gestures), exercises: rules.exercises,
            holds: rules.holds, taught: taught.isEmpty ? nil : ExemplarSet(taught, model: try Self.model()))
    }

    /// The model whose features gestures are described by: the one that comes with Laban.
    package static func model() throws -> ActionModel { try ActionModel(folder: ModelName.folder("everyday")) }

    /// Tells one state of the folder's files from another.
    static func signature(of place: URL) -> FileSignature {
        let rules = [place, place.appending(path: "exercises")].flatMap { files(in: $0, endings: [".yaml", ".yml"]) }
        return FileSignature(rules + taughtFiles(in: place))
    }

    private static func taughtFiles(in place: URL) -> [String] {
        [place, place.appending(path: "taught")].flatMap { files(in: $0, endings: ["." + TaughtGesture.fileEnding]) }
    }

    private static func files(in folder: URL, endings: [String]) -> [String] {
        // Of a link to a folder nothing would be listed.
        let folder = folder.resolvingSymlinksInPath()
        return ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
            .filter { name in !name.hasPrefix(".") && endings.contains { name.hasSuffix($0) } }
            .sorted().map { folder.appending(path: $0).path }
    }
}
