import LabanServer

/// The outputs of a run that somebody may read as they grow.
struct RunStreams {
    let events: OutputFile?
    let skeletons: OutputFile?
    let probabilities: OutputFile?

    /// Begins the files anew.
    ///
    /// - Throws: `OutputError` when one cannot be made.
    init(_ outputs: RunOutputs) throws(OutputError) {
        events = try Self.open(outputs.events)
        skeletons = try Self.open(outputs.skeletons)
        probabilities = try Self.open(outputs.probabilities)
    }

    /// Whether anybody is left to get what is written, standard output's reader included.
    var haveReaders: Bool { [events, skeletons, probabilities, .standardOutput].contains { $0?.hasReader == true } }

    private static func open(_ path: String?) throws(OutputError) -> OutputFile? {
        guard let path else { return nil }
        return path == "-" ? .standardOutput : try OutputFile(path: path)
    }
}
