/// What was found where a file with a known digest belongs.
package struct FileCheck: Sendable, Equatable {
    package enum State: Sendable, Equatable {
        case verified
        case missing
        /// Another digest than the recorded one, or another length.
        case altered(found: String)
        case unreadable(String)
    }

    /// Path below the model's folder.
    package let name: String
    package let expected: String
    package let state: State

    /// One sentence for people, naming the expected and the found digest of an altered file.
    package var message: String {
        switch state {
        case .verified: "\(name): verified"
        case .missing: "\(name): missing"
        case .altered(let found): "\(name): altered\n  expected sha256 \(expected)\n  found    sha256 \(found)"
        case .unreadable(let why): "\(name): \(why)"
        }
    }
}
