import Foundation

/// Opens skeletons of any known form.
package enum SkeletonReader {
    /// What form a file or folder has, by its content; nil when it holds no skeletons Laban knows.
    package static func format(of path: String) -> SkeletonFormat? { RecognisedSkeletons(path: path)?.format }

    /// Opens a file or folder; `-` is Laban's own lines on standard input.
    ///
    /// - Throws: when it cannot be opened, has no known form, or another one than the options say.
    package static func open(
        path: String, options: SkeletonReadingOptions = .init()
    ) throws(RecordingsError) -> any SkeletonReading {
        if path == "-" { return try SkeletonFileReader(path: path) }
        let found = RecognisedSkeletons(path: path)
        if let stated = options.format, let found, found.format != stated, !areAlike(found, stated) {
            throw RecordingsError(
                file: path, message: "expected \(stated.rawValue), found what looks like \(found.format.rawValue)")
        }
        let isLine = path.hasSuffix(".jsonl") || path.hasSuffix(".ndjson")
        guard let format = options.format ?? found?.format ?? (isLine ? .laban : nil) else {
            // A file that cannot be opened says so itself.
            if !isFolder(path) { _ = try FileWindow(path: path) }
            if let video = try? FileManager.default.contentsOfDirectory(atPath: path).filter(RecordedVideo.isNamed)
                .sorted().first
            {
                throw RecordingsError(
                    file: path, message: "expected one video or skeletons, found a folder with videos such as \(video)")
            }
            throw RecordingsError(
                file: path, message: "expected skeletons as \(SkeletonFormat.names), found none of these")
        }
        if format == .laban { return try SkeletonFileReader(path: path) }
        var status = stat()
        guard stat(path, &status) != 0 || [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else {
            throw RecordingsError(file: path, message: "expected a file or folder, which can be read twice")
        }
        let shape = if let found { found } else { try guess(path, format) }
        return try KeypointReader(options: options, file: path) { () throws(RecordingsError) in
            try source(path, format, shape)
        }
    }

    /// Results with numbered images may come from either program.
    private static func areAlike(_ found: RecognisedSkeletons, _ stated: SkeletonFormat) -> Bool {
        found.container == .array && Set([found.format, stated]) == [.coco, .alphaPose]
            || found.container == .members && Set([found.format, stated]) == [.openPose, .alphaPose]
    }

    private static func source(
        _ path: String, _ format: SkeletonFormat, _ found: RecognisedSkeletons
    ) throws(RecordingsError) -> any KeypointSource {
        switch (format, found.variant) {
        case (.openPose, .folder): try OpenPoseFolder(path)
        case (.coco, .annotations): try COCOAnnotations(path: path)
        case (.mediaPipe, .text): MediaPipeText(path: path)
        case (.mediaPipe, .table): try MediaPipeTable(path: path)
        case (.mediaPipe, _): try MediaPipeJSON(path: path, container: found.container)
        case (.azureKinect, _): try AzureKinectFile(path: path, container: found.container)
        case (.ntu, _): try NTUFile(path: path)
        case (.alphaPose, _) where found.container == .array, (.coco, _): try KeypointResults(path: path)
        default: try OpenPoseFile(path: path, container: found.container)
        }
    }

    /// How a file that showed nothing, such as an empty array, is read in a stated form.
    private static func guess(_ path: String, _ format: SkeletonFormat) throws(RecordingsError) -> RecognisedSkeletons {
        if isFolder(path) { return RecognisedSkeletons(format: format, variant: .folder) }
        let isArray = try JSONRecords(path: path, container: .values).peek() == UInt8(ascii: "[")
        return RecognisedSkeletons(format: format, container: isArray ? .array : .values)
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }
}
