import Recognition
package import Recordings

/// A source of a recipe, looked through but not yet read.
package struct OpenedSource: Sendable {
    package let source: RecipeSource
    /// Nil for puppets.
    package let folder: RecordingsFolder?
}

extension Recipe {
    /// Opens every folder that the sources name, and looks for what does not fit before any of them is read.
    ///
    /// - Parameters:
    ///   - dataFolder: what the paths of folder sources start from; nil for the current folder.
    ///   - file: what errors call the recipe.
    ///   - classes: of the model that is measured, which labels may be translated to; nil where one is trained.
    ///   - open: how a folder is opened once it fits, given its labels that are meant; nil for all.
    /// - Throws: one error with everything that does not fit.
    package func openSources(
        dataFolder: String?, file: String = "recipe", classes: [String]? = nil,
        open: (_ path: String, _ labels: Set<String>?) throws -> RecordingsFolder = { path, _ in
            try RecordingsFolder(path)
        }
    ) throws -> [OpenedSource] {
        let places = sources.map { source in dataFolder.map { $0 + "/" + source.path } ?? source.path }
        var faults: [TrainingError] = []
        for (index, source) in sources.enumerated() {
            guard source.kind == .folder else {
                if let fault = Self.labelFault(of: source, known: PuppetMotions.labels) {
                    faults.append(TrainingError(file: file, place: "sources.\(index).labels", fault))
                }
                continue
            }
            do throws(RecordingsError) {
                let found = Self.faults(of: source, in: try RecordingsFolder(places[index]), classes: classes)
                faults += found.map { TrainingError(file: places[index], place: "sources.\(index).\($0)", $1) }
            } catch {
                faults.append(
                    TrainingError(file: error.file, place: error.line.map { "line \($0)" } ?? "", error.message))
            }
        }
        if let fault = TrainingError(faults) { throw fault }
        return try zip(sources, places).map { source, place in
            OpenedSource(
                source: source,
                folder: source.kind == .folder ? try open(place, source.labels.map { Set($0.keys) }) : nil)
        }
    }

    /// What of a source does not fit the folder it names, or the model: the key and the problem.
    private static func faults(
        of source: RecipeSource, in folder: RecordingsFolder, classes: [String]?
    ) -> [(key: String, problem: String)] {
        var faults: [(key: String, problem: String)] = []
        let known = Set(folder.labels).union(folder.streams.flatMap { $0.segments.map(\.label) })
        if let fault = labelFault(of: source, known: known) { faults.append(("labels", fault)) }
        if let classes {
            let translated = source.labels.map { Set($0.values) } ?? known
            let unknown = translated.subtracting(classes + [ActionModel.nothing]).sorted()
            if !unknown.isEmpty {
                faults.append(
                    (
                        "labels",
                        "the model has no class \(quoted(unknown)); it has \(classes.joined(separator: ", "))"
                    ))
            }
        } else if source.apart {
            faults.append(("apart", "expected of sets that a model is measured on only, found it in a training"))
        }
        let nobodies = source.withoutSubjects.filter { !folder.subjects.contains($0) }
        if !nobodies.isEmpty {
            let people = folder.subjects.isEmpty ? "nobody who has a name" : folder.subjects.joined(separator: ", ")
            faults.append(("without_subjects", "the folder has no \(quoted(nobodies)); it has \(people)"))
        }
        return faults
    }

    private static func labelFault(of source: RecipeSource, known: Set<String>) -> String? {
        let strangers = (source.labels ?? [:]).keys.filter { !known.contains($0) }.sorted()
        guard !strangers.isEmpty else { return nil }
        let place = source.kind == .folder ? "the folder has" : "puppets have"
        return "\(place) no label \(quoted(strangers)); known are \(known.sorted().joined(separator: ", "))"
    }

    private static func quoted(_ names: [String]) -> String { names.map { "'\($0)'" }.joined(separator: ", ") }
}

extension TrainingError {
    /// Several at once, each on a line of its own and said once; nil when there are none.
    init?(_ errors: [TrainingError]) {
        guard let first = errors.first else { return nil }
        var said: Set = [first]
        let others = errors.filter { said.insert($0).inserted }.map { "\n\($0)" }.joined()
        self.init(file: first.file, place: first.place, first.message + others)
    }
}
