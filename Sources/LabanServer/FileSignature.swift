import Foundation

/// What tells one state of some files from another, without reading them.
struct FileSignature: Equatable {
    private let files: [String: State?]

    private struct State: Equatable {
        let device: UInt
        let node: UInt
        let size: Int
        let seconds: Int
        let nanoseconds: Int
    }

    /// - Parameter paths: files that are there or not.
    init(_ paths: [String]) {
        files = Dictionary(
            paths.map { path in
                var status = stat()
                guard stat(path, &status) == 0 else { return (path, nil) }
                return (
                    path,
                    State(
                        device: UInt(status.st_dev), node: UInt(status.st_ino), size: Int(status.st_size),
                        seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
                )
            }, uniquingKeysWith: { first, _ in first })
    }
}
