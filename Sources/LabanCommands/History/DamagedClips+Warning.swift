import History

extension DamagedClips {
    /// Says on standard error what an answer lacks because of them.
    func warn(_ reader: HistoryReader) {
        if let sentence { Terminal.standardError.write("Warning: \(reader.path): \(sentence)\n") }
    }
}
