package import Recognition
package import Recordings

/// Clips in which nothing is done that a model knows: every segment it finds in them is a false alarm.
package enum UnrelatedClips {
    /// The clips of a folder whose label is `nothing` or no class of the model.
    ///
    /// - Parameter related: labels of movements that the model knows by another name, which are left out.
    /// - Throws: when there is none.
    package static func find(in folder: RecordingsFolder, for model: ActionModel, related: Set<String> = [])
        throws(TrainingError)
        -> [RecordedClip]
    {
        let known = Set(model.classes).subtracting([ActionModel.nothing]).union(related)
        let clips = folder.clips.filter { !known.contains($0.label) }
        guard !clips.isEmpty else {
            throw TrainingError(
                file: folder.path,
                "expected clips whose label is no class of the model, found only "
                    + folder.labels.joined(separator: ", "))
        }
        return clips
    }

    /// Labels separated by commas.
    package static func labels(_ text: String?) -> Set<String> {
        Set((text ?? "").split(separator: ",").map(String.init))
    }
}
