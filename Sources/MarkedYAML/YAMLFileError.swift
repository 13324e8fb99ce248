import Files

/// What is wrong with a YAML file, and where: one fault, or all that were found at once.
package struct YAMLFileError: LocatedError {
    /// Path or name of the file.
    package var file: String
    /// Counts from 1; nil when the fault has no line, as with a file that cannot be read.
    package var line: Int?
    /// Counts from 1.
    package var column: Int?
    /// What was expected and what was found.
    package var message: String
    /// What else is wrong, in the order of places; none of these has further faults of its own.
    package private(set) var others: [YAMLFileError] = []

    package init(file: String, line: Int? = nil, column: Int? = nil, message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    /// All of these as one error, each fault once, sorted by place within runs of one file; nil where there is none.
    package init?(_ faults: [YAMLFileError]) {
        var seen: Set<YAMLFileError> = []
        let single = faults.flatMap(\.each).filter { seen.insert($0).inserted }
        var files: [String] = []
        for fault in single where !files.contains(fault.file) { files.append(fault.file) }
        let sorted = files.flatMap { file in
            single.filter { $0.file == file }.sorted { ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0) }
        }
        guard let first = sorted.first else { return nil }
        self = first
        others = Array(sorted.dropFirst())
    }

    /// Every fault by itself.
    package var each: [YAMLFileError] {
        var first = self
        first.others = []
        return [first] + others
    }

    /// A line a fault.
    package var description: String { each.map(\.sentence).joined(separator: "\n") }
}
