/// OpenPose frames, or AlphaPose frames in the forms cmu and open, as values of one file.
final class OpenPoseFile: KeypointSource {
    private let records: JSONRecords
    private var count = 0

    let units = [KeypointUnit.pixels, .fractions, .signedFractions]

    init(path: String, container: JSONRecords.Container) throws(RecordingsError) {
        records = try JSONRecords(path: path, container: container)
    }

    func next() throws(RecordingsError) -> KeypointFrame? {
        guard let record = try records.next() else { return nil }
        defer { count += 1 }
        return try OpenPoseFrame.read(record, number: record.name.map { FrameNumber.inName($0) } ?? count)
    }
}
