extension RecordingsFolder {
    /// Clips to train on and clips to test on.
    package struct Split: Sendable {
        package let training: [RecordedClip]
        package let test: [RecordedClip]
    }

    /// Splits the clips by person: those of `testSubjects` are for testing, all others for training.
    ///
    /// Throws when a subject does not exist or a clip's subject is unknown, since either would spoil the test.
    package func split(testSubjects: [String]) throws(RecordingsError) -> Split {
        if let stranger = testSubjects.first(where: { !subjects.contains($0) }) {
            throw RecordingsError(
                file: path,
                message: "expected a subject (" + subjects.joined(separator: ", ") + "), found '\(stranger)'")
        }
        if let clip = clips.first(where: { $0.subject == nil }) {
            throw RecordingsError(
                file: path, message: "expected a subject for every clip, found none for '\(clip.name)'")
        }
        let isTest = { (clip: RecordedClip) in testSubjects.contains(clip.subject ?? "") }
        return Split(training: clips.filter { !isTest($0) }, test: clips.filter(isTest))
    }

    /// One split for each subject, in which that subject alone is tested.
    package func leaveOneSubjectOut() throws(RecordingsError) -> [(subject: String, split: Split)] {
        var splits: [(subject: String, split: Split)] = []
        for subject in subjects { splits.append((subject, try split(testSubjects: [subject]))) }
        return splits
    }
}
