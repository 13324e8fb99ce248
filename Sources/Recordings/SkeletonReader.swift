import Files
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
            if let video = try? FrameFolder.names(in: path).first(where: RecordedVideo.isNamed) {
                throw RecordingsError(
                    file: path, message: "expected one video or skeletons, found a folder with videos such as \(video)")
            }
            throw RecordingsError(
                file: path, message: "expected skeletons as \(SkeletonFormat.names), found \(Strangeness.of(path))")
        }
        if format == .laban {
            guard options.framesPerSecond == nil else {
                throw RecordingsError(
                    file: path, message: "expected no frames a second to be given, found Laban's own lines with times")
            }
            return try SkeletonFileReader(path: path, dates: RegularFile.isAt(path) ? .counted : .told)
        }
        var status = stat()
        guard stat(path, &status) != 0 || [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else {
            throw RecordingsError(file: path, message: "expected a file or folder, which can be read twice")
        }
        let shape = if let found { found } else { try guess(path, format) }
        let facts = if case .arrayUnder = shape.container { try FileFacts(path: path) } else { FileFacts() }
        return try KeypointReader(options: options, facts: facts, file: path) { () throws(RecordingsError) in
            try source(path, format, shape, facts)
        }
    }

    /// The same keys are read whichever of these programs is said to have written them.
    private static func areAlike(_ found: RecognisedSkeletons, _ stated: SkeletonFormat) -> Bool {
        let alike: Set<SkeletonFormat> = [.openPose, .alphaPose, .coco, .mmPose, .ultralytics, .openPifPaf, .moveNet]
        return (found.variant == .json || found.variant == .folder) && alike.isSuperset(of: [found.format, stated])
    }

    private static func source(
        _ path: String, _ format: SkeletonFormat, _ found: RecognisedSkeletons, _ facts: FileFacts
    ) throws(RecordingsError) -> any KeypointSource {
        switch (format, found.variant) {
        case (_, .folder):
            try FrameFolder(
                path,
                kind: FrameFolder.kind(of: path)
                    ?? RecognisedSkeletons(format: format, suffix: FrameFolder.openPoseSuffix))
        case (.coco, .annotations): try COCOAnnotations(path: path)
        case (.mediaPipe, .text): MediaPipeText(path: path)
        case (.mediaPipe, .table): try MediaPipeTable(path: path)
        case (.mediaPipe, _): try MediaPipeJSON(path: path, container: found.container)
        case (.azureKinect, _): try AzureKinectFile(path: path, container: found.container)
        case (.ntu, _): try NTUFile(path: path)
        case (.ultralytics, .text): YOLOText(path: path)
        default: try FrameJSON(path: path, container: found.container, format: format, names: facts.names)
        }
    }

    /// How a file that showed nothing, such as an empty array, is read in a stated form.
    private static func guess(_ path: String, _ format: SkeletonFormat) throws(RecordingsError) -> RecognisedSkeletons {
        if isFolder(path) { return RecognisedSkeletons(format: format, variant: .folder) }
        if format == .mediaPipe, path.lowercased().hasSuffix(".csv") || path.lowercased().hasSuffix(".tsv") {
            return RecognisedSkeletons(format: format, variant: .table)
        }
        let isArray = try JSONRecords(path: path, container: .values).peek() == UInt8(ascii: "[")
        return RecognisedSkeletons(format: format, container: isArray ? .array : .values)
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }
}
