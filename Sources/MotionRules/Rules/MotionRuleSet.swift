package import Foundation
package import MarkedYAML

/// All rules of a folder.
package struct MotionRuleSet: Sendable {
    /// Sorted by name.
    package private(set) var exercises: [Exercise] = []
    /// Sorted by label.
    package private(set) var gestures: [Gesture] = []
    /// Exercises that are held still, sorted by name.
    package private(set) var holds: [Gesture] = []

    /// Reads every `.yaml` and `.yml` file directly in `folder` and in its subfolder `exercises`. Two rules of one name
    /// are an error.
    ///
    /// - Throws: every fault of every file at once.
    package init(folder: URL) throws(YAMLFileError) {
        let (rules, faults) = try Self.reading(folder: folder)
        if let error = YAMLFileError(faults) { throw error }
        self = rules
    }

    /// The same of every file that is without fault, and what is wrong with the others.
    ///
    /// - Throws: where there is no such folder.
    package static func reading(
        folder: URL
    ) throws(YAMLFileError) -> (rules: MotionRuleSet, faults: [YAMLFileError]) {
        var faults: [YAMLFileError] = []
        let rules = try MotionRuleSet(folder: folder, faults: &faults)
        return (rules, faults)
    }

    private init(folder: URL, faults: inout [YAMLFileError]) throws(YAMLFileError) {
        var names: [String: String] = [:]
        var reader = RuleReader()
        for url in try Self.files(in: folder) {
            guard let root = reader.collect(try YAMLNode(contentsOf: url.path)),
                let rules = reader.collect(try MotionRule.all(root))
            else { continue }
            for rule in rules {
                if let other = names[rule.name] {
                    // The name is there, or there would be no rule.
                    let place = reader.child(root, "exercise") ?? reader.child(root, "gesture") ?? root
                    reader.refuse(place.error("expected a name of its own, found '\(rule.name)' as in \(other)"))
                    continue
                }
                names[rule.name] = url.path
                switch rule {
                case .exercise(let exercise): exercises.append(exercise)
                case .gesture(let gesture): gestures.append(gesture)
                case .hold(let hold): holds.append(hold)
                }
            }
        }
        faults = reader.faults
        exercises.sort { $0.name < $1.name }
        gestures.sort { $0.label < $1.label }
        holds.sort { $0.label < $1.label }
    }

    /// Of all of them.
    package var names: [String] { exercises.map(\.name) + holds.map(\.label) + gestures.map(\.label) }

    /// Reads one rule file of one rule, or the first of a family of gestures.
    package static func rule(at url: URL) throws(YAMLFileError) -> MotionRule { try rules(at: url)[0] }

    /// Reads every rule of one file.
    package static func rules(at url: URL) throws(YAMLFileError) -> [MotionRule] {
        try MotionRule.all(YAMLNode(contentsOf: url.path))
    }

    private static func files(in folder: URL) throws(YAMLFileError) -> [URL] {
        do {
            let exercises = folder.appending(path: "exercises")
            return try files(directlyIn: folder)
                + (FileManager.default.fileExists(atPath: exercises.path) ? files(directlyIn: exercises) : [])
        } catch {
            throw YAMLFileError(file: folder.path, message: "expected a folder of rule files, found none")
        }
    }

    private static func files(directlyIn folder: URL) throws -> [URL] {
        // Of a link to a folder nothing would be listed.
        try FileManager.default.contentsOfDirectory(
            at: folder.resolvingSymlinksInPath(), includingPropertiesForKeys: nil
        )
        .filter { ["yaml", "yml"].contains($0.pathExtension) }
        .sorted { $0.lastPathComponent < $1.lastPathComponent }
    }
}
