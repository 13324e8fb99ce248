import ArgumentParser

/// A form that skeletons are converted to.
enum ConvertedForm: String, CaseIterable, ExpressibleByArgument {
    case jsonl, bvh, csv, skeleton, npz

    /// The form that the end of a file's name stands for.
    init?(ending path: String) {
        guard let dot = path.lastIndex(of: ".") else { return nil }
        let ending = path[path.index(after: dot)...].lowercased()
        self.init(rawValue: ending == "ndjson" ? "jsonl" : ending)
    }

    /// Whether the form holds one person alone.
    var holdsOnePerson: Bool { self == .bvh || self == .skeleton || self == .npz }

    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
