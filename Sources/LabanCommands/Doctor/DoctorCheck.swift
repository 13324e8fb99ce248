/// One question to the machine. A new part of Laban that needs something adds a check to `all`.
struct DoctorCheck: Sendable {
    /// Looks, and gives one finding a part.
    let findings: @Sendable () -> [DoctorFinding]

    init(_ findings: @escaping @Sendable () -> [DoctorFinding]) { self.findings = findings }

    /// Everything `laban doctor` looks at, in the order in which it says so.
    static let all: [DoctorCheck] = [
        processor, memory, openBLAS, zeroMQ, videoLibraries, captureLibrary, sqlite, poseWeights, actionModel, gestures,
        historyFolder,
        cameras,
    ]
}
