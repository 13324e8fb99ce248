package import Foundation

/// All rules of a folder.
package struct MotionRuleSet: Sendable {
    /// Sorted by name.
    package private(set) var exercises: [Exercise] = []
    /// Sorted by label.
    package private(set) var gestures: [Gesture] = []

    /// Files larger than this are refused.
    private static let largestFile = 256 * 1024

    /// Reads every `.yaml` and `.yml` file directly in `folder`. Two rules of one name are an error.
    package init(folder: URL) throws(MotionRuleError) {
        var names: [String: String] = [:]
        for url in try Self.files(in: folder) {
            let rule = try Self.rule(at: url)
            if let other = names[rule.name] {
                throw MotionRuleError(
                    file: url.path, message: "expected a name of its own, found '\(rule.name)' as in \(other)")
            }
            names[rule.name] = url.path
            switch rule {
            case .exercise(let exercise): exercises.append(exercise)
            case .gesture(let gesture): gestures.append(gesture)
            }
        }
        exercises.sort { $0.name < $1.name }
        gestures.sort { $0.label < $1.label }
    }

    /// Reads one rule file.
    package static func rule(at url: URL) throws(MotionRuleError) -> MotionRule {
        let data: Data
        do {
            data = try Data(contentsOf: url)
        } catch {
            throw MotionRuleError(file: url.path, message: "expected a readable file, found none")
        }
        guard data.count <= largestFile else {
            throw MotionRuleError(
                file: url.path, message: "expected at most \(largestFile) bytes, found \(data.count)")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw MotionRuleError(file: url.path, message: "expected UTF-8 text, found other bytes")
        }
        return try MotionRule(yaml: text, file: url.path)
    }

    private static func files(in folder: URL) throws(MotionRuleError) -> [URL] {
        do {
            return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
                .filter { ["yaml", "yml"].contains($0.pathExtension) }
                .sorted { $0.lastPathComponent < $1.lastPathComponent }
        } catch {
            throw MotionRuleError(file: folder.path, message: "expected a folder of rule files, found none")
        }
    }
}
