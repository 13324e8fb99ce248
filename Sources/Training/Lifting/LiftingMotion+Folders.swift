import Recordings

extension LiftingMotion {
    /// Everybody in folders of recordings in space, one folder a class.
    package static func recordings(in folders: [String]) throws -> [LiftingMotion] {
        try folders.flatMap { path in
            let folder = try RecordingsFolder(path)
            return try folder.clips.compactMap { clip in
                try LiftingMotion(folder.load(clip), name: clip.name, subject: clip.subject)
            }
        }
    }
}
